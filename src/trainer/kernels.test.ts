import { describe, expect, test } from 'vitest';
import { Arena } from './arena.ts';

const f32 = Math.fround;

/** Float vectors in one arena; addresses in `at`, views in `of`. */
function vectors<const Name extends string>(given: Record<Name, readonly number[]>) {
  const arena = new Arena();
  const entries = Object.entries<readonly number[]>(given) as [Name, readonly number[]][];
  const blocks = entries.map(([name, values]) => [name, arena.reserve(values.length), values] as const);
  const of = {} as Record<Name, Float32Array>;
  const at = {} as Record<Name, number>;
  for (const [name, block, values] of blocks) {
    of[name] = arena.floats(block);
    of[name].set(values);
    at[name] = block.at;
  }
  return { ...arena.kernels, of, at };
}

const range = (n: number, value: (i: number) => number): number[] =>
  Array.from({ length: n }, (_, i) => value(i));

describe('mix', () => {
  // 4: the narrowest row; 68 = 2·32 + 4 and 60 = 32 + 16 + 3·4 use every block size.
  test.each([4, 12, 16, 60, 68, 128])('adds weighted rows of width %i', (width) => {
    const { mix, of, at } = vectors({
      out: range(width, (i) => i),
      rows: range(5 * width, (i) => i * 0.5),
      values: [2, -1, 4],
      indices: [0, 0, 0],
    });
    new Int32Array(of.indices.buffer, at.indices, 3).set([4, 0, 2]);
    mix(at.out, width, at.indices, at.values, 3, at.rows, width * 4);
    const row = (r: number, j: number): number => (r * width + j) * 0.5;
    expect([...of.out]).toEqual(range(width, (j) => j + 2 * row(4, j) - row(0, j) + 4 * row(2, j)));
  });

  test('with nothing to add leaves the row as it is', () => {
    const { mix, of, at } = vectors({ out: range(8, (i) => i) });
    mix(at.out, 8, 0, 0, 0, 0, 32);
    expect([...of.out]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

test('sumOfSquares adds in double precision', () => {
  const { sumOfSquares, of, at } = vectors({ x: [1e20, 3, 0, 0, -2, 1, 1, 1e-20] });
  expect(sumOfSquares(at.x, 8)).toBe(f32(1e20) ** 2 + 15);
  of.x[3] = Number.NaN;
  expect(sumOfSquares(at.x, 8)).toBeNaN();
});

test('adamw follows the formula of the paper', () => {
  const { adamw, of, at } = vectors({
    w: [1, -1, 0.5, 2],
    g: [0.1, -0.2, 0, Number.NaN],
    m: [0, 0, 0, 0],
    v: [0, 0, 0, 0],
  });
  const [beta1, beta2, rate, decay] = [0.9, 0.999, 0.01, 0.001];
  const [correctedRate, correction] = [rate / (1 - beta1), 1 / Math.sqrt(1 - beta2)];
  adamw(
    at.w,
    at.g,
    at.m,
    at.v,
    4,
    0.5,
    beta1,
    beta2,
    1e-8,
    correctedRate,
    correction,
    decay,
    0.1,
    0.001,
    1e-30,
  );
  // After the first step the corrected m / √v is the sign of the gradient.
  expect(of.w[0]).toBeCloseTo(1 - decay - rate, 6);
  expect(of.w[1]).toBeCloseTo(-1 + decay + rate, 6);
  expect(of.w[2]).toBeCloseTo(0.5 - 0.5 * decay, 6);
  expect(of.w[3]).toBeNaN();
  expect(of.m[0]).toBeCloseTo(0.1 * 0.05, 7);
  expect(of.v[1]).toBeCloseTo(0.001 * 0.01, 9);
});

test('sgd keeps NaN and drops subnormal momentum', () => {
  const { sgd, of, at } = vectors({ w: [1, 1, 1, 1], g: [0.5, 0, Number.NaN, 0], m: [1, 1e-31, 0, 1e-20] });
  sgd(at.w, at.g, at.m, 4, 2, 0.9, 0.1, 0, 1e-30);
  expect([...of.m]).toEqual([f32(f32(0.9) + 1), 0, Number.NaN, f32(f32(0.9) * f32(1e-20))]);
  expect(of.w[0]).toBe(f32(1 - f32(f32(0.1) * of.m[0]!)));
  expect(of.w[1]).toBe(1);
  expect(of.w[2]).toBeNaN();
});
