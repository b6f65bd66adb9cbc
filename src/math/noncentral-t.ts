/**
 * Tail of the noncentral t distribution: the power of a t test.
 *
 * T = (Z + δ) / S, S² ~ χ²_ν/ν; P(T > t) = ∫ Q(t·s − δ) f_S(s) ds, by Simpson's rule over the range that holds all but
 * about 1e-14 of f_S; absolute error about 1e-11 for ν = 1, 2 and 1e-14 from there on.
 */
import { devianceTerm, stirlingError } from './gamma.ts';
import { normalSf } from './normal.ts';

const INTERVALS = 2000;

/** P(T > t), ν degrees of freedom, noncentrality δ. */
export function noncentralTSf(t: number, df: number, noncentrality: number): number {
  if (Number.isNaN(t) || !(df > 0) || Number.isNaN(noncentrality)) return Number.NaN;
  if (df === Infinity) return normalSf(t - noncentrality);
  const spread = 1 / Math.sqrt(2 * df);
  const low = Math.max(0, 1 - 9 * spread);
  const high = 1 + 12 * spread;
  const width = (high - low) / INTERVALS;
  let sum = 0;
  for (let i = 0; i <= INTERVALS; i++) {
    const s = low + i * width;
    const weight = i === 0 || i === INTERVALS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * radialDensity(s, df) * normalSf(t * s - noncentrality);
  }
  return Math.min(1, (sum * width) / 3);
}

/** f_S(s), by Stirling's error and the deviance of s² from 1, so that it stays exact for large ν. */
function radialDensity(s: number, df: number): number {
  if (s === 0) return df === 1 ? Math.sqrt(2 / Math.PI) : 0;
  const half = df / 2;
  const exponent = -stirlingError(half) - half * devianceTerm(1, s * s, (1 - s) * (1 + s));
  return (Math.exp(exponent) * Math.sqrt((2 * half) / Math.PI)) / s;
}
