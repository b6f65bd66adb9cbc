/**
 * The density of counts on a grid of cells, smoothed by normal kernels with Scott's bandwidth and one prior count over the
 * whole grid; unordered cells are smoothed by the prior alone. As in PED-ANOVA's ScottParzenEstimator.
 *
 * c: counts [G]; returns p [G], which sums to 1.
 */
import { normalCdf } from '../../math/normal.ts';

/** 90 % of a kernel stays within its own cell at least. */
const LEAST_SIGMA = 0.5 / 1.64;

export function gridDensity(counts: Float64Array, isOrdered: boolean): Float64Array {
  const size = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const density = new Float64Array(size).fill(1 / size / (total + 1));
  if (total === 0) return density.fill(1 / size);
  if (!isOrdered) return density.map((prior, at) => prior + (counts[at] as number) / (total + 1));
  const sigma = Math.max(LEAST_SIGMA, scott(counts, total));
  // Φ at all distances between a cell's edge and a kernel's middle.
  const edges = Float64Array.from({ length: 2 * size + 1 }, (_, at) => normalCdf((at - size + 0.5) / sigma));
  counts.forEach((count, center) => {
    if (count === 0) return;
    const inside = (edges[2 * size - 1 - center] as number) - (edges[size - 1 - center] as number);
    const share = count / (total + 1) / inside;
    for (let at = 0; at < size; at++) {
      const upper = edges[size + at - center] as number;
      const lower = edges[size + at - center - 1] as number;
      density[at] = (density[at] as number) + share * (upper - lower);
    }
  });
  return density;
}

/** 1.059 · min(interquartile range / 1.34, standard deviation) · n^(−1/5). */
function scott(counts: Float64Array, total: number): number {
  let mean = 0;
  counts.forEach((count, at) => (mean += (count * at) / total));
  let squares = 0;
  counts.forEach((count, at) => (squares += count * (at - mean) ** 2));
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  const spread = quantile(counts, 0.75 * total) - quantile(counts, 0.25 * total);
  return 1.059 * Math.min(spread / 1.34, deviation) * total ** -0.2;
}

function quantile(counts: Float64Array, rank: number): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at++) {
    sum += counts[at] as number;
    if (sum >= rank) return at;
  }
  return counts.length - 1;
}

/** Pearson's divergence Σ q·(p/q − 1)². */
export function pearsonDivergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < p.length; at++) {
    const own = q[at] as number;
    sum += ((p[at] as number) - own) ** 2 / own;
  }
  return sum;
}
