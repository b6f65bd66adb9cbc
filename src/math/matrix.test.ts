import { describe, expect, it } from 'vitest';
import {
  cholesky,
  choleskyLogDeterminant,
  choleskySolve,
  solveLower,
  solveLowerTransposed,
  symmetricInverse,
} from './cholesky.ts';
import { leastSquares } from './least-squares.ts';
import { dot, fromRows, gram, identity, multiply, multiplyVector, transpose, zeros } from './matrix.ts';
import { createRng } from './rng.ts';

function random(rows: number, cols: number, seed: number) {
  const rng = createRng(seed);
  const matrix = zeros(rows, cols);
  for (let i = 0; i < matrix.data.length; i++) matrix.data[i] = rng.normal();
  return matrix;
}

describe('matrix', () => {
  it('multiplies and transposes', () => {
    const a = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([...multiply(a, transpose(a)).data]).toEqual([14, 32, 32, 77]);
    expect([...gram(a).data]).toEqual([...multiply(transpose(a), a).data]);
    expect([...multiplyVector(a, [1, 0, -1])]).toEqual([-2, -2]);
    expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow(/columns/);
    expect(() => multiply(zeros(2, 3), zeros(2, 3))).toThrow(/fit/);
    expect(() => multiplyVector(zeros(2, 3), [1])).toThrow(/vector/);
  });
});

describe('cholesky', () => {
  it('factors, solves and inverts', () => {
    for (const n of [1, 2, 5, 20]) {
      const x = random(n + 3, n, n);
      const a = gram(x);
      const factor = cholesky(a);
      if (!factor) throw new Error('not positive definite');
      const b = Array.from({ length: n }, (_, i) => i - 1.5);
      const solved = choleskySolve(factor, b);
      for (const [i, value] of multiplyVector(a, solved).entries())
        expect(value).toBeCloseTo(b[i] as number, 8);
      const product = multiply(a, symmetricInverse(a)).data;
      for (const [i, value] of identity(n).data.entries()) expect(product[i]).toBeCloseTo(value, 8);
      expect(multiplyVector(factor, solveLower(factor, b))[n - 1]).toBeCloseTo(b[n - 1] as number, 9);
      expect(multiplyVector(transpose(factor), solveLowerTransposed(factor, b))[0]).toBeCloseTo(
        b[0] as number,
        9,
      );
    }
  });

  it('knows the determinant', () => {
    const factor = cholesky(
      fromRows([
        [4, 2],
        [2, 3],
      ]),
    );
    expect(factor && choleskyLogDeterminant(factor)).toBeCloseTo(Math.log(8), 14);
  });

  it('says when a matrix is not positive definite', () => {
    expect(
      cholesky(
        fromRows([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toBeUndefined();
    expect(() => symmetricInverse(zeros(2, 2))).toThrow(/positive definite/);
    expect(() => cholesky(zeros(2, 3))).toThrow(/square/);
  });
});

describe('leastSquares', () => {
  it('finds exact coefficients', () => {
    const x = random(12, 4, 7);
    const truth = [1, -2, 0.5, 3];
    const fit = leastSquares(x, multiplyVector(x, truth));
    expect(fit.rank).toBe(4);
    expect(fit.residualSquares).toBeLessThan(1e-25);
    for (const [i, value] of truth.entries()) expect(fit.coefficients[i]).toBeCloseTo(value, 12);
  });

  it('fits a line: y = 1 + 2x with errors', () => {
    const fit = leastSquares(
      fromRows([
        [1, 0],
        [1, 1],
        [1, 2],
        [1, 3],
      ]),
      [1.1, 2.9, 5.1, 6.9],
    );
    expect(fit.coefficients[0]).toBeCloseTo(1.06, 12);
    expect(fit.coefficients[1]).toBeCloseTo(1.96, 12);
    expect(fit.residualSquares).toBeCloseTo(0.032, 12);
  });

  it('counts independent columns and leaves the rest at zero', () => {
    const fit = leastSquares(
      fromRows([
        [1, 1, 0],
        [1, 1, 0],
        [1, 0, 1],
        [1, 0, 1],
      ]),
      [1, 3, 5, 7],
    );
    expect(fit.rank).toBe(2);
    expect(fit.residualSquares).toBeCloseTo(4, 12);
    const empty = leastSquares(zeros(3, 2), [1, 2, 3]);
    expect(empty.rank).toBe(0);
    expect(empty.residualSquares).toBeCloseTo(14, 12);
    expect(() => leastSquares(zeros(3, 2), [1])).toThrow(/rows/);
  });

  it('fits more columns than rows without error', () => {
    expect(leastSquares(random(3, 6, 1), [1, 2, 3]).residualSquares).toBeLessThan(1e-25);
  });
});
