/**
 * Gaussian process regression: y = μ + f(x) + ε, f ~ GP(0, s·M(r)), r² = Σ_j w_j·δ_j², M(r) = (1 + √5 r + 5/3 r²) e^(−√5 r)
 * (Matérn 5/2, one inverse squared length w_j per dimension), ε_i ~ N(0, σ²/m_i). Rasmussen & Williams 2006, 2.2.
 *
 * X: inputs in [0, 1]^d, row-major [n × d]; δ_j = difference (of inputs bent by their shape, `input-warp.ts`), or 0/1
 * (Hamming) where j is categorical; y: [n], standardized by the caller; m: how many runs a value is the mean of [n].
 */
import { cholesky, choleskySolve, inner } from '../../math/cholesky.ts';
import { type Matrix, zeros } from '../../math/matrix.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { steepness, warp } from './input-warp.ts';

export interface Rows {
  readonly d: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly m: Float64Array;
  readonly isCategorical: readonly boolean[];
  /** The inputs whose shape is fitted as well. */
  readonly warped: readonly number[];
}

export interface Posterior {
  readonly mean: number;
  /** Of f, without the noise. */
  readonly variance: number;
}

/** And how both change along each input: [d]. */
export interface Slopes {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface Regression {
  readonly rows: Rows;
  readonly hyperparameters: Hyperparameters;
  at(x: Float64Array): Posterior;
  /** The posterior at x and, written to `slopes`, its derivatives; 0 along categories. */
  slopesAt(x: Float64Array, slopes: Slopes): Posterior;
  /** The posterior at x, and the mean where its last coordinate, a number, is `step` larger. */
  along(x: Float64Array, step: number): Posterior & { readonly meanThere: number };
  /** Of f at two points, before any rows. */
  correlation(a: Float64Array, b: Float64Array): number;
}

const ROOT5 = Math.sqrt(5);

export function regress(rows: Rows, hyperparameters: Hyperparameters): Regression {
  const { d, x, y, m, isCategorical } = rows;
  const n = y.length;
  const { weights, scale, noise, shape } = hyperparameters;
  const roots = weights.map(Math.sqrt);
  const numbers = isCategorical.flatMap((is, k) => (is ? [] : [k]));
  const choices = isCategorical.flatMap((is, k) => (is ? [k] : []));
  // Numbers divided by their length scale: squared distances are plain sums.
  const scaled = new Float64Array(n * d);
  const scaleInto = (from: Float64Array, at: number, target: Float64Array, to: number): void => {
    for (const k of numbers) {
      const value = from[at + k] as number;
      const bent = shape ? warp(value, shape.a[k] as number, shape.b[k] as number) : value;
      target[to + k] = bent * (roots[k] as number);
    }
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
  const decays = new Float64Array(n);
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
    slopesAt(point, slopes) {
      scaleInto(point, 0, here, 0);
      slopes.mean.fill(0);
      slopes.variance.fill(0);
      for (let i = 0; i < n; i++) {
        const square = squareBetween(here, 0, scaled, i * d);
        const r5 = ROOT5 * Math.sqrt(square);
        const decay = scale * Math.exp(-r5);
        toRows[i] = decay * (1 + r5 + (5 / 3) * square);
        decays[i] = (-5 / 3) * decay * (1 + r5);
      }
      const result = posterior();
      // β = K⁻¹ k = L⁻ᵀ v, in place.
      for (let i = n - 1; i >= 0; i--) {
        const beta = (toRows[i] as number) / (l[i * n + i] as number);
        toRows[i] = beta;
        for (let j = 0; j < i; j++) toRows[j]! -= (l[i * n + j] as number) * beta;
      }
      for (let i = 0; i < n; i++) {
        const alongMean = (decays[i] as number) * (alpha[i] as number);
        const alongVariance = -2 * (decays[i] as number) * (toRows[i] as number);
        for (let k = 0; k < d; k++) {
          const difference = (here[k] as number) - (scaled[i * d + k] as number);
          slopes.mean[k]! += alongMean * difference;
          slopes.variance[k]! += alongVariance * difference;
        }
      }
      for (const k of numbers) {
        const root = (roots[k] as number) * steepness(point[k] as number, shape?.a[k] ?? 1, shape?.b[k] ?? 1);
        slopes.mean[k]! *= root;
        slopes.variance[k]! *= root;
      }
      for (const k of choices) {
        slopes.mean[k] = 0;
        slopes.variance[k] = 0;
      }
      return result;
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
