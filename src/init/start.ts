import type { StyleName } from '../config/overrides/registry.ts';
import type { DerivedConfig } from './derived.ts';
import type { Role } from './role.ts';

/** A way to start the training, as far as it could be read. */
export interface Start {
  /** The script it runs; null for a program that is installed. */
  script: string | null;
  /** For people: `argparse script`, `Hydra`. */
  stack: string;
  /** Template of the command; with `shell` its single word is a shell line. */
  words: readonly string[];
  shell: boolean;
  takes: Readonly<Record<Role, boolean>>;
  /** Where the command was taken from, for people. */
  why: string;
  /** Configs that are known to be used with it, the surest first. */
  configs: readonly string[];
  /** Extensions that its config may have; empty for any. */
  accepts: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** How changes reach it, where not by a config file. */
  overrides?: ProposedOverrides;
  /** The baseline's config where none exists as a file. */
  derived?: DerivedConfig;
  /** One that it reads as a config file, for where none is found. */
  fallback?: DerivedConfig;
  /** Arguments after which a run continues, as a suggestion only. */
  resume: string | null;
  /** What the proposal lacks. */
  missing: readonly Missing[];
  /** Names it logs metrics under, as far as its source shows. */
  logged: readonly string[];
  score: number;
}

/** `overrides:` as it is proposed. */
export interface ProposedOverrides {
  style: StyleName;
  values?: 'python';
  names?: Readonly<Record<string, string>>;
}

/** Whether a changed setting can reach the training at all. */
export function takesChanges({ takes, overrides }: Pick<Start, 'takes' | 'overrides'>): boolean {
  return takes.config || overrides !== undefined;
}

/** Something that could not be found. */
export interface Missing {
  /** The key of pawl.yaml that it concerns. */
  key: string;
  message: string;
  /** What to write there, or to change. */
  write: string;
}

export const NO_ROLES: Record<Role, boolean> = {
  config: false,
  output: false,
  seed: false,
  checkpoints: false,
};

/** Which placeholders a command uses. */
export function rolesIn(words: readonly string[]): Record<Role, boolean> {
  const text = words.join(' ');
  return {
    config: text.includes('{config}') || text.includes('$PAWL_CONFIG'),
    output: text.includes('{output}') || text.includes('$PAWL_OUTPUT'),
    seed: text.includes('{seed}'),
    checkpoints: text.includes('{checkpoints}'),
  };
}

/** As it is written into pawl.yaml. */
export function showCommand({ words, shell }: Pick<Start, 'words' | 'shell'>): string {
  if (shell) return words[0] ?? '';
  return words.map((word) => (/^[\w@%+=:,./{}-]+$/u.test(word) ? word : quote(word))).join(' ');
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
