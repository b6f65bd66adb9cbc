/**
 * Welch's t test, for runs that cannot be paired by seed (Welch 1947).
 *
 * A: baseline values [m], B: optimized values [n]; se² = s_A²/m + s_B²/n; ν by Welch–Satterthwaite;
 * one look, so c = t quantile (1 − α, ν). P(better) compares one fresh run of each: Φ(Δ / √(s_A² + s_B²)).
 */
import type { Goal } from '../metrics/_contract.ts';
import { studentTQuantile } from '../math/student-t.ts';
import { type Effect, effectOf, meanOf, standardDeviation } from './effect.ts';
import { orientedDifference } from './outcome.ts';

export interface WelchTest extends Effect {
  /** ν; null where an arm has a single run. */
  degreesOfFreedom: number | null;
}

/** Both arms need at least one value; a test needs two of each. */
export function welchTest(of: {
  baseline: readonly number[];
  optimized: readonly number[];
  alpha: number;
  goal: Goal;
  resolution: number;
}): WelchTest {
  const { baseline, optimized, alpha, goal, resolution } = of;
  const mean = orientedDifference(meanOf(baseline), meanOf(optimized), goal);
  const n = Math.min(baseline.length, optimized.length);
  if (n < 2) {
    return {
      n,
      mean,
      sd: null,
      se: null,
      t: null,
      limit: null,
      low: null,
      high: null,
      d: null,
      pBetter: null,
      shrunkenGain: null,
      degreesOfFreedom: null,
    };
  }
  // A run is known to half a step: √½ of the resolution in each arm makes one resolution in their difference.
  const floor = resolution * Math.SQRT1_2;
  const varianceA = Math.max(standardDeviation(baseline), floor) ** 2;
  const varianceB = Math.max(standardDeviation(optimized), floor) ** 2;
  const a = varianceA / baseline.length;
  const b = varianceB / optimized.length;
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (baseline.length - 1) + b ** 2 / (optimized.length - 1));
  const effect = effectOf({
    n,
    mean,
    se: Math.sqrt(a + b),
    sd: Math.sqrt(varianceA + varianceB),
    limit: studentTQuantile(1 - alpha, degreesOfFreedom),
  });
  return { ...effect, degreesOfFreedom };
}
