import type { Rng } from '../../../math/rng.ts';
import { truncatedNormalQuantile } from '../../../math/truncated-normal.ts';
import type { Mixture } from './mixture.ts';
import { snap, type Scale } from './scale.ts';

/** One point of the mixture: a kernel by its weight, then a value of each parameter. */
export function drawPoint(mixture: Mixture, scales: readonly Scale[], stream: Rng): Float64Array {
  const kernel = pick(mixture.weights, mixture.size, stream);
  const point = new Float64Array(scales.length);
  const width = mixture.continuous.length;
  mixture.continuous.forEach((at, c) => {
    const mean = mixture.means[kernel * width + c] as number;
    const sigma = 1 / (mixture.precisions[kernel * width + c] as number);
    point[at] = cut(scales[at] as Scale, mean, sigma, stream);
  });
  for (const { at, entry, mean, sigma } of mixture.gridded) {
    const index = entry[kernel] as number;
    const scale = scales[at] as Scale;
    point[at] = snap(scale, cut(scale, mean[index] as number, sigma[index] as number, stream));
  }
  for (const { at, choices, other } of mixture.categorical) {
    const { size } = scales[at] as Scale;
    const own = choices[kernel] as number;
    // All choices get the share of the others; what is left over is the own choice's.
    const u = stream.uniform();
    const spread = own < 0 ? 1 : size * Math.exp(other);
    point[at] = u < spread ? Math.min(size - 1, Math.floor((u / spread) * size)) : own;
  }
  return point;
}

function cut({ low, high }: Scale, mean: number, sigma: number, stream: Rng): number {
  const z = truncatedNormalQuantile(stream.uniform(), (low - mean) / sigma, (high - mean) / sigma);
  return Math.max(low, Math.min(high, mean + z * sigma));
}

function pick(weights: Float64Array, size: number, stream: Rng): number {
  let total = 0;
  for (let at = 0; at < size; at++) total += weights[at] as number;
  let rest = stream.uniform() * total;
  for (let at = 0; at < size; at++) {
    rest -= weights[at] as number;
    if (rest < 0) return at;
  }
  return size - 1;
}
