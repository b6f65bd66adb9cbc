/**
 * Compares two trials by their per-example predictions.
 *
 * E[s][x] = correct(optimized) − correct(baseline) ∈ {−1, 0, 1}: S seeds × n examples, crossed random effects:
 * SE² = MS_seed/(nS) + max(0, (MS_example − MS_error)/S)/n, the variance of the mean over new seeds and new examples
 * (two-way random-effects analysis of variance; Searle, Casella & McCulloch 1992). Degrees of freedom by Satterthwaite.
 * One seed, or a training that ignores its seed: exact McNemar test on the examples that changed sides.
 */
import { binomialAtLeast } from '../math/binomial.ts';
import { studentTQuantile, studentTSf } from '../math/student-t.ts';
import { meanOf } from './effect.ts';
import { evidenceError } from './errors.ts';
import { checkAlpha } from './limits.ts';
import { checkSeeds } from './outcome.ts';
import type { Verdict } from './verdict.ts';

/** Whether each example was right (true, 1), in the same order everywhere. */
export interface SeedPredictions {
  seed: number;
  baseline: ArrayLike<boolean | number>;
  optimized: ArrayLike<boolean | number>;
}

export interface CrossedComparison {
  method: 'crossed';
  verdict: Verdict;
  seeds: number;
  examples: number;
  /** Difference of the accuracies, as a share. */
  mean: number;
  se: number;
  degreesOfFreedom: number;
  t: number;
  /** One-sided. */
  p: number;
  low: number;
  high: number;
}

export interface McNemarComparison {
  method: 'mcnemar';
  verdict: Verdict;
  examples: number;
  mean: number;
  /** Examples that only the baseline, or only the optimized trial, has right. */
  lost: number;
  won: number;
  /** One-sided, exact. */
  p: number;
}

/** Judges over new seeds and new examples; with one seed, or seeds that change nothing, over new examples only. */
export function judgePredictions(
  runs: readonly SeedPredictions[],
  alpha = 0.05,
): CrossedComparison | McNemarComparison {
  checkAlpha(alpha);
  const examples = checkPredictions(runs);
  const errors = runs.map(({ baseline, optimized }) =>
    Int8Array.from({ length: examples }, (_, x) => Number(optimized[x]) - Number(baseline[x])),
  );
  const [first] = errors as [Int8Array];
  const isOneSeed = errors.every((row) => row.every((value, x) => value === first[x]));
  return isOneSeed ? mcnemar(first, alpha) : crossed(errors, alpha);
}

/** The exact McNemar test: of the examples that changed sides, do more than half go the right way? */
export function mcnemar(differences: ArrayLike<number>, alpha: number): McNemarComparison {
  let won = 0;
  let lost = 0;
  for (let x = 0; x < differences.length; x++) {
    if ((differences[x] as number) > 0) won++;
    else if ((differences[x] as number) < 0) lost++;
  }
  const p = binomialAtLeast(won, won + lost, 0.5);
  const verdict: Verdict = p <= alpha ? 'better' : won <= lost ? 'not-better' : 'inconclusive';
  return {
    method: 'mcnemar',
    verdict,
    examples: differences.length,
    mean: (won - lost) / differences.length,
    lost,
    won,
    p,
  };
}

function crossed(errors: readonly Int8Array[], alpha: number): CrossedComparison {
  const seeds = errors.length;
  const examples = (errors[0] as Int8Array).length;
  const seedMeans = errors.map((row) => row.reduce((sum, value) => sum + value, 0) / examples);
  const mean = meanOf(seedMeans);
  const exampleMeans = new Float64Array(examples);
  for (const row of errors) for (let x = 0; x < examples; x++) exampleMeans[x]! += (row[x] as number) / seeds;
  const squares = (means: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < means.length; i++) sum += ((means[i] as number) - mean) ** 2;
    return sum;
  };
  const meanSquareSeed = (examples * squares(seedMeans)) / (seeds - 1);
  const meanSquareExample = (seeds * squares(exampleMeans)) / (examples - 1);
  let rest = 0;
  for (const [s, row] of errors.entries()) {
    for (let x = 0; x < examples; x++) {
      rest += ((row[x] as number) - (seedMeans[s] as number) - (exampleMeans[x] as number) + mean) ** 2;
    }
  }
  const meanSquareError = rest / ((seeds - 1) * (examples - 1));
  // All seeds with the very same mean: their true spread is unknown, the error of single answers stands in for it.
  const bySeed = (meanSquareSeed || meanSquareError) / (examples * seeds);
  const byExample = Math.max(0, (meanSquareExample - meanSquareError) / seeds) / examples;
  const variance = bySeed + byExample;
  const se = Math.sqrt(variance);
  const degreesOfFreedom = variance ** 2 / (bySeed ** 2 / (seeds - 1) + byExample ** 2 / (examples - 1));
  const t = mean / se;
  const limit = studentTQuantile(1 - alpha, degreesOfFreedom);
  return {
    method: 'crossed',
    verdict: t >= limit ? 'better' : mean <= 0 ? 'not-better' : 'inconclusive',
    seeds,
    examples,
    mean,
    se,
    degreesOfFreedom,
    t,
    p: studentTSf(t, degreesOfFreedom),
    low: mean - limit * se,
    high: mean + limit * se,
  };
}

function checkPredictions(runs: readonly SeedPredictions[]): number {
  const refuse = (message: string): never => {
    throw evidenceError('EVIDENCE_PREDICTIONS_INVALID', message, {
      remedy: 'Write the same examples in the same order for every seed of both trials.',
    });
  };
  const [first] = runs;
  if (!first) return refuse('There are no predictions.');
  checkSeeds(
    runs.map(({ seed }) => seed),
    'The predictions',
  );
  const examples = first.baseline.length;
  if (examples < 2) refuse(`Predictions on ${examples} examples say nothing.`);
  for (const { seed, baseline, optimized } of runs) {
    if (baseline.length !== examples || optimized.length !== examples) {
      refuse(`Seed ${seed} has ${baseline.length} and ${optimized.length} predictions, not ${examples}.`);
    }
  }
  return examples;
}
