import { formatNames } from '../../metrics/registry.ts';
import { parseFlags } from '../options.ts';
import { COMMANDS, type CommandSpec, type OptionSpec } from '../table.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** What a word may be completed to. */
export type ValueKind = 'file' | 'folder' | 'choice' | 'other';

export interface CompletedOption {
  short: string | null;
  long: string;
  /** null for a switch. */
  value: ValueKind | null;
  choices: readonly string[];
  about: string;
}

export interface CompletedCommand {
  name: string;
  summary: string;
  options: readonly CompletedOption[];
  /** What its arguments are; null where it takes none. */
  arguments: ValueKind | null;
  choices: readonly string[];
}

export const SHELLS = { bash, zsh, fish } as const;
export type Shell = keyof typeof SHELLS;

/** The script that teaches a shell the commands and options of the one table. */
export function completionScript(shell: Shell): string {
  return SHELLS[shell](COMMANDS.map(toCompleted));
}

function toCompleted(spec: CommandSpec): CompletedCommand {
  const [first] = spec.arguments;
  return {
    name: spec.name,
    summary: spec.summary,
    options: [...spec.options.map(toOption), HELP],
    arguments: first === undefined ? null : first.choices ? 'choice' : kindOf(first.name),
    choices: first?.choices ?? [],
  };
}

const HELP: CompletedOption = { short: '-h', long: '--help', value: null, choices: [], about: 'print help' };

function toOption(spec: OptionSpec): CompletedOption {
  const { short, long, value } = parseFlags(spec);
  const offered = spec.choices ?? (spec.suggests === 'formats' ? formatNames : spec.suggests);
  const kind = value === null ? null : offered ? 'choice' : kindOf(value);
  return { short, long, value: kind, choices: offered ?? [], about: spec.about };
}

function kindOf(placeholder: string): ValueKind {
  if (/file|runs|results/i.test(placeholder)) return 'file';
  return /path|folder/i.test(placeholder) ? 'folder' : 'other';
}
