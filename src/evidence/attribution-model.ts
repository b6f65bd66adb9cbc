/**
 * Bayesian main + two-way model of the effects of k changes.
 *
 * s ∈ {0, 1}^k: which changes an arm has; x(s) = [1, s_i, s_i s_j], p = 1 + k + k(k−1)/2; y: oriented values, less the
 * baseline's mean; σ: seed sd of one run within an arm, seed effect removed.
 * Prior: θ ~ N(0, V), V = diag(25, κ², 0.16 κ²)·σ² (intercept, main, interaction); seed effects ~ N(0, τ²).
 * Posterior: P = (XᵀX/σ² + V⁻¹)⁻¹, m = P Xᵀy/σ². κ = 1 unless the data are far likelier under a wider prior: then the
 * likeliest of 2, 4, 8, … (type-II maximum likelihood), so that one effect of 20 σ does not leak into its neighbours.
 */
import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from '../math/cholesky.ts';
import { dot, fromRows, gram, type Matrix, multiplyVector, transpose, zeros } from '../math/matrix.ts';

const INTERCEPT_VARIANCE = 25;
const MAIN_VARIANCE = 1;
const INTERACTION_VARIANCE = 0.16;
const NARROWEST = Number(process.env['NARROW'] ?? 1);
const WIDEST = 1024;

/** One run of an arm, in the terms of the model. */
export interface ModelRun {
  /** Which changes are on [k]. */
  on: readonly boolean[];
  seed: number;
}

export interface Posterior {
  /** m [p]: mean of [intercept, mains, interactions]. */
  mean: Float64Array;
  /** P [p × p]. */
  covariance: Matrix;
  /** κ. */
  priorScale: number;
}

export function countTerms(changes: number): number {
  return 1 + changes + (changes * (changes - 1)) / 2;
}

/** x(s) = [1, s_1 … s_k, s_1 s_2, s_1 s_3, …, s_{k−1} s_k]. */
export function termsOf(on: readonly boolean[]): Float64Array {
  const k = on.length;
  const x = new Float64Array(countTerms(k));
  x[0] = 1;
  let next = 1 + k;
  for (let i = 0; i < k; i++) {
    if (on[i]) x[1 + i] = 1;
    for (let j = i + 1; j < k; j++) x[next++] = on[i] && on[j] ? 1 : 0;
  }
  return x;
}

/** c = x(a) − x(b). */
export function contrast(a: readonly boolean[], b: readonly boolean[]): Float64Array {
  const x = termsOf(a);
  for (const [i, value] of termsOf(b).entries()) x[i]! -= value;
  return x;
}

/** Mean and standard deviation of cᵀθ. */
export function contrastOf(posterior: Posterior, c: Float64Array): { mean: number; sd: number } {
  return {
    mean: dot(c, posterior.mean),
    sd: Math.sqrt(Math.max(0, dot(c, multiplyVector(posterior.covariance, c)))),
  };
}

/** The posterior after `runs` with values `y`; sigma, tau in the metric's units. */
export function fitPosterior(
  runs: readonly ModelRun[],
  y: readonly number[],
  sigma: number,
  tau: number,
): Posterior {
  const seeds = tau > 0 ? [...new Set(runs.map(({ seed }) => seed))] : [];
  const x = fromRows(runs.map((run) => modelRow(run, seeds)));
  const changes = runs[0]?.on.length ?? 0;
  const weighted = multiplyVector(transpose(x), y).map((value) => value / (sigma * sigma));
  const information = gram(x);
  const at = (scale: number) => {
    const variances = priorVariances(changes, seeds.length, sigma * scale, tau);
    const factor = precisionFactor(information, variances, sigma);
    const mean = choleskySolve(factor, weighted);
    // log N(y; 0, σ²I + X V Xᵀ) by the determinant lemma, up to terms without κ.
    const logVariances = variances.reduce((sum, variance) => sum + Math.log(variance), 0);
    const logEvidence = 0.5 * (dot(weighted, mean) - choleskyLogDeterminant(factor) - logVariances);
    return { scale, factor, mean, logEvidence };
  };
  let best = at(NARROWEST);
  for (let scale = 2 * NARROWEST; scale <= WIDEST; scale *= 2) {
    const wider = at(scale);
    if (wider.logEvidence > best.logEvidence) best = wider;
  }
  const terms = countTerms(changes);
  const full = choleskyInverse(best.factor);
  const covariance = zeros(terms, terms);
  for (let i = 0; i < terms; i++) {
    covariance.data.set(full.data.subarray(i * x.cols, i * x.cols + terms), i * terms);
  }
  return { mean: best.mean.slice(0, terms), covariance, priorScale: best.scale };
}

/** P in units of σ², seed effects included: what `runs` teach, whatever values they give. */
export function designCovariance(
  changes: number,
  runs: readonly ModelRun[],
  seeds: readonly number[],
  tauOverSigma: number,
  priorScale: number,
): Matrix {
  const x = fromRows(runs.map((run) => modelRow(run, seeds)));
  const variances = priorVariances(changes, seeds.length, priorScale, tauOverSigma);
  return choleskyInverse(precisionFactor(gram(x), variances, 1));
}

/** [x(s), one column per seed]. */
export function modelRow({ on, seed }: ModelRun, seeds: readonly number[]): Float64Array {
  const x = termsOf(on);
  const row = new Float64Array(x.length + seeds.length);
  row.set(x);
  const column = seeds.indexOf(seed);
  if (column >= 0) row[x.length + column] = 1;
  return row;
}

function priorVariances(changes: number, seeds: number, scale: number, tau: number): Float64Array {
  const square = scale * scale;
  const terms = countTerms(changes);
  return Float64Array.from({ length: terms + seeds }, (_, i) => {
    if (i === 0) return INTERCEPT_VARIANCE * square;
    if (i <= changes) return MAIN_VARIANCE * square;
    return i < terms ? INTERACTION_VARIANCE * square : tau * tau;
  });
}

/** Cholesky factor of XᵀX/σ² + V⁻¹. */
function precisionFactor(information: Matrix, variances: Float64Array, sigma: number): Matrix {
  const { rows, cols } = information;
  const data = information.data.map((value) => value / (sigma * sigma));
  for (const [i, variance] of variances.entries()) data[i * cols + i]! += 1 / variance;
  const factor = cholesky({ rows, cols, data });
  if (!factor) throw new RangeError('The posterior precision is not positive definite.');
  return factor;
}
