/**
 * Gamma function and regularized incomplete gamma functions.
 *
 * log Γ(x), x > 0: Lanczos' approximation (g = 607/128, 15 terms; Godfrey 2001), relative error about 1e-15.
 * δ(x) = log Γ(x + 1) − (x + ½) log x + x − ½ log 2π: Stirling's error (Loader 2000, "Fast and accurate computation of
 * binomial probabilities"), which keeps ratios of large gamma functions exact.
 * P(a, x), Q(a, x) = 1 − P: series below the mean, continued fraction (modified Lentz) above.
 */
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
const LANCZOS_G = 607 / 128;
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  0.00003399464998481189, 0.00004652362892704858, -0.00009837447530487956, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 0.00008441822398385275,
  -0.000026190838401581408, 0.0000036899182659531625,
];
const EPSILON = 2 ** -53;
const TINY = 1e-300;

/** log Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  if (x === 1 || x === 2) return 0;
  if (x >= 16) return HALF_LOG_2PI + (x - 0.5) * Math.log(x) - x + stirlingSeries(x);
  let sum = LANCZOS[0] as number;
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i);
  const base = x + LANCZOS_G - 0.5;
  return HALF_LOG_2PI + Math.log(sum) + (x - 0.5) * Math.log(base) - base;
}

/** 1/(12x) − 1/(360x³) + …: the divergent series, exact to double precision for x ≥ 16. */
function stirlingSeries(x: number): number {
  const s = 1 / (x * x);
  const inner = 1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360 - s / 156)));
  return (1 / 12 - s * (1 / 360 - s * inner)) / x;
}

/** δ(x), Stirling's error. */
export function stirlingError(x: number): number {
  if (x >= 16) return stirlingSeries(x);
  if (x === 0) return Infinity;
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI;
}

/** x log(x/m) + m − x without cancellation where x ≈ m (Loader's bd0); a caller that knows x − m better gives it. */
export function devianceTerm(x: number, m: number, difference = x - m): number {
  if (Math.abs(difference) < 0.1 * (x + m)) {
    const v = difference / (x + m);
    let sum = difference * v;
    let power = 2 * x * v;
    for (let j = 1; j < 1000; j++) {
      power *= v * v;
      const next = sum + power / (2 * j + 1);
      if (next === sum) return sum;
      sum = next;
    }
  }
  return x * Math.log(x / m) - difference;
}

/** x^a e^(−x) / Γ(a + 1). */
function poissonTerm(a: number, x: number): number {
  if (a === 0) return Math.exp(-x);
  return Math.exp(-stirlingError(a) - devianceTerm(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** P(a, x) = γ(a, x) / Γ(a). */
export function gammaP(a: number, x: number): number {
  return incompleteGamma(a, x).lower;
}

/** Q(a, x) = Γ(a, x) / Γ(a). */
export function gammaQ(a: number, x: number): number {
  return incompleteGamma(a, x).upper;
}

function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0) || !(x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const front = poissonTerm(a, x);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > sum * EPSILON; n++) sum += term *= x / (a + n);
    return { lower: front * sum, upper: 1 - front * sum };
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 2 * EPSILON) break;
  }
  return { lower: 1 - front * a * fraction, upper: front * a * fraction };
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
