import type { ChangeKind } from '../config/_contract.ts';
import type { ConfigValue } from '../config/value.ts';

/** What a diagnostic report says, before it is held against a config. */
export interface Diagnosis {
  file: string;
  rootCauses: string[];
  target: Target | null;
  /** Baseline figures the report states (`{ train_acc: 85.2, val_acc: 78.9 }`), as written. */
  baseline: Record<string, number>;
  /** The expectations it states for all changes together, in its own words (`+3–5 % val acc`), with lines. */
  expectedOutcome: { text: string; line: number }[];
  recommendations: Recommendation[];
}

export interface Target {
  metric: string | null;
  /** As written: 80 with unit '%' stays 80. */
  value: number;
  unit: '%' | null;
  line: number | null;
}

export interface Recommendation {
  /** The report's own number, else its position from 1. */
  number: number;
  title: string;
  line: number;
  impact: string | null;
  effort: string | null;
  risk: string | null;
  /** The expected effect in the report's words. */
  expected: string | null;
}

/** One config path that the optimized trial changes. */
export interface Change {
  /** Full path in the baseline config's notation (`formatPath`). */
  path: string;
  kind: ChangeKind;
  /** The baseline's value; null when absent. */
  from: ConfigValue;
  to: ConfigValue;
  /** Number of the recommendation it comes from; null where it stands only in the config preview or is Pawl's own. */
  recommendation: number | null;
  /** 1-based line of the report it was read from; null for Pawl's own changes (extended training). */
  line: number | null;
  /** Short reason for the comment in the config. */
  why: string;
}

export const SKIP_REASONS = [
  'no-value',
  'range',
  'alternative',
  'keep',
  'already-applied',
  'unknown-path',
  'ambiguous-path',
  'conflict',
  'invalid-value',
  'not-config',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface Skipped {
  recommendation: number | null;
  reason: SkipReason;
  message: string;
  line: number;
  candidates: string[];
}

export interface Plan {
  diagnosis: Diagnosis;
  changes: Change[];
  skipped: Skipped[];
  warnings: { message: string; line: number | null }[];
}
