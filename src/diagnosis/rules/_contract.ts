import type { Thresholds } from './thresholds.ts';
import type { RunSignals } from './signals/run.ts';
import type { Settings } from './settings.ts';

/** What can hold a training back; the names are those of the JSON contract. */
export const FAULTS = [
  'diverged',
  'exploding-gradients',
  'vanishing-gradients',
  'learning-rate-too-high',
  'learning-rate-too-low',
  'stopped-too-early',
  'underfitting',
  'stalled',
  'overfitting',
  'trained-too-long',
  'noisy-validation',
  'resource-inefficiency',
] as const;
export type Fault = (typeof FAULTS)[number];
export type Issue = Fault | 'healthy' | 'undetermined';

/**
 * One observation and how much it speaks for (+) or against (−) the fault: a weight of evidence, the natural logarithm
 * of how many times likelier the observation is under the fault (Good 1950). `text` holds the figures and epochs seen.
 */
export interface Clue {
  text: string;
  weight: number;
}

/** What a rule makes of one run. */
export interface Finding {
  fault: Fault;
  /** Probability by the rule's own reckoning, from 0 to 1. */
  confidence: number;
  /** Clues that count for it, the weightiest first, then those against it. */
  clues: readonly Clue[];
  /** In words, where there are degrees: `strong`. */
  degree?: string | undefined;
}

/** All that a rule may look at. */
export interface RuleCase {
  run: RunSignals;
  /** All runs of the same configuration, `run` among them. */
  runs: readonly RunSignals[];
  settings: Settings;
  thresholds: Thresholds;
  /** In the metric's own scale. */
  target: number | null;
}

/** One kind of fault. One file per rule; all pass `conformance.ts`. Pure. */
export interface Rule {
  readonly fault: Fault;
  /** For people: what the rule looks for. */
  readonly about: string;
  /** Where the rule and its thresholds come from. */
  readonly source: string;
  /** Names of the thresholds it uses; a threshold that pawl.yaml sets moves the rule. */
  readonly thresholds: readonly (keyof Thresholds)[];
  /** undefined where the run has nothing that the rule could judge, or nothing that speaks for the fault. */
  judge(given: RuleCase): Finding | undefined;
}
