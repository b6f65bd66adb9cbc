/**
 * What an epoch of training is worth in a search that stops trainings early.
 *
 * F: epochs of a full training; c: epochs to the first rung; e_1 ≥ … ≥ e_n: the expected improvements that n recent
 * configurations promised at the first rung; λ: the price, expected improvement per epoch.
 */
import type { History } from '../_contract.ts';

/**
 * λ = max_k Σ_{i≤k} e_i / (n c + k (F − c)): what new configurations bring per epoch where each is shown to the first rung
 * and the best k of n are trained to the end. A training is worth going on with while its own e is at least λ times the
 * epochs it still needs (the reservation price of sequential search, McCall 1970; Weitzman 1979).
 */
export function priceOf(gains: readonly number[], first: number, full: number): number {
  let price = 0;
  let sum = 0;
  [...gains]
    .sort((a, b) => b - a)
    .forEach((gain, index) => {
      sum += gain;
      price = Math.max(price, sum / (gains.length * first + (index + 1) * (full - first)));
    });
  return price;
}

/** The share of all epochs that finished trainings should take, once there are enough of them for a model. */
const SHARE = 0.7;
const ENOUGH = 25;

/**
 * A factor of the price: 1 and more while finished trainings have their share of the epochs, near 0 where almost everything
 * was stopped of late. Configurations are suggested where the forecast flatters, so that stopped ones look better than
 * they are, and only finished trainings put that right. The fewer have finished, the smaller their share may be.
 */
export function discountOf(history: History): number {
  let spent = 0;
  let finished = 0;
  let count = 0;
  for (const { runs } of history) {
    for (const { state, reports } of runs) {
      const steps = reports.at(-1)?.step ?? 0;
      spent += steps;
      if (state !== 'complete') continue;
      finished += steps;
      count++;
    }
  }
  if (count === 0) return 1;
  return (finished / spent / Math.min(SHARE, count / ENOUGH)) ** 4;
}
