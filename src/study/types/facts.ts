import type { Verdict } from './verdict.ts';

export interface Checkpoint {
  run: string;
  /** Relative to the project. */
  file: string;
  bytes: number;
}

export interface EnvironmentFacts {
  pawl: string;
  node: string;
  os: string;
  cpu: string;
  cores: number;
  memoryBytes: number;
  gpus: string[];
  python: string | null;
  git: { commit: string; isDirty: boolean } | null;
  command: string;
}

export interface Artifacts {
  /** All relative to the project. */
  config: string;
  report: string;
  plot: string;
  plotSvg: string;
  checklist: string;
  json: string;
}

/** A finding of the preflight (step 3), one per check. */
export interface PreflightFinding {
  /** `passed`, `failed`, or `unknown` where it could not be told. */
  status: 'passed' | 'failed' | 'unknown';
  what: string;
  detail: string;
}

/** What the per-example predictions of both trials say; accuracies and differences as shares. */
export interface PredictionFacts {
  /** `crossed`: over seeds and examples; `mcnemar`: one seed, or seeds that change nothing. */
  method: 'crossed' | 'mcnemar';
  verdict: Verdict;
  seeds: number[];
  examples: number;
  accuracy: { baseline: number; optimized: number };
  difference: number;
  se: number | null;
  low: number | null;
  high: number | null;
  /** Examples that only the optimized, or only the reference, has right; null for `crossed`. */
  won: number | null;
  lost: number | null;
  /** One-sided. */
  p: number;
  alpha: number;
  notes: string[];
}

/** What a reviewer needs beside the verdict. */
export interface EvidenceFacts {
  plannedPairs: number;
  /** Error level of this iteration. */
  alpha: number;
  /** The gain that the planned pairs show with 80 % power; `d`: in sd of the paired differences. Null for one pair. */
  detectable: { d: number; gain: number | null } | null;
  predictions: PredictionFacts | null;
  /** Examples of the validation set and who says so; null where not known. */
  validation: { examples: number; source: 'pawl.yaml' | 'predictions' } | null;
  /** The confirm metric, opened where the study would end; null where there is none or it stayed closed. */
  confirm: {
    metric: string;
    reference: number | null;
    optimized: number;
    /** + is better. */
    difference: number | null;
    /** Runs of the optimized trial behind it. */
    n: number;
    /** Earlier iterations that looked at it. */
    openedBefore: number[];
  } | null;
  /** Runs that were ended inside the training, with the figures that led to it. */
  endedEarly: { run: string; why: string }[];
  /** What one more iteration can be expected to gain; null where no further one is open or nothing is known. */
  expectedGain: { gain: number; pAccept: number; plannedPairs: number; alpha: number } | null;
}
