export type TrackedStatus = 'running' | 'finished' | 'failed' | 'killed';

/** A config value as trackers take it: what is no single value comes as its JSON. */
export type ParamValue = string | number | boolean;

/** What a tracker is to say of a run beside its curve. A study is a run too: the parent of its trainings. */
export interface TrackedRun {
  /** `<study>/<run>`, of a study `<study>`: what the run is found again by. */
  key: string;
  /** Key of the study; null for the study itself. */
  parent: string | null;
  name: string;
  /** Trial, which the seeds of one configuration share; null for a study. */
  group: string | null;
  params: Readonly<Record<string, ParamValue>>;
  /** Mutable facts: status, verdict, decision. */
  tags: Readonly<Record<string, string>>;
  status: TrackedStatus;
  startedAt: number;
  endedAt: number | null;
}

export interface LoggedValue {
  /** As `cleanName` has made it. */
  name: string;
  step: number;
  /** As `cleanValue` has made it. */
  value: number;
  /** When it was first seen, in ms since 1970. */
  at: number;
}

export interface Artifact {
  /** With forward slashes: `config/training_config.yaml`. */
  name: string;
  bytes: Buffer;
}

/** What a tracker holds of a run: by metric, in the order in which it was logged. */
export type Held = ReadonlyMap<string, readonly { step: number; value: number }[]>;

/**
 * A place that runs are logged to. One file per implementation in `trackers/`; all pass `conformance.ts`. Calls for one
 * tracker never overlap. A call that fails throws a `TrackerFailure`; one that was aborted may have happened or not, and
 * the run is then opened again.
 */
export interface Tracker {
  readonly name: string;
  /** For people, without credentials. */
  readonly target: string;
  /** Values of one `log` at most. */
  readonly batch: number;
  /** A metric's name with what the tracker allows in it. */
  cleanName(name: string): string;
  /** A value as the tracker gives it back. */
  cleanValue(value: number): number;
  /** Finds the run by its key, or begins it; says what is logged of it already. */
  open(run: TrackedRun, signal: AbortSignal): Promise<Held>;
  /** Logs params, tags, status and end of a run that is open. Repeating it changes nothing. */
  describe(run: TrackedRun, signal: AbortSignal): Promise<void>;
  log(run: TrackedRun, values: readonly LoggedValue[], signal: AbortSignal): Promise<void>;
  /** Makes void whatever was logged of the curve so far. */
  restart(run: TrackedRun, signal: AbortSignal): Promise<void>;
  /** Stores a file with the run, in place of one of the same name. What it has no use for it passes over. */
  attach(run: TrackedRun, artifact: Artifact, signal: AbortSignal): Promise<void>;
}

/**
 * `unavailable`: to be tried again later. `rejected`: this will never be taken. `gone`: the run is not there any more and
 * has to be opened again.
 */
export class TrackerFailure extends Error {
  override readonly name = 'TrackerFailure';
  readonly reason: 'unavailable' | 'rejected' | 'gone';

  constructor(reason: TrackerFailure['reason'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}
