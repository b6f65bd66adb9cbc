import { expect, test } from 'vitest';
import { partials, steepness, warp } from './input-warp.ts';

test.each([
  ['as it is', 0.3, 1, 1, 0.3],
  ['the low end stretched', 0.01, 0.5, 1, 0.1],
  ['the high end stretched', 0.99, 1, 0.5, 0.9],
  ['both', 0.25, 2, 3, 1 - (1 - 0.0625) ** 3],
  ['the ends stay', 1, 3, 0.2, 1],
  ['beyond the range nothing is bent', 1.2, 0.5, 2, 1.2],
])('%s', (_, x, a, b, expected) => {
  expect(warp(x, a, b)).toBeCloseTo(expected, 12);
});

test.each([
  [0.3, 0.5, 2],
  [0.001, 0.4, 0.7],
  [0.9, 3, 0.3],
])('derivatives at %f with shape %f, %f', (x, a, b) => {
  const h = 1e-6;
  const [alongA, alongB] = partials(x, a, b);
  expect(alongA).toBeCloseTo((warp(x, a + h, b) - warp(x, a - h, b)) / (2 * h), 6);
  expect(alongB).toBeCloseTo((warp(x, a, b + h) - warp(x, a, b - h)) / (2 * h), 6);
  const step = h * x;
  expect(steepness(x, a, b)).toBeCloseTo((warp(x + step, a, b) - warp(x - step, a, b)) / (2 * step), 4);
});
