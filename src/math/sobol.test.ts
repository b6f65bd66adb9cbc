import { describe, expect, test } from 'vitest';
import { createSobol, directionsOf, SOBOL_DIMENSIONS } from './sobol.ts';

/** Point `index` without scrambling. */
function plain(index: number, dimension: number): number {
  let word = 0;
  directionsOf(dimension).forEach((direction, bit) => {
    if ((index >> bit) & 1) word ^= direction;
  });
  return (word >>> 0) / 2 ** 32;
}

describe('Sobol sequences', () => {
  // In the order of the index's bits: points 1, 2 and 3 are points 1, 3 and 2 of the Gray-code order.
  test.each([
    [1, [0.5, 0.5, 0.5, 0.5, 0.5]],
    [2, [0.25, 0.75, 0.75, 0.75, 0.25]],
    [3, [0.75, 0.25, 0.25, 0.25, 0.75]],
    [4, [0.125, 0.625, 0.375, 0.125, 0.125]],
  ])('point %i of Joe and Kuo', (index, expected) => {
    expect(expected.map((_, dimension) => plain(index, dimension))).toEqual(expected);
  });

  test('every dimension is a (0, m, 1)-net, scrambled or not: one point in each of 256 slices', () => {
    const seeds = Array.from({ length: SOBOL_DIMENSIONS }, (_, dimension) => dimension * 7919 + 3);
    const sobol = createSobol(seeds);
    for (let dimension = 0; dimension < SOBOL_DIMENSIONS; dimension++) {
      const slices = new Set<number>();
      for (let index = 0; index < 256; index++) slices.add(Math.floor(256 * sobol.at(index, dimension)));
      expect(slices.size).toBe(256);
    }
  });

  test('the first two dimensions are a (0, m, 2)-net', () => {
    const sobol = createSobol([1, 2]);
    for (const [wide, high] of [
      [2, 32],
      [4, 16],
      [8, 8],
      [32, 2],
    ] as const) {
      const boxes = new Set<string>();
      for (let index = 0; index < 64; index++) {
        boxes.add(`${Math.floor(wide * sobol.at(index, 0))},${Math.floor(high * sobol.at(index, 1))}`);
      }
      expect(boxes.size).toBe(64);
    }
  });

  test('scrambling is uniform: over seeds a coordinate has mean 1/2 and variance 1/12', () => {
    const values = Array.from({ length: 4000 }, (_, seed) => createSobol([seed * 2654435761]).at(5, 0));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  test('too many dimensions are refused', () => {
    expect(() => createSobol(Array.from({ length: SOBOL_DIMENSIONS + 1 }, () => 0))).toThrow(RangeError);
  });
});
