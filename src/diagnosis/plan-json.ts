import type { ConfigValue } from '../config/value.ts';
import type { Plan, SkipReason, Target } from './types.ts';

/** The document of `pawl plan --json`. */
export interface PlanDocument {
  schemaVersion: 1;
  diagnosis: {
    file: string;
    rootCauses: string[];
    target: Pick<Target, 'metric' | 'value' | 'unit' | 'line'> | null;
    baseline: Record<string, number>;
    expectedOutcome: { text: string; line: number }[];
    recommendations: Plan['diagnosis']['recommendations'];
  };
  changes: {
    path: string;
    kind: 'new' | 'changed' | 'removed';
    from: ConfigValue;
    to: ConfigValue;
    recommendation: number | null;
    line: number | null;
    why: string;
  }[];
  skipped: {
    recommendation: number | null;
    reason: SkipReason;
    message: string;
    line: number;
    candidates: string[];
  }[];
  warnings: { message: string; line: number | null }[];
}

/** A plan as the stable JSON contract. */
export function planJson(plan: Plan): PlanDocument {
  const { diagnosis } = plan;
  return {
    schemaVersion: 1,
    diagnosis: {
      file: diagnosis.file,
      rootCauses: [...diagnosis.rootCauses],
      target: diagnosis.target,
      baseline: { ...diagnosis.baseline },
      expectedOutcome: diagnosis.expectedOutcome.map((item) => ({ ...item })),
      recommendations: diagnosis.recommendations.map((item) => ({ ...item })),
    },
    changes: plan.changes.map(({ path, kind, from, to, recommendation, line, why }) => ({
      path,
      kind,
      from,
      to,
      recommendation,
      line,
      why,
    })),
    skipped: plan.skipped.map(({ recommendation, reason, message, line, candidates }) => ({
      recommendation,
      reason,
      message,
      line,
      candidates: [...candidates],
    })),
    warnings: plan.warnings.map((warning) => ({ ...warning })),
  };
}
