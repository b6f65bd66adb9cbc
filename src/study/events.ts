import type { Change, Diagnosis, Skipped } from '../diagnosis/types.ts';
import type { RunTicket } from '../execution/_contract.ts';
import type { FinalOutcome, FinalStart, TestReading } from './finalize/types.ts';
import type { Contender, SweepBudget, SweepEnd, SweepPlan } from './sweep/types.ts';
import type { EvidenceLevel, MetricChoice, PreflightFinding, Run, StudyOutcome, Trial } from './types.ts';

/** What an iteration set out to do; fixed before its first run. */
export interface IterationStart {
  iteration: number;
  /** Hash of everything the iteration depends on: resuming requires it to be the same. */
  inputsHash: string;
  diagnosis: Diagnosis;
  changes: Change[];
  skipped: Skipped[];
  warnings: string[];
  /** What the gate found missing when --force passed it. */
  forced: string[];
  level: EvidenceLevel;
  /** The seed list, fixed before any run. */
  seeds: (number | null)[];
  /** Pairs at most; chosen before the first pair. */
  plannedPairs: number;
  /** One-sided level of this iteration's test. */
  alpha: number;
  target: { value: number; unit: '%' | null; source: string } | null;
  /** Trial ids: the one under test, the one it starts from, and the original baseline. */
  optimized: string;
  reference: string;
  baseline: string;
  /** Where the trial under test is first searched for. */
  sweep?: SweepPlan;
}

/** The outcome as stored: curves stay in their own table. */
export type StoredOutcome = Omit<StudyOutcome, 'curves'>;

/** Everything that can happen to a study. Stored before it is acted on; the record is their fold. */
export type StudyEvent =
  | { type: 'study-created'; at: number; study: string; project: string }
  | { type: 'iteration-started'; at: number; start: IterationStart }
  | { type: 'trial-added'; at: number; trial: Trial }
  | { type: 'metric-chosen'; at: number; metric: MetricChoice }
  | {
      type: 'preflight-done';
      at: number;
      iteration: number;
      findings: PreflightFinding[];
      warnings: string[];
    }
  | { type: 'run-starting'; at: number; run: Run }
  | { type: 'run-started'; at: number; run: string; ticket: RunTicket }
  | { type: 'run-ended'; at: number; run: string; ended: RunEnded }
  | { type: 'search-ended'; at: number; iteration: number; end: SweepEnd }
  | { type: 'contender-chosen'; at: number; iteration: number; contender: Contender }
  /** More may be spent on a search that had ended; what was concluded from it is open again. */
  | { type: 'search-extended'; at: number; iteration: number; budget: SweepBudget }
  | { type: 'iteration-failed'; at: number; iteration: number; code: string; message: string }
  | { type: 'iteration-concluded'; at: number; iteration: number; outcome: StoredOutcome }
  | { type: 'final-started'; at: number; start: FinalStart }
  | { type: 'test-read'; at: number; final: number; reading: TestReading }
  | { type: 'final-concluded'; at: number; final: number; outcome: FinalOutcome }
  | { type: 'session-opened'; at: number; pid: number }
  | { type: 'session-closed'; at: number; why: 'done' | 'interrupted' | 'failed' };

export type RunEnded = Pick<
  Run,
  | 'status'
  | 'endedAt'
  | 'exitCode'
  | 'value'
  | 'failure'
  | 'resources'
  | 'notes'
  | 'metricsFile'
  | 'metricsFormat'
>;
