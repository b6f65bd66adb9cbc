/**
 * Noise of single runs: the sd within an arm, with the part that a seed gives to every arm taken out.
 *
 * y_as = μ_a + b_s + e; σ² = Var(e) from the residuals of the additive two-way fit, τ² = Var(b) from the sum of squares
 * that the seeds add to the arms (Henderson's method III). Where arms share no seeds, τ = 0 and σ is the pooled sd.
 */
import { leastSquares } from '../math/least-squares.ts';
import { fromRows } from '../math/matrix.ts';

export interface ArmValue {
  /** Identifies the arm. */
  arm: string;
  seed: number;
  value: number;
}

export interface SeedVariance {
  /** σ; null where no arm was repeated. */
  sigma: number | null;
  /** τ, 0 where it cannot be told from 0. */
  tau: number;
  degreesOfFreedom: number;
}

export function estimateSeedVariance(runs: readonly ArmValue[]): SeedVariance {
  const arms = [...new Set(runs.map(({ arm }) => arm))];
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const y = runs.map(({ value }) => value);
  const row = (run: ArmValue, withSeeds: boolean) => [
    ...arms.map((arm) => Number(run.arm === arm)),
    ...(withSeeds ? seeds.map((seed) => Number(run.seed === seed)) : []),
  ];
  const center = y.reduce((sum, value) => sum + value, 0) / Math.max(1, y.length);
  const centered = y.map((value) => value - center);
  const byArm = leastSquares(fromRows(runs.map((run) => row(run, false))), centered);
  const byBoth = leastSquares(fromRows(runs.map((run) => row(run, true))), centered);
  const free = runs.length - byBoth.rank;
  const freeOfArms = runs.length - byArm.rank;
  if (free <= 0) {
    const sigma = freeOfArms > 0 ? Math.sqrt(byArm.residualSquares / freeOfArms) : null;
    return { sigma, tau: 0, degreesOfFreedom: freeOfArms };
  }
  const variance = byBoth.residualSquares / free;
  const bySeed = byArm.residualSquares - byBoth.residualSquares;
  const weight = seedWeight(runs, arms, seeds);
  const tauSquare = weight > 0 ? (bySeed - (byBoth.rank - byArm.rank) * variance) / weight : 0;
  return { sigma: Math.sqrt(variance), tau: Math.sqrt(Math.max(0, tauSquare)), degreesOfFreedom: free };
}

/** tr(Zᵀ M Z): how much one unit of τ² adds to the residual squares of the arms. */
function seedWeight(runs: readonly ArmValue[], arms: readonly string[], seeds: readonly number[]): number {
  let weight = runs.length;
  for (const arm of arms) {
    const inArm = runs.filter((run) => run.arm === arm);
    for (const seed of seeds) {
      weight -= inArm.filter((run) => run.seed === seed).length ** 2 / inArm.length;
    }
  }
  return weight;
}
