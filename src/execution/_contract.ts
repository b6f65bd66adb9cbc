/** What to start: everything is resolved, nothing is a template any more. */
export interface RunSpec {
  /** Unique in the project; also given to the training as PAWL_RUN_ID, by which its processes are found again. */
  runId: string;
  argv: readonly [string, ...string[]];
  /** Run `argv[0]` through a shell (only where `shell: true` stands in pawl.yaml); the rest of argv becomes $1, $2, … */
  shell: boolean;
  cwd: string;
  /** Additions to the environment (GPU assignment is the executor's own). */
  env: Readonly<Record<string, string>>;
  /** Folder for stdout.log, stderr.log and the executor's own files; exists already. */
  directory: string;
  limits: RunLimits;
  gpus: number;
}

export interface RunLimits {
  /** Wall time after which the run is stopped; null: none. */
  timeMs: number | null;
  /** Time without any new output (stdout, stderr or a watched metrics file) after which it counts as hung; null: none. */
  silenceMs: number | null;
  /** Between SIGTERM and SIGKILL. */
  graceMs: number;
}

/**
 * Enough to find a started run again after the orchestrator died. Plain JSON. `gpus` (`0,1`) is shown to people where it is there:
 * the devices that the run has.
 */
export interface RunTicket {
  executor: string;
  [key: string]: string | number | null;
}

export type RunEnd =
  /** Exit code 0. */
  | 'finished'
  /** Non-zero exit, signal from outside, out of memory, not startable. */
  | 'failed'
  /** Stopped by Pawl: a guard, a limit, the user. */
  | 'stopped';

export interface RunOutcome {
  end: RunEnd;
  exitCode: number | null;
  signal: string | null;
  /** Why it did not finish: a stable code and one clear line (`TRAINING_OUT_OF_MEMORY`, 'CUDA out of memory …'); null when finished. */
  failure: { code: string; message: string; remedy?: string } | null;
  startedAt: number;
  endedAt: number;
  resources: ResourceUse;
  /** Observations worth a line in the report ('2 processes were left behind and were ended'). */
  notes: string[];
}

export interface ResourceUse {
  /** Peak resident memory of the whole process tree, bytes; null where it cannot be read. */
  peakMemoryBytes: number | null;
  /** CPU time of the whole process tree, seconds. */
  cpuSeconds: number | null;
  /** Mean GPU utilisation 0–100 while running; null without nvidia-smi. */
  gpuUtilization: number | null;
  gpuMemoryBytes: number | null;
}

export interface RunHandle {
  readonly ticket: RunTicket;
  /** Resolves when the training and all its processes are gone and its logs are complete on disk. Never rejects. */
  readonly outcome: Promise<RunOutcome>;
  /** Asks the whole process group to end (SIGTERM, grace, SIGKILL); `now` skips the grace. `why` becomes the failure. */
  stop(why: { code: string; message: string; remedy?: string }, options?: { now?: boolean }): void;
  /** Tells the silence guard that the run gave a sign of life elsewhere (a metrics file grew). */
  touch(): void;
  /** Latest sample of resources. */
  resources(): ResourceUse;
}

/** A run that waits for the word to begin. */
export interface ArmedRun {
  /** Lets it begin; like `Executor.start`. */
  start(): Promise<RunHandle>;
  /** It is not needed after all: it never begins. */
  drop(): void;
}

/** Where trainings run. One file per implementation; all pass `executors/conformance.ts`. */
export interface Executor {
  readonly name: string;
  /** Starts a run; rejects with a PawlError where it cannot start at all (command not found, …). */
  start(spec: RunSpec): Promise<RunHandle>;
  /**
   * Does all that starting a run takes ahead of it, but lets nothing of the run's own happen; undefined where that cannot be
   * done for this run. Rejects like `start`. What was made ready goes with the orchestrator, however that ends.
   */
  arm?(spec: RunSpec): Promise<ArmedRun | undefined>;
  /** Finds a run again that an earlier orchestrator started: still running or ended meanwhile; undefined when nothing is known of it. */
  reattach(spec: RunSpec, ticket: RunTicket): Promise<RunHandle | undefined>;
  /**
   * The ticket of a run in `spec.directory` that was started but whose ticket was never stored, because the
   * orchestrator died in that very moment; undefined when nothing was started there.
   */
  find?(spec: RunSpec): Promise<RunTicket | undefined>;
  /** How many runs of `gpus` GPUs each fit at a time; null: any number. */
  capacity?(gpus: number): Promise<number | null>;
  /** Ends every process that `ticket` left behind. */
  clean(ticket: RunTicket): Promise<void>;
  /** Lets go of everything without ending a training; outcomes of running runs stay open. */
  close(): Promise<void>;
}
