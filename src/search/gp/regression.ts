/**
 * Gaussian process regression: y = μ + f(x) + ε, f ~ GP(0, s·M(r)), r² = Σ_j w_j·δ_j², M(r) = (1 + √5 r + 5/3 r²) e^(−√5 r)
 * (Matérn 5/2, one inverse squared length w_j per dimension), ε_i ~ N(0, σ²/m_i).
 *
 * X: inputs in [0, 1]^d, row-major [n × d]; δ_j = difference, or 0/1 (Hamming) where j is categorical;
 * y: [n], standardized by the caller; m: how many runs a value is the mean of [n];
 * hyperparameters on the log scale: θ = (log w_1 … log w_d, log s, log (σ² − minimum)).
 * θ maximizes the marginal likelihood times weak priors, those of Optuna's `_gp` (prior.py):
 * w: e^(−0.1/w − 0.1 w), s ~ Gamma(2, 1), σ² ~ Gamma(1.1, 30). Rasmussen & Williams 2006, 2.2 and 5.4.1.
 */
import { cholesky, choleskyInverse, choleskySolve, inner } from '../../math/cholesky.ts';
import { type Matrix, zeros } from '../../math/matrix.ts';
import { minimize } from './minimize.ts';

export interface Rows {
  readonly d: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly m: Float64Array;
  readonly isCategorical: readonly boolean[];
}

export interface Hyperparameters {
  readonly weights: Float64Array;
  readonly scale: number;
  readonly noise: number;
}

export interface Posterior {
  readonly mean: number;
  /** Of f, without the noise. */
  readonly variance: number;
}

export interface Regression {
  readonly rows: Rows;
  readonly hyperparameters: Hyperparameters;
  at(x: Float64Array): Posterior;
  /** The posterior at x, and the mean where its last coordinate, a number, is `step` larger. */
  along(x: Float64Array, step: number): Posterior & { readonly meanThere: number };
  /** Of f at two points, before any rows. */
  correlation(a: Float64Array, b: Float64Array): number;
}

const MINIMUM_NOISE = 1e-6;
const ROOT5 = Math.sqrt(5);
const BOX = { low: -12, high: 8 };

export function defaultHyperparameters(d: number): Hyperparameters {
  return { weights: new Float64Array(d).fill(1), scale: 1, noise: 0.01 };
}

/** The hyperparameters that explain the rows best, from a fixed start: the same rows give the same answer. */
export function fitHyperparameters(rows: Rows, iterations = 40): Hyperparameters {
  const { d } = rows;
  const differences = squaredDifferences(rows);
  const start = new Float64Array(d + 2);
  start[d + 1] = Math.log(0.01);
  const { x } = minimize(
    (theta, gradient) => negativeLogPosterior(rows, differences, theta, gradient),
    start,
    BOX,
    { iterations, gradient: 1e-2 },
  );
  return fromLog(x, d);
}

function fromLog(theta: Float64Array, d: number): Hyperparameters {
  return {
    weights: theta.subarray(0, d).map(Math.exp),
    scale: Math.exp(theta[d] as number),
    noise: Math.exp(theta[d + 1] as number) + MINIMUM_NOISE,
  };
}

/** δ² of every pair i > j: [pair × d]. */
function squaredDifferences({ d, x, isCategorical }: Rows): Float64Array {
  const n = x.length / d;
  const result = new Float64Array(((n * (n - 1)) / 2) * d);
  let at = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      for (let k = 0; k < d; k++) {
        const difference = (x[i * d + k] as number) - (x[j * d + k] as number);
        result[at++] = isCategorical[k] ? (difference === 0 ? 0 : 1) : difference * difference;
      }
    }
  }
  return result;
}

function negativeLogPosterior(
  rows: Rows,
  differences: Float64Array,
  theta: Float64Array,
  gradient: Float64Array,
): number {
  const { d, y, m } = rows;
  const n = y.length;
  const { weights, scale, noise } = fromLog(theta, d);
  const covariance = zeros(n, n);
  const slopes = new Float64Array((n * (n - 1)) / 2);
  const c = covariance.data;
  let pair = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++, pair++) {
      let square = 0;
      const at = pair * d;
      for (let k = 0; k < d; k++) square += (weights[k] as number) * (differences[at + k] as number);
      const r5 = ROOT5 * Math.sqrt(square);
      const decay = scale * Math.exp(-r5);
      c[i * n + j] = decay * (1 + r5 + (5 / 3) * square);
      // ∂k/∂r², times 2 for the pair (j, i).
      slopes[pair] = (-5 / 3) * decay * (1 + r5);
    }
    c[i * n + i] = scale + noise / (m[i] as number);
  }
  const factor = cholesky(covariance);
  if (!factor) return Infinity;
  const alpha = choleskySolve(factor, y);
  const inverse = choleskyInverse(factor).data;
  let fitTerm = 0;
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    fitTerm += (y[i] as number) * (alpha[i] as number);
    logDeterminant += Math.log(factor.data[i * n + i] as number);
  }
  // ∂(−log p)/∂K = ½ (K⁻¹ − α αᵀ) =: ½ G.
  gradient.fill(0);
  let alongScale = 0;
  let alongNoise = 0;
  pair = 0;
  for (let i = 0; i < n; i++) {
    const alphaI = alpha[i] as number;
    for (let j = 0; j < i; j++, pair++) {
      const g = (inverse[i * n + j] as number) - alphaI * (alpha[j] as number);
      alongScale += 2 * g * (c[i * n + j] as number);
      const slope = g * (slopes[pair] as number);
      const at = pair * d;
      for (let k = 0; k < d; k++) gradient[k]! += slope * (differences[at + k] as number);
    }
    const g = (inverse[i * n + i] as number) - alphaI * alphaI;
    alongScale += g * scale;
    alongNoise += g / (m[i] as number);
  }
  let value = 0.5 * fitTerm + logDeterminant;
  for (let k = 0; k < d; k++) {
    const w = weights[k] as number;
    value += 0.1 / w + 0.1 * w;
    gradient[k] = 0.5 * (gradient[k] as number) * w - 0.1 / w + 0.1 * w;
  }
  value += -Math.log(scale) + scale - 0.1 * Math.log(noise) + 30 * noise;
  gradient[d] = 0.5 * alongScale - 1 + scale;
  gradient[d + 1] = (0.5 * alongNoise - 0.1 / noise + 30) * (noise - MINIMUM_NOISE);
  return value;
}

