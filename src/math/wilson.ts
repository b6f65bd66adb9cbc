/**
 * Wilson's score interval of a proportion (Wilson 1927). p: observed share, n: number of trials, z: normal quantile.
 * Inverts the score test, so it never leaves [0, 1] and keeps its coverage for shares near 0 or 1.
 */
import { normalQuantile } from './normal.ts';

export interface Interval {
  low: number;
  high: number;
}

/** Two-sided interval of `confidence`; `share` need not be a multiple of 1/n (a mean over seeds is allowed). */
export function wilsonInterval(share: number, n: number, confidence: number): Interval {
  if (!(share >= 0 && share <= 1) || !(n > 0) || !(confidence > 0 && confidence < 1)) {
    return { low: Number.NaN, high: Number.NaN };
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const square = (z * z) / n;
  const center = (share + square / 2) / (1 + square);
  const reach = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  return {
    low: share === 0 ? 0 : Math.max(0, center - reach),
    high: share === 1 ? 1 : Math.min(1, center + reach),
  };
}
