import gammainc from '@stdlib/math-base-special-gammainc';
import stdlibCdf from '@stdlib/stats-base-dists-beta-cdf';
import stdlibQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaPdf, betaQuantile, betaSf } from './beta.ts';
import { binomialAtLeast, binomialCdf, binomialPmf } from './binomial.ts';
import { gammaP, gammaQ, logGamma } from './gamma.ts';
import { noncentralTSf } from './noncentral-t.ts';
import { studentTQuantile, studentTSf } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
const SHAPES = [
  [0.5, 0.5],
  [1, 3],
  [20, 30],
  [0.1, 5],
  [500, 3],
  [1e4, 2e4],
] as const;

describe('beta', () => {
  it('matches @stdlib', () => {
    for (const [a, b] of SHAPES) {
      for (const x of [0.001, 0.1, 0.25, 0.5, 0.77, 0.9, 0.999]) {
        expect(relative(betaCdf(x, a, b), stdlibCdf(x, a, b))).toBeLessThan(1e-11);
        expect(relative(betaQuantile(x, a, b), stdlibQuantile(x, a, b))).toBeLessThan(1e-11);
        expect(betaCdf(x, a, b) + betaSf(x, a, b)).toBeCloseTo(1, 13);
      }
    }
  });

  it('has closed forms for small shapes', () => {
    expect(betaCdf(0.3, 1, 1)).toBeCloseTo(0.3, 15);
    expect(betaCdf(0.3, 2, 1)).toBeCloseTo(0.09, 15);
    expect(betaPdf(0.3, 2, 1)).toBeCloseTo(0.6, 14);
    expect(betaQuantile(0.25, 2, 1)).toBeCloseTo(0.5, 15);
    expect([betaCdf(-1, 2, 3), betaCdf(2, 2, 3), betaCdf(0.5, 0, 3)]).toEqual([0, 1, NaN]);
  });
});

describe('gamma', () => {
  it('matches @stdlib', () => {
    for (const a of [0.5, 1, 2.5, 10, 99, 101]) {
      for (const x of [0.01, 0.5, 1, 3, 10, 100]) {
        expect(relative(gammaP(a, x), gammainc(x, a, true, false))).toBeLessThan(1e-12);
        expect(relative(gammaQ(a, x), gammainc(x, a, true, true))).toBeLessThan(1e-12);
      }
    }
  });

  it('counts factorials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      factorial *= n;
      expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 12);
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
    expect(logGamma(0)).toBe(Infinity);
  });
});

describe('binomial', () => {
  it('sums its mass', () => {
    for (const [n, p] of [
      [1, 0.5],
      [9, 0.3],
      [40, 0.01],
      [200, 0.5],
    ] as const) {
      let sum = 0;
      for (let k = 0; k <= n; k++) {
        sum += binomialPmf(k, n, p);
        expect(binomialCdf(k, n, p)).toBeCloseTo(sum, 12);
        expect(binomialAtLeast(k + 1, n, p)).toBeCloseTo(1 - sum, 12);
      }
    }
  });

  it('has exact tails', () => {
    expect(binomialAtLeast(10, 10, 0.5)).toBeCloseTo(1 / 1024, 16);
    expect(binomialAtLeast(9, 10, 0.5)).toBeCloseTo(11 / 1024, 16);
    expect([binomialAtLeast(0, 10, 0.5), binomialAtLeast(11, 10, 0.5), binomialCdf(-1, 10, 0.5)]).toEqual([
      1, 0, 0,
    ]);
    expect([binomialPmf(0, 3, 0), binomialPmf(3, 3, 1), binomialPmf(1.5, 3, 0.5)]).toEqual([1, 1, 0]);
  });
});

describe('wilsonInterval', () => {
  it.each([
    [0.83, 2000, 0.9, 0.81574054, 0.84336784],
    [0, 10, 0.95, 0, 0.277533],
    [1, 10, 0.95, 0.722467, 1],
    [0.5, 4, 0.95, 0.150036, 0.849964],
  ])('of %f in %i at %f', (share, n, confidence, low, high) => {
    const interval = wilsonInterval(share, n, confidence);
    expect(interval.low).toBeCloseTo(low, 5);
    expect(interval.high).toBeCloseTo(high, 5);
  });

  it('is NaN where there is nothing to say', () => {
    expect(wilsonInterval(1.2, 10, 0.9).low).toBeNaN();
    expect(wilsonInterval(0.5, 0, 0.9).high).toBeNaN();
  });
});

describe('noncentralTSf', () => {
  it('is the t tail without noncentrality', () => {
    for (const df of [1, 2, 4, 7.5, 30, 5000]) {
      for (const t of [-2, 0, 1, 2.5]) expect(noncentralTSf(t, df, 0)).toBeCloseTo(studentTSf(t, df), 10);
    }
  });

  it('gives the textbook power of a t test', () => {
    // n = 27 pairs see d = 0.5 with 80 % power at one-sided α = 0.05; 26 pairs do not (Cohen 1988).
    expect(noncentralTSf(studentTQuantile(0.95, 26), 26, 0.5 * Math.sqrt(27))).toBeGreaterThan(0.8);
    expect(noncentralTSf(studentTQuantile(0.95, 25), 25, 0.5 * Math.sqrt(26))).toBeLessThan(0.81);
    expect(noncentralTSf(2, Infinity, 1)).toBeCloseTo(0.15865525393145707, 14);
  });
});
