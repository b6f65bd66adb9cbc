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
      let sum = a.data[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] as number) * (l[j * n + k] as number);
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
    let sum = x[i] as number;
    for (let k = 0; k < i; k++) sum -= (l.data[i * n + k] as number) * (x[k] as number);
    x[i] = sum / (l.data[i * n + i] as number);
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

/** A⁻¹, given A's factor; exactly symmetric. */
export function choleskyInverse(l: Matrix): Matrix {
  const n = l.rows;
  const result = zeros(n, n);
  const unit = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    unit[j] = 1;
    const column = choleskySolve(l, unit);
    unit[j] = 0;
    for (let i = j; i < n; i++) {
      result.data[i * n + j] = column[i] as number;
      result.data[j * n + i] = column[i] as number;
    }
  }
  return result;
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
