/**
 * Ordinary least squares min ‖y − X β‖ by Householder QR with column pivoting (Businger & Golub 1965).
 * X: [n × p], y: [n]. Columns that depend on others get coefficient 0; `rank` counts the independent ones.
 */
import type { Matrix } from './matrix.ts';

export interface LeastSquaresFit {
  coefficients: Float64Array;
  rank: number;
  /** ‖y − X β‖². */
  residualSquares: number;
}

const DEPENDENT = 1e-11;

export function leastSquares(x: Matrix, y: ArrayLike<number>): LeastSquaresFit {
  const { rows: n, cols: p } = x;
  if (y.length !== n) throw new RangeError(`X has ${n} rows but y has ${y.length} values.`);
  const columns = Array.from({ length: p }, (_, j) =>
    Float64Array.from({ length: n }, (_unused, i) => x.data[i * p + j] as number),
  );
  const scales = columns.map((column) => norm(column, 0) || 1);
  const rest = Float64Array.from(y);
  const order: number[] = [];
  const left = new Set(columns.keys());
  const diagonal: number[] = [];
  while (order.length < Math.min(n, p)) {
    const k = order.length;
    let pivot = -1;
    let largest = DEPENDENT;
    for (const j of left) {
      const share = norm(columns[j] as Float64Array, k) / (scales[j] as number);
      if (share > largest) [pivot, largest] = [j, share];
    }
    if (pivot < 0) break;
    const v = columns[pivot] as Float64Array;
    const length = norm(v, k);
    const head = (v[k] as number) > 0 ? -length : length;
    const reflector = Float64Array.from(v.subarray(k));
    reflector[0]! -= head;
    left.delete(pivot);
    order.push(pivot);
    diagonal.push(head);
    for (const j of left) reflect(columns[j] as Float64Array, reflector, k);
    reflect(rest, reflector, k);
  }
  const coefficients = new Float64Array(p);
  for (let k = order.length - 1; k >= 0; k--) {
    let sum = rest[k] as number;
    for (let j = k + 1; j < order.length; j++) {
      const column = order[j] as number;
      sum -= ((columns[column] as Float64Array)[k] as number) * (coefficients[column] as number);
    }
    coefficients[order[k] as number] = sum / (diagonal[k] as number);
  }
  const residual = norm(rest, order.length);
  return { coefficients, rank: order.length, residualSquares: residual * residual };
}

/** Norm of v[from…]. */
function norm(v: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from; i < v.length; i++) largest = Math.max(largest, Math.abs(v[i] as number));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < v.length; i++) sum += ((v[i] as number) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** v[from…] −= 2 w (wᵀv)/(wᵀw). */
function reflect(v: Float64Array, w: Float64Array, from: number): void {
  let inner = 0;
  let square = 0;
  for (let i = 0; i < w.length; i++) {
    inner += (w[i] as number) * (v[from + i] as number);
    square += (w[i] as number) ** 2;
  }
  if (square === 0) return;
  const factor = (2 * inner) / square;
  for (let i = 0; i < w.length; i++) v[from + i]! -= factor * (w[i] as number);
}
