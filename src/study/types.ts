import type { Change, Diagnosis, Skipped } from '../diagnosis/types.ts';
import type { ResourceUse, RunTicket } from '../execution/_contract.ts';
import type { Goal, Point, Select } from '../metrics/_contract.ts';
import type { Candidacy } from './sweep/types.ts';

export type Verdict = 'better' | 'not-better' | 'inconclusive' | 'unstable' | 'unverified';
export type Decision = 'finalize' | 'iterate' | 'rediagnose' | 'accept';
export type EvidenceLevel = 'quick' | 'standard' | 'thorough';

/**
 * `smoke-*`: short check runs; their metrics never count. `without`: all changes but one (attribution). `candidate`: one
 * configuration of a sweep.
 */
export type TrialKind = 'baseline' | 'optimized' | 'without' | 'smoke' | 'candidate' | 'final';

/** One configuration under test. */
export interface Trial {
  /** `baseline`, `optimized-1`, `without-1-model.dropout`, `smoke-1-baseline`, … */
  id: string;
  kind: TrialKind;
  /** Iteration that brought it in; 0 for the original baseline. */
  iteration: number;
  label: string;
  /** Config file handed to the training, relative to the project. */
  config: string;
  /** Hash of the config's values, without the seed. */
  configHash: string;
  changes: Change[];
  /** Of candidates only. */
  candidacy?: Candidacy;
}

export type RunStatus =
  /** Asked for, not yet known to have started. */
  | 'starting'
  | 'running'
  /** Exit code 0 and the metric was found. */
  | 'finished'
  /** An existing run whose results were adopted. */
  | 'adopted'
  /** The training ended badly on its own account. */
  | 'failed'
  /** NaN or infinity; counts against the trial. */
  | 'diverged'
  /** Stopped by a guard, a limit or futility. */
  | 'stopped'
  /** Pawl was interrupted; the run is repeated (or continued) on resume. */
  | 'interrupted';

/** What one curve comes to for the study's metric. Values as logged, epochs counted from 1. */
export interface RunValue {
  /** The value that stands for the run (best or last, by `select`). */
  value: number;
  /** Epoch (or index from 1 where none is logged) at which `value` was logged. */
  epoch: number;
  /** Value of the last logged epoch. */
  last: number;
  /** Best value of the curve. */
  best: number;
  bestEpoch: number;
  /** Epochs (or rows) that the run logged. */
  epochs: number;
  /** Training side of the metric at `epoch`; null when not logged. */
  train: number | null;
  trainLoss: number | null;
  valLoss: number | null;
  /** The confirm metric at `epoch`; null when not asked for or not logged. */
  confirm: number | null;
  /** Hash of what was logged of metric and losses; absent where that is too little to tell two runs apart. */
  fingerprint?: string;
  /** What multiplied the logged values of the metric to bring them to the study's scale; 1 where nothing did. */
  factor: number;
}

/** One training of one trial with one seed. */
export interface Run {
  id: string;
  trial: string;
  /** null where the seed of an adopted run is not known. */
  seed: number | null;
  /** From 1; a further attempt follows an interruption or an infrastructure failure. */
  attempt: number;
  status: RunStatus;
  /** Relative to the project. */
  directory: string;
  output: string;
  checkpoints: string | null;
  /** The metrics file that was read, relative to the project. */
  metricsFile: string | null;
  metricsFormat: string | null;
  argv: string[];
  gpus: number[];
  ticket: RunTicket | null;
  startedAt: number | null;
  endedAt: number | null;
  exitCode: number | null;
  value: RunValue | null;
  failure: { code: string; message: string; remedy?: string | undefined } | null;
  resources: ResourceUse | null;
  notes: string[];
}

/** How the study's metric is read. */
export interface MetricChoice {
  /** As asked for in pawl.yaml. */
  wanted: string;
  /** As the training logs it. */
  name: string;
  goal: Goal;
  select: Select;
  train: string | null;
  trainLoss: string | null;
  valLoss: string | null;
  /** `percent`: 0–100; `fraction`: 0–1 (shown as %); `other`: own unit. */
  scale: 'percent' | 'fraction' | 'other';
  /** What was chosen and why, when the names differ. */
  note: string | null;
}

