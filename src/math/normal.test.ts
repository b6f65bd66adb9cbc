import stdlibCdf from '@stdlib/stats-base-dists-normal-cdf';
import stdlibQuantile from '@stdlib/stats-base-dists-normal-quantile';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalLogCdf, normalLogPdf, normalPdf, normalQuantile, normalSf } from './normal.ts';

const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

describe('normal', () => {
  it('agrees with @stdlib in both tails', () => {
    for (let x = -37; x <= 37; x += 0.0625) {
      expect(relative(normalCdf(x), stdlibCdf(x, 0, 1))).toBeLessThan(2e-13);
      expect(relative(normalSf(x), stdlibCdf(-x, 0, 1))).toBeLessThan(2e-13);
    }
  });

  it.each([
    [-6.361340902404056, 1e-10],
    [-1.959963984540054, 0.025],
    [-1.6448536269514722, 0.05],
    [0, 0.5],
    [0.8416212335729143, 0.8],
    [1.2815515655446004, 0.9],
    [-37.0471, 1.0000021e-300],
  ])('Φ⁻¹ finds %f', (x, p) => {
    expect(relative(normalQuantile(p), x)).toBeLessThan(x < -30 ? 1e-6 : 1e-15);
  });

  it('inverts its own distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: -0.31, noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        return relative(normalCdf(normalQuantile(p)), p) < 4e-13;
      }),
    );
    for (const p of [0.1, 0.25, 0.4, 0.6, 0.9]) {
      expect(relative(normalQuantile(p), stdlibQuantile(p, 0, 1))).toBeLessThan(1e-13);
    }
  });

  it('keeps log Φ where Φ underflows', () => {
    expect(normalLogCdf(-40)).toBeCloseTo(-804.608442013754, 9);
    expect(normalLogCdf(-1e5)).toBeCloseTo(-5e9 - Math.log(1e5) - 0.5 * Math.log(2 * Math.PI), 4);
    expect(normalLogCdf(1)).toBeCloseTo(Math.log(normalCdf(1)), 15);
    expect(normalLogCdf(9)).toBeCloseTo(-1.1285884059538324e-19, 30);
  });

  it('has its density', () => {
    expect(normalPdf(0)).toBeCloseTo(0.3989422804014327, 16);
    expect(normalLogPdf(3, 1, 2)).toBeCloseTo(Math.log(normalPdf(1) / 2), 14);
  });

  it('knows its limits', () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalSf(-Infinity), normalSf(Infinity)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalCdf(Number.NaN), normalQuantile(-0.1), normalQuantile(1.1)]).toEqual([NaN, NaN, NaN]);
    expect(normalLogCdf(-Infinity)).toBe(-Infinity);
  });
});
