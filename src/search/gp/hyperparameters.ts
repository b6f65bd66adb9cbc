/**
 * The hyperparameters of a Gaussian process (`regression.ts`): those that maximize the marginal likelihood times weak priors,
 * Optuna's of `_gp/prior.py`: w: e^(−0.1/w − 0.1 w), s ~ Gamma(2, 1), σ² ~ Gamma(1.1, 30); and log a, log b ~ N(0, 0.5²) for
 * the shape of each input (`input-warp.ts`). Rasmussen & Williams 2006, 5.4.1.
 *
 * θ = (log w_1 … log w_d, log s, log (σ² − minimum), log a …, log b … of the inputs in `warped`).
 */
import { cholesky, choleskyInverse, choleskySolve } from '../../math/cholesky.ts';
import { zeros } from '../../math/matrix.ts';
import { partials, type Shape, warp } from './input-warp.ts';
import { type Curvature, minimize, type Minimum, type Objective } from './minimize.ts';
import type { Rows } from './regression.ts';

export interface Hyperparameters {
  readonly weights: Float64Array;
  readonly scale: number;
  readonly noise: number;
  /** Absent: inputs as they are. */
  readonly shape: Shape | undefined;
  /** Of the objective where the fit ended: a fit to some more rows goes on with it. */
  readonly curvature?: Curvature | undefined;
}

const MINIMUM_NOISE = 1e-6;
const ROOT5 = Math.sqrt(5);
const BOX = { low: -12, high: 8 };
const SHAPE_SD = 0.5;

export function defaultHyperparameters(d: number): Hyperparameters {
  return { weights: new Float64Array(d).fill(1), scale: 1, noise: 0.01, shape: undefined };
}

/**
 * The hyperparameters that explain the rows best, of those that each start leads to. There are poor local optima: what goes on from
 * an earlier fit alone may never leave one.
 */
export function fitHyperparameters(
  rows: Rows,
  iterations = 40,
  starts: readonly Hyperparameters[] = [defaultHyperparameters(rows.d)],
): Hyperparameters {
  const { d, warped } = rows;
  const objective = negativeLogPosterior(rows);
  let best: Minimum | undefined;
  for (const start of starts) {
    const isSameKind = (start.shape === undefined) === (warped.length === 0);
    const known = isSameKind ? start.curvature : undefined;
    const end = minimize(objective, toLog(start, warped), BOX, { iterations, gradient: 1e-2 }, known);
    if (!best || end.value < best.value) best = end;
  }
  const { x, curvature } = best as Minimum;
  return { ...fromLog(x, d, warped), curvature };
}

function toLog({ weights, scale, noise, shape }: Hyperparameters, warped: readonly number[]): number[] {
  const logOf = (values: Float64Array | undefined): number[] => warped.map((k) => Math.log(values?.[k] ?? 1));
  const aboveMinimum = Math.max(noise - MINIMUM_NOISE, 1e-9);
  return [...[...weights, scale, aboveMinimum].map(Math.log), ...logOf(shape?.a), ...logOf(shape?.b)];
}

function fromLog(theta: Float64Array, d: number, warped: readonly number[]): Hyperparameters {
  const shape = { a: new Float64Array(d).fill(1), b: new Float64Array(d).fill(1) };
  warped.forEach((k, i) => {
    shape.a[k] = Math.exp(theta[d + 2 + i] as number);
    shape.b[k] = Math.exp(theta[d + 2 + warped.length + i] as number);
  });
  return {
    weights: theta.subarray(0, d).map(Math.exp),
    scale: Math.exp(theta[d] as number),
    noise: Math.exp(theta[d + 1] as number) + MINIMUM_NOISE,
    shape: warped.length > 0 ? shape : undefined,
  };
}

