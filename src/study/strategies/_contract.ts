import type { StopReason } from '../../evidence/verdict.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { IterationRecord, StudyRecord } from '../record.ts';
import type { Candidacy } from '../sweep/types.ts';
import type { Effect, MetricChoice, Run, Verdict } from '../types.ts';

/** The stored study as a strategy sees it. */
export interface StrategyView {
  record: StudyRecord;
  iteration: IterationRecord;
  metric: MetricChoice | null;
  /** Wall time that the study has taken so far, over all sessions. */
  elapsedMs: number;
}

export interface RunRequest {
  trial: string;
  seed: number | null;
  /** For a trial that does not exist yet: what it is to be made of. */
  proposal?: Candidacy | undefined;
}

export interface Stop {
  status: 'diverged' | 'stopped';
  code: string;
  message: string;
}

export type Conclusion =
  | { kind: 'verdict'; verdict: Verdict; reason: string; gain: Effect; stop?: StopReason | undefined }
  | { kind: 'done' }
  /** The study cannot go on until something outside of it changes. */
  | { kind: 'failed'; code: string; message: string; remedy?: string | undefined };

/**
 * A pure function of the stored study. Being asked again after a crash gives the same answers, so that resuming is
 * loading and asking.
 */
export interface Strategy {
  readonly name: string;
  /** Runs that should be started now, most wanted first; runs that exist already are not named again. */
  next(view: StrategyView): RunRequest[];
  /**
   * A run that may follow as soon as a slot falls free, before what ended there is known; null where that is to be
   * waited for. It is prepared while all slots are taken.
   */
  ahead?(view: StrategyView): RunRequest | null;
  /** Whether a run should go on, given all its points so far. */
  judge(run: Run, points: readonly Point[], view: StrategyView): Stop | null;
  /** The end of the matter, or undefined while runs are still wanted. */
  conclude(view: StrategyView): Conclusion | undefined;
}
