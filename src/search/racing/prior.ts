/**
 * What configurations are worth before their own runs are looked at: a free-form distribution g over a grid, fitted to all
 * of them (Kiefer & Wolfowitz's maximum likelihood by EM; Koenker & Mizera 2014). Unlike a normal distribution it follows
 * the long tail of bad configurations without believing in an equal tail of good ones, which is what would overrate the
 * luckiest run. Few steps of EM from a normal start keep it smooth.
 *
 * Grid t [G], weights g [G]; the mean of configuration i given μ is normal with variance σ²/n_i.
 */
import type { Sampled } from './noise.ts';

export interface Posterior {
  readonly mean: number;
  readonly variance: number;
}

const GRID = 120;
const STEPS = 40;

export interface Prior {
  readonly grid: Float64Array;
  readonly weights: Float64Array;
}

export function fitPrior(sampled: readonly Sampled[], sd: number): Prior {
  const means = sampled.map(({ mean }) => mean);
  const low = Math.min(...means);
  const high = Math.max(...means);
  const grid = Float64Array.from({ length: GRID }, (_, at) => low + ((high - low) * at) / (GRID - 1));
  if (!(high > low)) return { grid: Float64Array.of(low), weights: Float64Array.of(1) };
  const center = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const spread = Math.sqrt(means.reduce((sum, mean) => sum + (mean - center) ** 2, 0) / means.length);
  let weights = normalize(grid.map((t) => Math.exp(-0.5 * ((t - center) / spread) ** 2)));
  if (sd === 0) return { grid, weights };
  const likelihoods = sampled.map((one) => likelihoodOf(one, sd, grid));
  for (let step = 0; step < STEPS; step++) {
    const next = new Float64Array(GRID);
    for (const likelihood of likelihoods) {
      let total = 0;
      for (let at = 0; at < GRID; at++) total += (likelihood[at] as number) * (weights[at] as number);
      if (total <= 0) continue;
      for (let at = 0; at < GRID; at++) {
        next[at] = (next[at] as number) + ((likelihood[at] as number) * (weights[at] as number)) / total;
      }
    }
    weights = normalize(next);
  }
  return { grid, weights };
}

export function posteriorOf(one: Sampled, sd: number, { grid, weights }: Prior): Posterior {
  if (sd === 0 || grid.length === 1) return { mean: one.mean, variance: 0 };
  const likelihood = likelihoodOf(one, sd, grid);
  let total = 0;
  let first = 0;
  let second = 0;
  grid.forEach((t, at) => {
    const p = (likelihood[at] as number) * (weights[at] as number);
    total += p;
    first += p * t;
    second += p * t * t;
  });
  if (!(total > 0)) return { mean: one.mean, variance: sd ** 2 / one.runs };
  const mean = first / total;
  return { mean, variance: Math.max(0, second / total - mean * mean) };
}

/** Up to a factor, so that nothing underflows. */
function likelihoodOf({ mean, runs }: Sampled, sd: number, grid: Float64Array): Float64Array {
  const precision = runs / sd ** 2;
  let nearest = Infinity;
  for (const t of grid) nearest = Math.min(nearest, (t - mean) ** 2);
  return grid.map((t) => Math.exp(-0.5 * precision * ((t - mean) ** 2 - nearest)));
}

function normalize(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
