import type { Change } from '../../diagnosis/types.ts';
import type { Verdict, Decision } from './verdict.ts';

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
