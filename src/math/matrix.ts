/** Dense real matrices, row-major: element (i, j) is data[i·cols + j]. Small sizes; no views, no broadcasting. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export function zeros(rows: number, cols: number): Matrix {
  return { rows, cols, data: new Float64Array(rows * cols) };
}

export function fromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const cols = rows[0]?.length ?? 0;
  const matrix = zeros(rows.length, cols);
  for (const [i, row] of rows.entries()) {
    if (row.length !== cols) throw new RangeError(`Row ${i} has ${row.length} columns, not ${cols}.`);
    matrix.data.set(row, i * cols);
  }
  return matrix;
}

export function identity(size: number): Matrix {
  const matrix = zeros(size, size);
  for (let i = 0; i < size; i++) matrix.data[i * size + i] = 1;
  return matrix;
}

export function transpose(a: Matrix): Matrix {
  const result = zeros(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) result.data[j * a.rows + i] = a.data[i * a.cols + j] as number;
  }
  return result;
}

/** A B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows)
    throw new RangeError(`Shapes ${a.rows}×${a.cols} and ${b.rows}×${b.cols} do not fit.`);
  const result = zeros(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k] as number;
      if (factor === 0) continue;
      const from = k * b.cols;
      const to = i * b.cols;
      for (let j = 0; j < b.cols; j++) result.data[to + j]! += factor * (b.data[from + j] as number);
    }
  }
  return result;
}

/** A v. */
export function multiplyVector(a: Matrix, v: ArrayLike<number>): Float64Array {
  if (a.cols !== v.length)
    throw new RangeError(`A ${a.rows}×${a.cols} matrix does not take a vector of ${v.length}.`);
  const result = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.cols; j++) sum += (a.data[i * a.cols + j] as number) * (v[j] as number);
    result[i] = sum;
  }
  return result;
}

/** AᵀA. */
export function gram(a: Matrix): Matrix {
  const result = zeros(a.cols, a.cols);
  const { data } = result;
  for (let r = 0; r < a.rows; r++) {
    for (let i = 0; i < a.cols; i++) {
      const factor = a.data[r * a.cols + i] as number;
      if (factor === 0) continue;
      for (let j = 0; j <= i; j++) data[i * a.cols + j]! += factor * (a.data[r * a.cols + j] as number);
    }
  }
  for (let i = 0; i < a.cols; i++) {
    for (let j = 0; j < i; j++) data[j * a.cols + i] = data[i * a.cols + j] as number;
  }
  return result;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
