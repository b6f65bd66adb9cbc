import type { Change, Plan } from '../diagnosis/types.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Cost } from './cost.ts';
import type { Design } from './design.ts';
import type { Interrupts } from './engine.ts';
import type { StudyEvent } from './events.ts';
import type { StudyRecord } from './record.ts';
import type { TargetWish } from './target.ts';
import type { EvidenceLevel, Run } from './types.ts';

export interface OptimizeOptions {
  /** Report named on the command line. */
  diagnostic?: string | undefined;
  iteration: number;
  level?: EvidenceLevel | undefined;
  seeds?: readonly number[] | undefined;
  budget?: { runs?: number | undefined; hours?: number | undefined } | undefined;
  slots?: number | undefined;
  smoke: boolean;
  /** Stop a candidate run that cannot reach the reference any more. */
  earlyKill: boolean;
  extend: boolean;
  /** Find out which change helped, by leaving each out. */
  attribute: boolean;
  /** Paths of planned changes that are left out. */
  without: readonly string[];
  /** Continue an unfinished study; a fresh one is started where there is none. */
  resume: boolean;
  /** Start anew even where an unfinished study could be continued. */
  fresh: boolean;
  force: boolean;
  dryRun: boolean;
  cwd: string;
}

/** How a study tells what it is doing. */
export interface OptimizeHooks {
  say: (message: string) => void;
  onPlan: (plan: PlannedStudy) => void;
  onPhase: (phase: 'preflight' | 'training' | 'attribution' | 'reporting') => void;
  onEvent: (event: StudyEvent, record: StudyRecord) => void;
  onPoints: (run: Run, points: readonly Point[], record: StudyRecord) => void;
  interrupts: Interrupts;
  now: () => number;
}

/** What will be done and what it costs; the end of `--dry-run`. */
export interface PlannedStudy {
  plan: Plan;
  changes: Change[];
  design: Design;
  cost: Cost;
  slots: number;
  /** The command of the first optimized run, as a person would type it. */
  command?: string;
  /** Epoch limits, where the configs name one. */
  epochs: { reference: number | null; optimized: number | null };
  iteration: number;
  reference: string;
  forced: string[];
  warnings: string[];
  config: string;
  target: TargetWish | null;
  budget: { runs: number | null; ms: number | null };
}
