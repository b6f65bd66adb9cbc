import type { Change } from '../../diagnosis/types.ts';
import type { ResourceUse, RunTicket } from '../../execution/_contract.ts';
import type { Candidacy } from '../sweep/types.ts';

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
  ticket: RunTicket | null;
  startedAt: number | null;
  endedAt: number | null;
  exitCode: number | null;
  value: RunValue | null;
  failure: { code: string; message: string; remedy?: string | undefined } | null;
  resources: ResourceUse | null;
  notes: string[];
}
