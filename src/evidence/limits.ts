/**
 * The limits that a running t statistic is held against, for N planned pairs at one-sided level α.
 *
 * Tabulated levels are used as they are. An α between two of them takes the next smaller one; an α below the smallest
 * takes Bonferroni limits (t quantiles at the error that each look may spend), which hold at any level. All three keep
 * the error at or under the α that was asked for.
 */
import { studentTQuantile } from '../math/student-t.ts';
import { evidenceError } from './errors.ts';
import { ALPHAS, LIMITS } from './limits-table.ts';

export const MIN_PAIRS = 3;
export const MAX_PAIRS = 10;

/** α as sums of shares may miss a tabulated level by rounding only. */
const ROUNDING = 1e-9;

export interface Limits {
  plannedPairs: number;
  /** As asked for. */
  alpha: number;
  /** The level whose limits these are; at most `alpha`. */
  alphaUsed: number;
  /** c_n by look, from n = 3. */
  efficacy: readonly number[];
  /** f_n by look, from n = 2 to N − 1. */
  futility: readonly number[];
}

export function limitsFor(plannedPairs: number, alpha: number): Limits {
  const table = LIMITS[plannedPairs];
  if (!table) {
    throw evidenceError(
      'EVIDENCE_DESIGN_UNKNOWN',
      `There is no sequential design with ${plannedPairs} planned pairs.`,
      { remedy: `Plan ${MIN_PAIRS} to ${MAX_PAIRS} pairs.` },
    );
  }
  checkAlpha(alpha);
  const index = ALPHAS.findIndex((level) => level <= alpha * (1 + ROUNDING));
  if (index >= 0) {
    return {
      plannedPairs,
      alpha,
      alphaUsed: ALPHAS[index] as number,
      efficacy: table.efficacy[index] as readonly number[],
      futility: table.futility[index] as readonly number[],
    };
  }
  return {
    plannedPairs,
    alpha,
    alphaUsed: alpha,
    efficacy: bonferroniLimits(plannedPairs, alpha),
    futility: table.futility[ALPHAS.length - 1] as readonly number[],
  };
}

/** c_n, or null before the first look that may accept. */
export function efficacyAt(limits: Limits, n: number): number | null {
  return limits.efficacy[n - MIN_PAIRS] ?? null;
}

/** f_n, or null where nothing may be given up. */
export function futilityAt(limits: Limits, n: number): number | null {
  return limits.futility[n - 2] ?? null;
}

export function checkAlpha(alpha: number): void {
  if (alpha > 0 && alpha < 0.5) return;
  throw evidenceError('EVIDENCE_ALPHA_INVALID', `The error level α = ${alpha} is not between 0 and 0.5.`, {
    remedy: 'Use 0.05, or less where several comparisons share one budget of error.',
  });
}

function bonferroniLimits(plannedPairs: number, alpha: number): number[] {
  const limits: number[] = [];
  let spent = 0;
  for (let n = MIN_PAIRS; n <= plannedPairs; n++) {
    const allowed = alpha * (n / plannedPairs) ** 1.5;
    limits.push(-studentTQuantile(allowed - spent, n - 1));
    spent = allowed;
  }
  return limits;
}
