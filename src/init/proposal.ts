import type { StyleName } from '../config/overrides/registry.ts';
import type { DerivedConfig } from './derived.ts';
import type { Missing } from './start.ts';

/** The keys of a proposed pawl.yaml. */
interface Settings {
  train: string;
  shell?: true;
  environment?: Record<string, string>;
  overrides?: StyleName | { style: StyleName; values?: 'python'; names?: Readonly<Record<string, string>> };
  baseline: { config: string; results?: string };
  metric: string;
  target?: string | number;
  diagnostic?: string;
  metrics?: { source: string };
  slots?: number;
}

export interface Guess {
  key: string;
  value: string | number;
  why: string;
  /** What it could be as well. */
  alternatives: string[];
}

export interface Proposal {
  /** As far as it goes: `train` and `baseline.config` are null where they were not found. */
  settings: Omit<Settings, 'train' | 'baseline'> & {
    train: string | null;
    baseline: { config: string | null; results?: string };
  };
  stack: string | null;
  guesses: Guess[];
  missing: Missing[];
  /** Whether it can work as it is. */
  isComplete: boolean;
  /** A baseline config that is written with it. */
  derived: DerivedConfig | null;
  /** Arguments that continue a run, to be shown as a comment. */
  resume: string | null;
}
