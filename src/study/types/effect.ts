import type { Trial, Run } from './trial.ts';

/** Comparison of two trials, oriented so that + is better. In the metric's scale. */
export interface Effect {
  /** Pairs (same seed) behind it; 1 and unpaired say so in `paired`. */
  n: number;
  paired: boolean;
  /** Mean difference of the optimized from the reference. */
  absolute: number;
  /** absolute / |reference mean| × 100; null when the reference is 0. */
  relative: number | null;
  low: number | null;
  high: number | null;
  /** One-sided level of the interval and test; null for a single pair. */
  alpha: number | null;
  se: number | null;
  /** Mean difference in units of its sd. */
  d: number | null;
  /** P(better on a fresh seed). */
  pBetter: number | null;
  /** Gain shrunk for the optimism of stopping at acceptance. */
  shrunken: number | null;
  /** True where both runs are of one seed each: a difference, not evidence. */
  isSingle: boolean;
  /** What decided, where it was not the test over pairs of seeds. */
  judgedBy?: 'first-look' | 'examples' | 'ignored-seed';
  /** Sentences a reviewer needs (what could have been seen, seeds ignored, …). */
  notes: string[];
}

/** All finished runs of one trial, summarized; means over seeds. */
export interface TrialResult {
  trial: Trial;
  runs: Run[];
  n: number;
  mean: number | null;
  /** Sample sd over seeds; null for n < 2. */
  sd: number | null;
  last: number | null;
  train: number | null;
  /** train − val for goals `max`, val − train for `min`: + means overfitting. */
  gap: number | null;
  trainLoss: number | null;
  valLoss: number | null;
  epochsToBest: number | null;
  epochs: number | null;
  secondsPerEpoch: number | null;
  seconds: number | null;
  peakMemoryBytes: number | null;
  cpuSeconds: number | null;
  gpuUtilization: number | null;
}
