/**
 * A measured effect and what it means.
 *
 * D: paired differences [n], turned so that + is better; s: their standard deviation, not below the metric's
 * resolution; t = mean(D)·√n / s; d = mean(D) / s; c: the limit that t is held against.
 * Interval: mean(D) ± c·s/√n. P(better on a fresh seed) = Φ(d).
 * Shrunken gain: mean(D)·max(0, 1 − 2/t²), an empirical-Bayes correction of gains that were reported because they
 * passed a test (positive-part James–Stein form, Efron & Morris 1973).
 */
import type { Goal } from '../metrics/_contract.ts';
import { normalCdf } from '../math/normal.ts';

export interface Effect {
  /** Pairs (or, unpaired, the smaller arm) behind it. */
  n: number;
  /** + is better; null where there is no pair. */
  mean: number | null;
  /** Standard deviation of the differences, floored at the resolution; null for a single pair. */
  sd: number | null;
  se: number | null;
  t: number | null;
  /** The limit of this look; null where this look may not accept. */
  limit: number | null;
  /** Interval of the effect, + is better; null where there is none. */
  low: number | null;
  high: number | null;
  d: number | null;
  pBetter: number | null;
  shrunkenGain: number | null;
}

const UNKNOWN: Effect = {
  n: 0,
  mean: null,
  sd: null,
  se: null,
  t: null,
  limit: null,
  low: null,
  high: null,
  d: null,
  pBetter: null,
  shrunkenGain: null,
};

/** The same effect as optimized − baseline, in the metric's own sign. */
export interface SignedEffect {
  absolute: number;
  low: number | null;
  high: number | null;
}

export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation (n − 1); NaN for fewer than two values. */
export function standardDeviation(values: readonly number[]): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** The effect in differences D, its t held against `limit`. */
export function pairedEffect(
  differences: readonly number[],
  limit: number | null,
  resolution: number,
): Effect {
  const n = differences.length;
  const mean = meanOf(differences);
  if (n < 2) return { ...UNKNOWN, n, mean: n === 0 ? null : mean };
  const sd = Math.max(standardDeviation(differences), resolution);
  return effectOf({ n, mean, se: sd / Math.sqrt(n), sd, limit });
}

export function effectOf(of: {
  n: number;
  mean: number;
  se: number;
  sd: number;
  limit: number | null;
}): Effect {
  const { n, mean, se, sd, limit } = of;
  const t = mean / se;
  const { low, high } = repeatedInterval(mean, se, limit);
  return {
    n,
    mean,
    sd,
    se,
    t,
    limit,
    low,
    high,
    d: mean / sd,
    // A probability that was estimated is never 0 or 1, though the tail is too thin for a number.
    pBetter: Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, normalCdf(mean / sd))),
    shrunkenGain: shrunkenGain(mean, t),
  };
}

/** Repeated confidence interval (Jennison & Turnbull 1989): valid at whatever look a study stopped. */
export function repeatedInterval(
  mean: number,
  se: number,
  limit: number | null,
): { low: number | null; high: number | null } {
  if (limit === null) return { low: null, high: null };
  return { low: mean - limit * se, high: mean + limit * se };
}

export function shrunkenGain(mean: number, t: number): number {
  return t === 0 ? 0 : mean * Math.max(0, 1 - 2 / (t * t));
}

/** Null where there is no pair yet. */
export function signedEffect(effect: Effect, goal: Goal): SignedEffect | null {
  const { mean, low, high } = effect;
  if (mean === null) return null;
  if (goal === 'max') return { absolute: mean, low, high };
  return { absolute: 0 - mean, low: high === null ? null : 0 - high, high: low === null ? null : 0 - low };
}
