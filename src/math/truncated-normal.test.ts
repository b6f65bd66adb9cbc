import { describe, expect, test } from 'vitest';
import { normalCdf } from './normal.ts';
import { normalLogMass, truncatedNormalQuantile } from './truncated-normal.ts';

describe('normalLogMass', () => {
  // Reference: mpmath at 50 digits, log(ncdf(b) − ncdf(a)).
  test.each([
    [-1, 1, -0.381715146302126],
    [0, Infinity, -Math.LN2],
    [-Infinity, Infinity, 0],
    [-9, 9, 0],
    [5, 6, -15.068446096529453],
    [-6, -5, -15.068446096529453],
    [20, 21, -203.91715537239457],
    [-40, -39, -765.0831565637],
    [1, 1 + 1e-9, -22.14220428791],
  ])('[%d, %d]', (a, b, expected) => {
    expect(normalLogMass(a, b)).toBeCloseTo(expected, 6);
  });
});

describe('truncatedNormalQuantile', () => {
  test.each([
    [-1, 2],
    [0.5, 3],
    [-3, -0.5],
    [4, 6],
    [-7, -5],
  ])('inverts the distribution on [%d, %d]', (a, b) => {
    for (const q of [0, 0.01, 0.3, 0.5, 0.9, 1]) {
      const x = truncatedNormalQuantile(q, a, b);
      expect(x).toBeGreaterThanOrEqual(a);
      expect(x).toBeLessThanOrEqual(b);
      expect((normalCdf(x) - normalCdf(a)) / (normalCdf(b) - normalCdf(a))).toBeCloseTo(q, 7);
    }
  });
});
