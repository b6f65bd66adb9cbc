import { expect, test } from 'vitest';
import { warpOf } from './warp.ts';

const warp = warpOf([0, 1, 2, 3, 4]);

test.each([
  [2, 0],
  [4, 1],
  [5, 1.5],
  [0, -Math.log(2)],
  [Number.NaN, -Math.log(2)],
])('linear above the median, logarithmic below: %d → %d', (score, z) => {
  expect(warp.apply(score)).toBeCloseTo(z, 12);
});

test.each([-3, -0.5, 0, 0.7, 2])('inverts: %d', (z) => {
  expect(warp.apply(warp.invert(z))).toBeCloseTo(z, 12);
});
