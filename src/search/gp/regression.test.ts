import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import { logExpectedImprovement, logH } from './expected-improvement.ts';
import { minimize } from './minimize.ts';
import { fitHyperparameters } from './hyperparameters.ts';
import { regress, type Rows } from './regression.ts';

describe('log h(z)', () => {
  // mpmath, 50 digits: log(phi(z) + z Phi(z)).
  test.each([
    [3, 1.0987396653],
    [0, -0.9189385332],
    [-1, -2.4851210257],
    [-5, -16.7443011627],
    [-20, -206.9178385094],
    [-100, -5010.1295788002],
  ])('at %f', (z, expected) => {
    expect(logH(z)).toBeCloseTo(expected, 6);
  });

  test('keeps its slope far below the best', () => {
    expect(logExpectedImprovement(-1e4, 1, 0)).toBeLessThan(logExpectedImprovement(-9e3, 1, 0));
    expect(Number.isFinite(logExpectedImprovement(-1e6, 1e-12, 0))).toBe(true);
  });
});

test('minimize: Rosenbrock inside a box, and a minimum on its edge', () => {
  const rosenbrock = (x: Float64Array, g: Float64Array): number => {
    const [a, b] = [x[0] as number, x[1] as number];
    g[0] = -400 * a * (b - a * a) - 2 * (1 - a);
    g[1] = 200 * (b - a * a);
    return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
  };
  const limits = { iterations: 200, gradient: 1e-8 };
  const free = minimize(rosenbrock, [-1, 1], { low: -2, high: 2 }, limits);
  expect(free.x[0]).toBeCloseTo(1, 3);
  const bound = minimize(rosenbrock, [-1, 0.2], { low: -2, high: 0.5 }, limits);
  expect(bound.x[0]).toBeLessThanOrEqual(0.5 + 1e-12);
  expect(bound.value).toBeCloseTo(0.25, 1);
});

describe('regression', () => {
  const rows = (n: number, noise: number): Rows => {
    const rng = createRng(11);
    const x = Float64Array.from({ length: 2 * n }, () => rng.uniform());
    const y = Float64Array.from(
      { length: n },
      (_, i) => Math.sin(6 * (x[2 * i] as number)) + noise * rng.normal(),
    );
    return { d: 2, x, y, m: new Float64Array(n).fill(1), isCategorical: [false, false], warped: [] };
  };

  test('passes through exact values and finds which parameter matters', () => {
    const data = rows(40, 0);
    const fitted = fitHyperparameters(data);
    expect(fitted.weights[0]).toBeGreaterThan(10 * (fitted.weights[1] as number));
    const model = regress(data, fitted);
    for (let i = 0; i < 40; i++) {
      const { mean, variance } = model.at(data.x.slice(2 * i, 2 * i + 2));
      expect(mean).toBeCloseTo(data.y[i] as number, 1);
      expect(variance).toBeLessThan(0.01);
    }
    expect(model.at(Float64Array.of(0.5, 0.5)).mean).toBeCloseTo(Math.sin(3), 1);
  });

  test('finds the size of the noise within a factor of two', () => {
    const { noise } = fitHyperparameters(rows(80, 0.2));
    expect(noise).toBeGreaterThan(0.02);
    expect(noise).toBeLessThan(0.08);
  });

  test('a categorical parameter tells equal from different, however far apart its indices are', () => {
    const x = Float64Array.of(0, 0, 1, 1, 5, 5);
    const data: Rows = {
      d: 1,
      x,
      y: Float64Array.of(1, 1, -1, -1, 0, 0),
      m: new Float64Array(6).fill(1),
      isCategorical: [true],
      warped: [],
    };
    const model = regress(data, { weights: Float64Array.of(1), scale: 1, noise: 0.01, shape: undefined });
    expect(model.correlation(Float64Array.of(0), Float64Array.of(1))).toBe(
      model.correlation(Float64Array.of(0), Float64Array.of(5)),
    );
    expect(model.at(Float64Array.of(0)).mean).toBeGreaterThan(0.7);
  });
});
