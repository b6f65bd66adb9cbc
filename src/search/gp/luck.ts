/**
 * What a seed does, where several have been seen: y_i = f(x_i) + b_s + g_s(x_i) + ε_i for a run with seed s. b_s: it is easy or hard for
 * all alike; g_s ~ GP, with the same correlations as f: it is kind to some region of the space (neighbours are lucky
 * together). Only f is wanted, so that a region is not followed for what one seed says of it. A multi-task covariance
 * (Bonilla et al. 2007) whose tasks are exchangeable.
 *
 * cov(y_i, y_j) = s·M(r)·(1 + ρ·[s_i = s_j]) + β·[s_i = s_j], ρ: `local`, β: `common`, both with the prior Gamma(1.1, 3).
 */
export interface Luck {
  readonly local: number;
  readonly common: number;
}

export const DEFAULT_LUCK: Luck = { local: 0.2, common: 0.05 };

/** Of a run whose seed no other has had. */
export const OWN_SEED = -1;

export function isSameSeed(seeds: Int32Array, i: number, j: number): boolean {
  return seeds[i] === seeds[j] && seeds[i] !== OWN_SEED;
}

/** What luck adds to the variance of a run. */
export function varianceOf({ local, common }: Luck, scale: number): number {
  return scale * local + common;
}

const SHAPE = 1.1;
const RATE = 3;

/** −log of the prior of one of the two, up to a constant, and its derivative along the logarithm. */
export function luckPrior(value: number): readonly [number, number] {
  return [(1 - SHAPE) * Math.log(value) + RATE * value, 1 - SHAPE + RATE * value];
}
