/**
 * Cholesky factorization A = L Lᵀ of a symmetric positive definite matrix, and what follows from it.
 * A, L: [n × n], only the lower triangle of A is read; b: [n]. Golub & Van Loan, "Matrix computations", 4.2.
 */
import { type Matrix, zeros } from './matrix.ts';

/** The lower factor L, or undefined where A is not positive definite to working precision. */
export function cholesky(a: Matrix): Matrix | undefined {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError(`Cholesky needs a square matrix, not ${n}×${a.cols}.`);
  const factor = zeros(n, n);
  const l = factor.data;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = (a.data[i * n + j] as number) - inner(l, i * n, l, j * n, j);
      if (i !== j) l[i * n + j] = sum / (l[j * n + j] as number);
      else if (sum > 0 && Number.isFinite(sum)) l[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

/** The x with L x = b. */
export function solveLower(l: Matrix, b: ArrayLike<number>): Float64Array {
  const n = l.rows;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    x[i] = ((x[i] as number) - inner(l.data, i * n, x, 0, i)) / (l.data[i * n + i] as number);
  }
  return x;
}

/** The x with Lᵀ x = b. */
export function solveLowerTransposed(l: Matrix, b: ArrayLike<number>): Float64Array {
  const n = l.rows;
  const x = Float64Array.from(b);
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (l.data[k * n + i] as number) * (x[k] as number);
    x[i] = sum / (l.data[i * n + i] as number);
  }
  return x;
}

/** The x with A x = b, given A's factor. */
export function choleskySolve(l: Matrix, b: ArrayLike<number>): Float64Array {
  return solveLowerTransposed(l, solveLower(l, b));
}

/** A⁻¹ = WᵀW with W = L⁻¹, given A's factor; exactly symmetric. */
export function choleskyInverse(l: Matrix): Matrix {
  const n = l.rows;
  // Row j holds column j of W, so that every sum runs along memory.
  const w = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    w[j * n + j] = 1 / (l.data[j * n + j] as number);
    for (let k = j + 1; k < n; k++) {
      w[j * n + k] = -inner(l.data, k * n + j, w, j * n + j, k - j) / (l.data[k * n + k] as number);
    }
  }
  const result = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = inner(w, i * n + i, w, j * n + i, n - i);
      result.data[i * n + j] = value;
      result.data[j * n + i] = value;
    }
  }
  return result;
}

/** Σ a[from + k]·b[at + k] over k < count. Four sums side by side do not wait for each other's additions. */
export function inner(a: Float64Array, from: number, b: Float64Array, at: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    s0 += (a[from + k] as number) * (b[at + k] as number);
    s1 += (a[from + k + 1] as number) * (b[at + k + 1] as number);
    s2 += (a[from + k + 2] as number) * (b[at + k + 2] as number);
    s3 += (a[from + k + 3] as number) * (b[at + k + 3] as number);
  }
  for (; k < count; k++) s0 += (a[from + k] as number) * (b[at + k] as number);
  return s0 + s1 + (s2 + s3);
}

/** log det A, given A's factor. */
export function choleskyLogDeterminant(l: Matrix): number {
  let sum = 0;
  for (let i = 0; i < l.rows; i++) sum += Math.log(l.data[i * l.cols + i] as number);
  return 2 * sum;
}

/** A⁻¹ of a symmetric positive definite A; throws where it is not. */
export function symmetricInverse(a: Matrix): Matrix {
  const factor = cholesky(a);
  if (!factor) throw new RangeError('The matrix is not positive definite.');
  return choleskyInverse(factor);
}
