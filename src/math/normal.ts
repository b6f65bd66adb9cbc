/**
 * Standard normal distribution.
 *
 * φ: density; Φ: distribution function; Q = 1 − Φ: upper tail, without cancellation; Φ⁻¹: quantile.
 * Φ and Q: rational Chebyshev approximations of Cody 1969 ("Rational Chebyshev approximation for the error function",
 * as in ANORM of SPECFUN), relative error about 1e-15 in both tails. Φ⁻¹: Wichura 1988, AS 241 (PPND16), one Newton step.
 */
import { polynomial } from './polynomial.ts';

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);
const INVERSE_SQRT_2PI = 0.3989422804014327;

const CENTER_TOP = [
  0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356,
];
const CENTER_BOTTOM = [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673];
const MIDDLE_TOP = [
  1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
  2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
];
const MIDDLE_BOTTOM = [
  1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
  34900.95272114598, 38912.00328609327, 19685.429676859992,
];
const FAR_TOP = [
  0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
  0.000029112874951168793,
];
const FAR_BOTTOM = [
  1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
  0.00007297515550839662,
];

/** Q(x)·e^(x²/2) for x ≥ 0.67448975. */
function scaledTail(x: number): number {
  if (x <= Math.sqrt(32)) return polynomial(MIDDLE_TOP, x) / polynomial(MIDDLE_BOTTOM, x);
  const square = 1 / (x * x);
  const correction = (square * polynomial(FAR_TOP, square)) / polynomial(FAR_BOTTOM, square);
  return (INVERSE_SQRT_2PI - correction) / x;
}

/** e^(−x²/2) with the rounding error of x² put back. */
function gaussian(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** Φ(x) − ½ for |x| ≤ 0.67448975. */
function center(x: number): number {
  const square = x * x;
  return (x * polynomial(CENTER_TOP, square)) / polynomial(CENTER_BOTTOM, square);
}

/** Q(x) = P(Z > x). */
export function normalSf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x === Infinity) return 0;
  if (x === -Infinity) return 1;
  if (Math.abs(x) <= 0.67448975) return 0.5 - center(x);
  return x > 0 ? scaledTail(x) * gaussian(x) : 1 - scaledTail(-x) * gaussian(x);
}

/** Φ(x) = P(Z ≤ x). */
export function normalCdf(x: number): number {
  return normalSf(-x);
}

/** log Φ(x), finite far below the point where Φ underflows. */
export function normalLogCdf(x: number): number {
  if (x === -Infinity) return -Infinity;
  if (x < -0.67448975) return Math.log(scaledTail(-x)) - 0.5 * x * x;
  return Math.log1p(-normalSf(x));
}

export function normalPdf(x: number): number {
  return gaussian(x) / SQRT_2PI;
}

/** log φ((x − mean) / sd) − log sd. */
export function normalLogPdf(x: number, mean = 0, sd = 1): number {
  const z = (x - mean) / sd;
  return -0.5 * z * z - LOG_SQRT_2PI - Math.log(sd);
}

const NEAR_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const NEAR_BOTTOM = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const TAIL_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const TAIL_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const DEEP_TOP = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const DEEP_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

/** Φ⁻¹(p); −∞ at 0, ∞ at 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(NEAR_TOP, r)) / polynomial(NEAR_BOTTOM, r);
  }
  const tail = q < 0 ? p : 1 - p;
  const r = Math.sqrt(-Math.log(tail));
  const size =
    r <= 5
      ? polynomial(TAIL_TOP, r - 1.6) / polynomial(TAIL_BOTTOM, r - 1.6)
      : polynomial(DEEP_TOP, r - 5) / polynomial(DEEP_BOTTOM, r - 5);
  // One Newton step on log Q, whose slope is −φ/Q: it removes the rounding of the sqrt–log detour.
  const logTail = normalLogCdf(-size);
  const slope = Math.exp(normalLogPdf(size) - logTail);
  const refined = slope > 0 ? size + (logTail - Math.log(tail)) / slope : size;
  return q < 0 ? -refined : refined;
}