/** −log of likelihood × priors, and its gradient. */
export function negativeLogPosterior(rows: Rows): Objective {
  const { d, x, y, m, isCategorical, warped } = rows;
  const n = y.length;
  const choices = isCategorical.flatMap((is, k) => (is ? [k] : []));
  const covariance = zeros(n, n);
  const c = covariance.data;
  const u = Float64Array.from(x);
  /** ∂k/∂r² of each pair, times 2 for the pair (j, i). */
  const slopes = new Float64Array((n * (n - 1)) / 2);
  /** Σ_j g_ij ∂k/∂r² δ_ij: [n × d]. */
  const pulls = new Float64Array(n * d);
  return (theta, gradient) => {
    const { weights, scale, noise, shape } = fromLog(theta, d, warped);
    if (shape) bend(rows, shape, u);
    let pair = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++, pair++) {
        let square = 0;
        for (let k = 0; k < d; k++) {
          const difference = (u[i * d + k] as number) - (u[j * d + k] as number);
          square += (weights[k] as number) * difference * difference;
        }
        for (const k of choices) {
          const difference = (u[i * d + k] as number) - (u[j * d + k] as number);
          square += (weights[k] as number) * ((difference === 0 ? 0 : 1) - difference * difference);
        }
        const r5 = ROOT5 * Math.sqrt(Math.max(0, square));
        const decay = scale * Math.exp(-r5);
        c[i * n + j] = decay * (1 + r5 + (r5 * r5) / 3);
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
    pulls.fill(0);
    let alongScale = 0;
    let alongNoise = 0;
    pair = 0;
    for (let i = 0; i < n; i++) {
      const alphaI = alpha[i] as number;
      for (let j = 0; j < i; j++, pair++) {
        const g = (inverse[i * n + j] as number) - alphaI * (alpha[j] as number);
        alongScale += 2 * g * (c[i * n + j] as number);
        const slope = g * (slopes[pair] as number);
        for (let k = 0; k < d; k++) {
          const pull = slope * ((u[i * d + k] as number) - (u[j * d + k] as number));
          pulls[i * d + k]! += pull;
          pulls[j * d + k]! -= pull;
        }
        for (const k of choices) if (u[i * d + k] !== u[j * d + k]) gradient[k]! += slope;
      }
      const g = (inverse[i * n + i] as number) - alphaI * alphaI;
      alongScale += g * scale;
      alongNoise += g / (m[i] as number);
    }
    let value = 0.5 * fitTerm + logDeterminant;
    for (let k = 0; k < d; k++) {
      // Σ over pairs of g ∂k/∂r² δ² = Σ_i u_i · pull_i.
      if (!isCategorical[k])
        for (let at = k; at < u.length; at += d) gradient[k]! += (u[at] as number) * (pulls[at] as number);
      const w = weights[k] as number;
      value += 0.1 / w + 0.1 * w;
      gradient[k] = 0.5 * (gradient[k] as number) * w - 0.1 / w + 0.1 * w;
    }
    value += -Math.log(scale) + scale - 0.1 * Math.log(noise) + 30 * noise;
    gradient[d] = 0.5 * alongScale - 1 + scale;
    gradient[d + 1] = (0.5 * alongNoise - 0.1 / noise + 30) * (noise - MINIMUM_NOISE);
    if (shape) value += addShape(rows, { weights, shape, pulls }, theta, gradient);
    return value;
  };
}

/** Writes the gradient along log a and log b; the value of their prior. */
function addShape(
  { d, x, warped }: Rows,
  { weights, shape, pulls }: { weights: Float64Array; shape: Shape; pulls: Float64Array },
  theta: Float64Array,
  gradient: Float64Array,
): number {
  let value = 0;
  warped.forEach((k, index) => {
    const [a, b] = [shape.a[k] as number, shape.b[k] as number];
    const [atA, atB] = [d + 2 + index, d + 2 + warped.length + index];
    let alongA = 0;
    let alongB = 0;
    for (let at = k; at < x.length; at += d) {
      const [ofA, ofB] = partials(x[at] as number, a, b);
      alongA += (pulls[at] as number) * ofA;
      alongB += (pulls[at] as number) * ofB;
    }
    // ½ G, and ∂r²/∂u = 2 w δ.
    const w = weights[k] as number;
    const [logA, logB] = [theta[atA] as number, theta[atB] as number];
    gradient[atA] = alongA * w * a + logA / SHAPE_SD ** 2;
    gradient[atB] = alongB * w * b + logB / SHAPE_SD ** 2;
    value += (logA ** 2 + logB ** 2) / (2 * SHAPE_SD ** 2);
  });
  return value;
}

/** Writes the inputs in their shape: [n × d]. */
function bend({ d, x, warped }: Rows, { a, b }: Shape, u: Float64Array): void {
  for (const k of warped) {
    for (let at = k; at < u.length; at += d) u[at] = warp(x[at] as number, a[k] as number, b[k] as number);
  }
}
