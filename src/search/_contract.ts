import type { Goal } from '../metrics/_contract.ts';
import type { Params, Space } from './space.ts';

/** An intermediate value of a run: `step` is the resource spent (epochs, as a rule), ascending. NaN is a value. */
export interface Report {
  readonly step: number;
  readonly value: number;
}

/** Where a trial or a run of it stands. `paused`: stopped at a rung, can be promoted. `failed`: has no usable value. */
export type TrialState = 'running' | 'paused' | 'complete' | 'pruned' | 'failed';

/** One training of a trial's configuration: one seed. */
export interface TrialRun {
  readonly seed: number | null;
  readonly state: TrialState;
  /** Its final value; null unless complete. */
  readonly value: number | null;
  readonly reports: readonly Report[];
}

/**
 * One configuration and everything that was measured of it. **Immutable: what changes is a new object**, so that
 * samplers and pruners recognize by identity what they have seen (10,000 trials are compared in microseconds).
 */
export interface Trial {
  /** Its place in the study, from 0; also its random stream. Unique, not necessarily dense. */
  readonly number: number;
  readonly params: Params;
  /** `complete` as soon as one run is, even while further seeds run. See `trialOf` in `trial.ts`. */
  readonly state: TrialState;
  /** Mean over complete runs, finite; null without one. */
  readonly value: number | null;
  /** By seed; several where the racing gave the configuration more seeds. */
  readonly runs: readonly TrialRun[];
}

/** All trials so far in order of number: finished, running (other slots), pruned, failed, imported. */
export type History = readonly Trial[];

/** What stays the same over a whole search. */
export interface SearchSetup {
  readonly space: Space;
  readonly goal: Goal;
  /** The study's seed: trial i draws from the stream f(seed, i) alone (see `stream.ts`). */
  readonly seed: number;
  /** How many trials are planned, if known; `auto` and startup lengths look at it. */
  readonly plannedTrials: number | null;
  /** The resource of a full training (`Report.step` of its last report); null where it is not known. */
  readonly fullStep: number | null;
}

/**
 * Proposes configurations. `suggest` is pure: its answer depends on the setup, the history and the number alone. An
 * implementation may keep tables between calls as long as nobody can tell but by the clock.
 */
export interface Sampler {
  readonly name: string;
  /**
   * The configuration of trial `number`, which is not in `history`; null when there is none left (a finished grid).
   * Trials that run at the same time are in `history` with state `running`.
   */
  suggest(history: History, number: number): Params | null;
}

/** A way of sampling: one file per implementation in `samplers/`; all pass `samplers/conformance.ts`. */
export interface SamplerKind {
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  create(setup: SearchSetup): Sampler;
}

export type Judgement =
  | { readonly action: 'continue' }
  /** The run is worse than its peers. `why` is a sentence for people. */
  | { readonly action: 'stop'; readonly step: number; readonly why: string }
  /** The run has reached its rung and waits for promotion (only promotion pruners). */
  | { readonly action: 'pause'; readonly step: number; readonly why: string };

/** What a promotion pruner wants a free slot to do. */
export type Job =
  | { readonly kind: 'promote'; readonly trial: number; readonly toStep: number }
  | { readonly kind: 'new'; readonly toStep: number };

export interface JudgeRequest {
  readonly history: History;
  /** Number of the trial in `history`; it is judged by its run of `seed`, with all reports so far. */
  readonly trial: number;
  readonly seed: number | null;
  /** How many of that run's reports were judged before; the others are new. 0 judges all of them again. */
  readonly judged: number;
}

/** Ends trials early. `judge` is pure like `suggest`. One file per implementation in `pruners/`. */
export interface Pruner {
  readonly name: string;
  judge(request: JudgeRequest): Judgement;
  /** Only promotion pruners: what the next free slot should do, paused trials being resumable. */
  nextJob?(history: History): Job;
}

export interface PrunerSetup {
  readonly goal: Goal;
  /** The resource of a full training; null: taken from the longest run seen. */
  readonly fullStep: number | null;
  /** What is searched; `forecast` needs it, the others do not look at it. */
  readonly space?: Space | undefined;
}
