import stdlibCdf from '@stdlib/stats-base-dists-t-cdf';
import stdlibQuantile from '@stdlib/stats-base-dists-t-quantile';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf } from './normal.ts';
import { studentTCdf, studentTLogPdf, studentTQuantile, studentTSf } from './student-t.ts';

const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
const DFS = [1, 1.5, 2, 2.7, 3, 4, 5, 7, 9.3, 12, 20, 30, 57.2, 100, 1000, 1e5, 1e7];

describe('student t', () => {
  it('matches the distribution function of @stdlib to 1e-10, tails included', () => {
    for (const df of DFS) {
      for (let t = -20; t <= 20; t += 0.5) {
        expect(relative(studentTCdf(t, df), stdlibCdf(t, df))).toBeLessThan(1e-10);
      }
    }
  });

  it('matches the quantile of @stdlib to 1e-10', () => {
    for (const df of DFS.filter((value) => value <= 1000)) {
      for (const p of [1e-6, 1e-4, 0.005, 0.0125, 0.025, 0.05, 0.2, 0.45, 0.5, 0.6, 0.9, 0.95, 0.999]) {
        expect(relative(studentTQuantile(p, df), stdlibQuantile(p, df))).toBeLessThan(1e-10);
      }
    }
  });

  it.each([
    [0.95, 2, 2.919985580353726],
    [0.975, 1, 12.706204736174707],
    [0.975, 10, 2.228138851986275],
    [0.9, 4, 1.5332062740589438],
  ])('quantile of %f with %f degrees of freedom is %f', (p, df, t) => {
    expect(relative(studentTQuantile(p, df), t)).toBeLessThan(1e-14);
  });

  it('has the exact far tail', () => {
    expect(relative(studentTCdf(-8, 30), 3.13291123785038e-9)).toBeLessThan(1e-13);
    expect(relative(studentTSf(1e200, 1), 1e-200 / Math.PI)).toBeLessThan(1e-12);
    expect(studentTSf(Infinity, 3)).toBe(0);
    expect(studentTCdf(-Infinity, 3)).toBe(0);
  });

  it('inverts itself, is symmetric and becomes the normal', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: -0.301, noNaN: true }),
        fc.double({ min: 1, max: 2000, noNaN: true }),
        (exponent, df) => {
          const p = 10 ** exponent;
          return relative(studentTCdf(studentTQuantile(p, df), df), p) < 1e-11;
        },
      ),
    );
    for (const t of [0.1, 1, 3.3]) {
      expect(studentTCdf(t, 5) + studentTCdf(-t, 5)).toBeCloseTo(1, 15);
      expect(studentTCdf(t, Infinity)).toBe(normalCdf(t));
      expect(studentTCdf(t, 1e12)).toBeCloseTo(normalCdf(t), 12);
    }
  });

  it('has the density of Cauchy at ν = 1 and of the normal at ν = ∞', () => {
    expect(studentTLogPdf(2, 1)).toBeCloseTo(Math.log(1 / (5 * Math.PI)), 14);
    expect(studentTLogPdf(2, 1e9)).toBeCloseTo(studentTLogPdf(2, Infinity), 8);
  });

  it('refuses impossible arguments with NaN', () => {
    expect([
      studentTCdf(1, 0),
      studentTCdf(Number.NaN, 3),
      studentTQuantile(2, 3),
      studentTQuantile(0.5, -1),
    ]).toEqual([NaN, NaN, NaN, NaN]);
    expect([studentTQuantile(0, 3), studentTQuantile(1, 3), studentTQuantile(0.5, 3)]).toEqual([
      -Infinity,
      Infinity,
      0,
    ]);
  });
});
