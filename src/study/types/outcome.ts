import type { Diagnosis, Skipped } from '../../diagnosis/types.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { Verdict, Decision, EvidenceLevel } from './verdict.ts';
import type { MetricChoice, TargetStatus } from './metric.ts';
import type { Effect, TrialResult } from './effect.ts';
import type { ChangeOutcome, IterationSummary } from './change.ts';
import type { Checkpoint, EnvironmentFacts, Artifacts, PreflightFinding, EvidenceFacts } from './facts.ts';

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
