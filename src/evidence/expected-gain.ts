/**
 * What one more iteration can be expected to gain: EI = Σ w(g)·g·P_accept(g / s_D).
 *
 * g ~ N(m, τ²): gain of the next change; m = ½ · last shrunken gain, τ = max(m/2, σ/2); σ: seed standard deviation of
 * one run; s_D: standard deviation of the paired differences. P_accept: power of the sequential design. Information for
 * the reader; no decision rests on it.
 */
import { normalPdf } from '../math/normal.ts';
import { acceptProbability } from './power.ts';

export interface ExpectedGain {
  /** Expected gain in units of the metric, counting a rejected change as 0. */
  gain: number;
  /** Probability that the next change is accepted. */
  pAccept: number;
  /** The guess it rests on. */
  prior: { mean: number; sd: number };
}

const STEPS = 200;
const REACH = 6;

export function expectedGain(of: {
  lastShrunkenGain: number;
  sigma: number;
  sdDifference: number;
  plannedPairs: number;
  alpha: number;
}): ExpectedGain {
  const { lastShrunkenGain, sigma, sdDifference, plannedPairs, alpha } = of;
  const mean = Math.max(0, lastShrunkenGain) / 2;
  const sd = Math.max(mean / 2, sigma / 2);
  let gain = 0;
  let pAccept = 0;
  let total = 0;
  for (let step = 0; step <= STEPS; step++) {
    const z = -REACH + (2 * REACH * step) / STEPS;
    const weight = normalPdf(z);
    const g = mean + z * sd;
    const accepted = acceptProbability(plannedPairs, alpha, g / sdDifference);
    gain += weight * g * accepted;
    pAccept += weight * accepted;
    total += weight;
  }
  return { gain: gain / total, pAccept: pAccept / total, prior: { mean, sd } };
}
