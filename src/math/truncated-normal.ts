/**
 * The standard normal distribution cut to [a, b].
 *
 * log(Φ(b) − Φ(a)) is computed in the tail where both ends are small, as SciPy's truncnorm does; no cancellation.
 */
import { normalCdf, normalLogCdf, normalQuantile, normalSf } from './normal.ts';

/** log(Φ(b) − Φ(a)) for a ≤ b. */
export function normalLogMass(a: number, b: number): number {
  // Beyond 8.3 a tail is less than half a rounding unit of 1.
  if (a < -8.3 && b > 8.3) return 0;
  if (a > 0) return leftLogMass(-b, -a);
  if (b <= 0) return leftLogMass(a, b);
  return Math.log1p(-normalCdf(a) - normalSf(b));
}

function leftLogMass(a: number, b: number): number {
  if (b > -30) {
    const mass = normalCdf(b) - normalCdf(a);
    if (mass > 1e-3 * normalCdf(b)) return Math.log(mass);
  }
  const top = normalLogCdf(b);
  return top + Math.log1p(-Math.exp(normalLogCdf(a) - top));
}

/** The number below which a share q of the distribution cut to [a, b] lies. */
export function truncatedNormalQuantile(q: number, a: number, b: number): number {
  let x: number;
  if (a > 0) {
    const upper = normalSf(b);
    x = -normalQuantile(upper + (1 - q) * (normalSf(a) - upper));
  } else {
    const lower = normalCdf(a);
    const share = lower + q * (normalCdf(b) - lower);
    const upper = normalSf(b);
    x = share <= 0.5 ? normalQuantile(share) : -normalQuantile(upper + (1 - q) * (1 - lower - upper));
  }
  return Math.max(a, Math.min(b, x));
}