export interface TargetStatus {
  /** In the metric's own scale (0.8 for `80%` on a fraction). */
  value: number;
  status: 'confirmed' | 'nominal' | 'not-met' | null;
  /** `pawl.yaml`, or the report's file and line. */
  source: string;
  /** optimized − target, oriented so that + is good. */
  margin: number | null;
  /** What was held against the target: the metric's mean, or the confirm metric's. */
  measured?: { metric: string; value: number };
  /** 90 % interval from the number of examples alone; null where that is not known. */
  interval?: { low: number; high: number; examples: number } | null;
}

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

export type ChangeLabel = 'helped' | 'hurt' | 'undetermined' | 'inert' | 'not-separated';

export interface ChangeOutcome extends Change {
  /** What is known of this change alone; `not-separated` when only all changes together were tried. */
  effect: {
    label: ChangeLabel;
    estimate: number | null;
    low: number | null;
    high: number | null;
    note: string;
  };
  /** The report's expectation for it, verbatim. */
  expected: string | null;
  /** The baseline of this study has it too, since it decides which examples are measured. */
  onBothSides?: true;
}

export interface Checkpoint {
  run: string;
  /** Relative to the project. */
  file: string;
  bytes: number;
}

export interface IterationSummary {
  iteration: number;
  trial: string;
  value: number | null;
  /** Against the reference (incumbent) it started from. */
  gain: number | null;
  /** Against the original baseline. */
  improvement: number | null;
  verdict: Verdict;
  decision: Decision;
  changes: string[];
  accepted: boolean;
  /** Interval of `improvement` and the pairs behind it; missing in studies of older versions. */
  low?: number | null;
  high?: number | null;
  n?: number;
  promises?: PromiseKept[];
}

/** What a recommendation promised, and what came of it. Figures in points; null where not known. */
export interface PromiseKept {
  recommendation: number;
  title: string;
  paths: string[];
  /** In the report's words. */
  expected: string | null;
  range: { low: number; high: number } | null;
  label: ChangeLabel;
  estimate: number | null;
  low: number | null;
  high: number | null;
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

/** Everything one iteration came to; what reports, screens and JSON are made from. Plain JSON but for `curves`. */
export interface StudyOutcome {
  study: {
    id: string;
    /** Folder name of the project. */
    project: string;
    startedAt: number;
    endedAt: number;
    /** Wall time spent in this iteration over all sessions. */
    wallMs: number;
    level: EvidenceLevel;
    plannedSeeds: number[];
    /** True where the gate was passed with --force, and what was missing. */
    forced: string[];
  };
  iteration: number;
  maxIterations: number;
  metric: MetricChoice;
  target: TargetStatus | null;
  diagnosis: Diagnosis;
  changes: ChangeOutcome[];
  skipped: Skipped[];
  /** From plan, metrics, preflight and runs. */
  warnings: string[];
  preflight: PreflightFinding[];
  baseline: TrialResult;
  optimized: TrialResult;
  /** The trial that this iteration started from: the baseline in iteration 1, else the best accepted so far. */
  reference: TrialResult;
  /** optimized against the original baseline. */
  effect: Effect;
  /** optimized against the reference; equal to `effect` in iteration 1. */
  gain: Effect;
  /** Of optimized against the reference. */
  verdict: Verdict;
  verdictReason: string;
  decision: Decision;
  /** One sentence with the figures that the decision rests on. */
  reason: string;
  /** The command to type next. */
  next: string;
  /** Absent where no comparison was made. */
  evidence?: EvidenceFacts;
  /** The best accepted trial after this iteration. */
  incumbent: string;
  history: IterationSummary[];
  checkpoints: Checkpoint[];
  environment: EnvironmentFacts;
  artifacts: Artifacts;
  /** Baseline config file, relative to the project. */
  baselineConfig: string;
  /** Run id → its points as logged. */
  curves: Record<string, Point[]>;
}
