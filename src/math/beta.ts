/**
 * Beta distribution.
 *
 * I_x(a, b): regularized incomplete beta function, by its continued fraction (modified Lentz; Press et al., "Numerical
 * recipes", 6.4) with Loader's saddle-point prefactor instead of differences of log-gammas. y = 1 − x may be given, so
 * that an x close to 1 loses nothing.
 */
import { devianceTerm, stirlingError } from './gamma.ts';

const EPSILON = 2 ** -52;
const TINY = 1e-300;

/** I_x(a, b) = P(Beta(a, b) ≤ x). */
export function betaCdf(x: number, a: number, b: number, y = 1 - x): number {
  if (Number.isNaN(x) || !(a > 0) || !(b > 0)) return Number.NaN;
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x <= (a + 1) / (a + b + 2)) return (kernel(x, y, a, b) * fraction(x, a, b)) / a;
  return 1 - (kernel(y, x, b, a) * fraction(y, b, a)) / b;
}

/** 1 − I_x(a, b), without cancellation. */
export function betaSf(x: number, a: number, b: number, y = 1 - x): number {
  return betaCdf(y, b, a, x);
}

/** Density of Beta(a, b). */
export function betaPdf(x: number, a: number, b: number, y = 1 - x): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x < 0 || y < 0) return 0;
  return kernel(x, y, a, b) / (x * y);
}

/** The x with I_x(a, b) = p: bisection on a bracket, sped up by Newton steps. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0)) return Number.NaN;
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let i = 0; i < 200; i++) {
    const excess = betaCdf(x, a, b) - p;
    if (excess === 0) return x;
    if (excess > 0) high = x;
    else low = x;
    const step = x - excess / betaPdf(x, a, b);
    // A bracket near 0 is halved in its logarithm: the root may lie many powers of ten below.
    const middle = low > 0 && high > 4 * low ? Math.sqrt(low * high) : (low + high) / 2;
    const next = step > low && step < high ? step : low === 0 ? high / 16 : middle;
    if (Math.abs(next - x) <= EPSILON * x || next === 0) return next;
    x = next;
  }
  return x;
}

/** x^a y^b / B(a, b). */
function kernel(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const excess = a * y - b * x;
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    devianceTerm(a, n * x, excess) -
    devianceTerm(b, n * y, -excess);
  return Math.exp(exponent) * Math.sqrt((a * b) / (2 * Math.PI * n));
}

/** The continued fraction of I_x(a, b)·a / kernel, for x below the mean. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return h;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
