/**
 * Student's t distribution with ν > 0 degrees of freedom (ν may be fractional, as in Welch's test; ∞ is the normal).
 *
 * P(|T| > t) = I_x(ν/2, ½), x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1). The quantile is the root of the same function:
 * Newton steps on the log tail (on the central part, near the median), kept inside a bracket.
 */
import { betaCdf } from './beta.ts';
import { logGamma } from './gamma.ts';
import { noncentralTSf } from './noncentral-t.ts';
import { normalLogPdf, normalQuantile, normalSf } from './normal.ts';

/** P(T > t). */
export function studentTSf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (df === Infinity) return normalSf(t);
  if (t === Infinity) return 0;
  if (t < 0) return 1 - studentTSf(-t, df);
  // With so many degrees of freedom x is 1 to working precision and the fraction loses digits; quadrature does not.
  if (df > 1e4) return noncentralTSf(t, df, 0);
  const square = t * t;
  if (square < 0.25) return 0.5 - centralHalf(square, df);
  // So far out the tail is a pure power; t² would overflow.
  if (t > 1e75 * (1 + df)) return Math.exp(studentTLogPdf(t, df) + Math.log(t)) / df;
  const ratio = df / square;
  return 0.5 * betaCdf(ratio / (1 + ratio), df / 2, 0.5, 1 / (1 + ratio));
}

/** P(T ≤ t). */
export function studentTCdf(t: number, df: number): number {
  return studentTSf(-t, df);
}

/** log density of T. */
export function studentTLogPdf(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (df === Infinity) return normalLogPdf(t);
  const half = df / 2;
  // log Γ(h + ½) − log Γ(h); the series where the difference of two large logarithms would cancel.
  const ratio = half > 1000 ? 0.5 * Math.log(half) - 1 / (8 * half) : logGamma(half + 0.5) - logGamma(half);
  const size = Math.abs(t);
  const growth = size > 1e75 ? 2 * Math.log(size) - Math.log(df) : Math.log1p((t * t) / df);
  return ratio - 0.5 * Math.log(df * Math.PI) - ((df + 1) / 2) * growth;
}

/** The t with P(T ≤ t) = p; ∓∞ at 0 and 1. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (df === Infinity) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  return p < 0.5 ? -upperQuantile(p, 0.5 - p, df) : upperQuantile(1 - p, p - 0.5, df);
}

/** P(0 < T ≤ t) for t² = square. */
function centralHalf(square: number, df: number): number {
  return 0.5 * betaCdf(square / (df + square), 0.5, df / 2, df / (df + square));
}

/** The t > 0 whose tail is `tail` and whose central part P(0 < T ≤ t) is `central` = ½ − tail. */
function upperQuantile(tail: number, central: number, df: number): number {
  const isCentral = central < 0.25;
  const logTail = Math.log(tail);
  let low = 0;
  let high = Infinity;
  let t = normalQuantile(0.5 + central);
  if (!(t > 0 && Number.isFinite(t))) t = 1;
  for (let i = 0; i < 400; i++) {
    const logDensity = studentTLogPdf(t, df);
    let step: number;
    let isBelow: boolean;
    if (isCentral) {
      const missing = central - centralHalf(t * t, df);
      step = missing / Math.exp(logDensity);
      isBelow = missing > 0;
    } else {
      const logHere = Math.log(studentTSf(t, df));
      // A power tail is straight in log–log: the step is taken on log t.
      step = t * Math.expm1((logHere - logTail) * Math.exp(logHere - logDensity - Math.log(t)));
      isBelow = logHere > logTail;
    }
    if (isBelow) low = t;
    else high = t;
    let next = t + step;
    if (!(next > low && next < high))
      next = high === Infinity ? t * 4 : low === 0 ? high / 4 : Math.sqrt(low) * Math.sqrt(high);
    if (Math.abs(next - t) <= 2 ** -52 * t) return next;
    t = next;
  }
  return t;
}