export function regress(rows: Rows, hyperparameters: Hyperparameters): Regression {
  const { d, x, y, m, isCategorical } = rows;
  const n = y.length;
  const { weights, scale, noise } = hyperparameters;
  const roots = weights.map(Math.sqrt);
  const numbers = isCategorical.flatMap((is, k) => (is ? [] : [k]));
  const choices = isCategorical.flatMap((is, k) => (is ? [k] : []));
  // Numbers divided by their length scale: squared distances are plain sums.
  const scaled = new Float64Array(n * d);
  const scaleInto = (from: Float64Array, at: number, target: Float64Array, to: number): void => {
    for (const k of numbers) target[to + k] = (from[at + k] as number) * (roots[k] as number);
    for (const k of choices) target[to + k] = from[at + k] as number;
  };
  for (let i = 0; i < n; i++) scaleInto(x, i * d, scaled, i * d);
  const squareBetween = (a: Float64Array, from: number, b: Float64Array, at: number): number => {
    let square = 0;
    if (choices.length === 0) {
      for (let k = 0; k < d; k++) {
        const difference = (a[from + k] as number) - (b[at + k] as number);
        square += difference * difference;
      }
      return square;
    }
    for (const k of numbers) {
      const difference = (a[from + k] as number) - (b[at + k] as number);
      square += difference * difference;
    }
    for (const k of choices) if (a[from + k] !== b[at + k]) square += weights[k] as number;
    return square;
  };
  const covarianceTo = (point: Float64Array, from: number, target: Float64Array, count: number): void => {
    for (let i = 0; i < count; i++) target[i] = scale * matern(squareBetween(point, from, scaled, i * d));
  };
  const factor = factorize(n, (row, i) => covarianceTo(scaled, i * d, row, i), scale, noise, m);
  const alpha = choleskySolve(factor, y);
  const l = factor.data;
  const toRows = new Float64Array(n);
  const here = new Float64Array(d);
  const there = new Float64Array(d);
  /** From the covariances in `toRows`, which it consumes. */
  const posterior = (): Posterior => {
    const mean = inner(toRows, 0, alpha, 0, n);
    // L v = k, in place.
    let explained = 0;
    for (let i = 0; i < n; i++) {
      const v = ((toRows[i] as number) - inner(l, i * n, toRows, 0, i)) / (l[i * n + i] as number);
      toRows[i] = v;
      explained += v * v;
    }
    return { mean, variance: Math.max(0, scale - explained) };
  };
  return {
    rows,
    hyperparameters,
    correlation(a, b) {
      scaleInto(a, 0, here, 0);
      scaleInto(b, 0, there, 0);
      return matern(squareBetween(here, 0, there, 0));
    },
    at(point) {
      scaleInto(point, 0, here, 0);
      covarianceTo(here, 0, toRows, n);
      return posterior();
    },
    along(point, step) {
      scaleInto(point, 0, here, 0);
      const last = d - 1;
      const from = here[last] as number;
      const to = from + step * (roots[last] as number);
      let meanThere = 0;
      for (let i = 0; i < n; i++) {
        const square = squareBetween(here, 0, scaled, i * d);
        toRows[i] = scale * matern(square);
        const row = scaled[i * d + last] as number;
        const moved = square + (to - row) ** 2 - (from - row) ** 2;
        meanThere += (alpha[i] as number) * scale * matern(Math.max(0, moved));
      }
      return { ...posterior(), meanThere };
    },
  };
}

/** M(r), given r². */
function matern(square: number): number {
  const r5 = ROOT5 * Math.sqrt(square);
  return Math.exp(-r5) * (1 + r5 + (5 / 3) * square);
}

/** The factor of the rows' covariance; noise is added until it exists. */
function factorize(
  n: number,
  fill: (row: Float64Array, i: number) => void,
  scale: number,
  noise: number,
  m: Float64Array,
): Matrix {
  const row = new Float64Array(n);
  for (let jitter = 0; ; jitter = jitter === 0 ? 1e-8 * scale : jitter * 10) {
    const covariance = zeros(n, n);
    for (let i = 0; i < n; i++) {
      fill(row, i);
      covariance.data.set(row.subarray(0, i), i * n);
      covariance.data[i * n + i] = scale + noise / (m[i] as number) + jitter;
    }
    const factor = cholesky(covariance);
    if (factor) return factor;
  }
}
