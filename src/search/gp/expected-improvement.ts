/**
 * log E[max(0, f − best)] for f ~ N(mean, variance): finite and sloped however far the mean lies below the best, so that
 * a search for its maximum never starts on a plateau. Ament et al. 2023, "Unexpected improvements" (arXiv 2310.20708).
 *
 * z = (mean − best) / sd; h(z) = φ(z) + z Φ(z); log EI = log h(z) + log sd.
 */
import { normalCdf, normalLogCdf, normalLogPdf, normalPdf } from '../../math/normal.ts';

/** Below it 1 + z Φ(z)/φ(z) has lost too many digits, and its series has enough. */
const FAR = -50;

export function logH(z: number): number {
  if (z > -1) return Math.log(normalPdf(z) + z * normalCdf(z));
  const logPdf = normalLogPdf(z);
  if (z < FAR) return logPdf - 2 * Math.log(-z) + Math.log1p(-3 / (z * z));
  return logPdf + Math.log1p(z * Math.exp(normalLogCdf(z) - logPdf));
}

export function logExpectedImprovement(mean: number, variance: number, best: number): number {
  const sd = Math.sqrt(Math.max(variance, 1e-18));
  return logH((mean - best) / sd) + Math.log(sd);
}

/** ∂ log EI along the mean and along the variance. */
export function slopesOfLogExpectedImprovement(
  mean: number,
  variance: number,
  best: number,
): readonly [number, number] {
  const sd = Math.sqrt(Math.max(variance, 1e-18));
  const z = (mean - best) / sd;
  const scaled = logH(z);
  const alongMean = Math.exp(normalLogCdf(z) - scaled) / sd;
  const alongSd = Math.exp(normalLogPdf(z) - scaled) / sd;
  return [alongMean, alongSd / (2 * sd)];
}
