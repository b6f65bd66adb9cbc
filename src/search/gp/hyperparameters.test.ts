import { describe, expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import { defaultHyperparameters, fitHyperparameters, negativeLogPosterior } from './hyperparameters.ts';
import { regress, type Rows } from './regression.ts';

const rowsOf = (n: number, isCategorical: readonly boolean[], warped: readonly number[]): Rows => {
  const rng = createRng(3);
  const d = isCategorical.length;
  const x = Float64Array.from({ length: n * d }, (_, i) =>
    isCategorical[i % d] ? rng.integer(3) : rng.uniform(),
  );
  const y = Float64Array.from({ length: n }, (_, i) => {
    const bent = (x[i * d] as number) ** 0.2;
    return 4 * (bent - 0.5) + Math.sin(3 * (x[i * d + 1] as number)) + 0.05 * rng.normal();
  });
  return { d, x, y, m: Float64Array.from({ length: n }, (_, i) => 1 + (i % 2)), isCategorical, warped };
};

describe('the gradient of the objective', () => {
  test.each([
    ['numbers', [false, false, false], []],
    ['numbers with a shape', [false, false, false], [0, 1, 2]],
    ['a choice among them', [false, true, false], [0, 2]],
  ])('%s', (_, isCategorical, warped) => {
    const objective = negativeLogPosterior(rowsOf(15, isCategorical, warped));
    const rng = createRng(8);
    const theta = Float64Array.from({ length: 5 + 2 * warped.length }, () => 0.4 * rng.normal());
    const gradient = new Float64Array(theta.length);
    const unused = new Float64Array(theta.length);
    objective(theta, gradient);
    for (let k = 0; k < theta.length; k++) {
      const [above, below] = [theta.slice(), theta.slice()];
      above[k]! += 1e-5;
      below[k]! -= 1e-5;
      const difference = (objective(above, unused) - objective(below, unused)) / 2e-5;
      expect(gradient[k], `θ_${k}`).toBeCloseTo(difference, 5);
    }
  });
});

test('finds that the low end of an input matters most, and predicts better for it', () => {
  const isCategorical = [false, false, false];
  const [bent, straight] = [[0, 1, 2], []].map((warped) => {
    const rows = rowsOf(40, isCategorical, warped);
    const fitted = fitHyperparameters(rows);
    return { shape: fitted.shape, model: regress(rows, fitted) };
  });
  expect(bent?.shape?.a[0]).toBeLessThan(0.7);
  expect(straight?.shape).toBeUndefined();
  const truth = (x: number, z: number): number => 4 * (x ** 0.2 - 0.5) + Math.sin(3 * z);
  const missed = (model: { at: (x: Float64Array) => { mean: number } } | undefined): number =>
    [0.01, 0.05, 0.2, 0.6, 0.95].reduce(
      (sum, x) => sum + Math.abs((model?.at(Float64Array.of(x, 0.5, 0.5)).mean ?? NaN) - truth(x, 0.5)),
      0,
    );
  expect(missed(bent?.model)).toBeLessThan(missed(straight?.model));
});

test('of several starts the better end counts, and a fit that goes on from its own end stays there', () => {
  const rows = rowsOf(40, [false, false, false], []);
  const theta = (fit: { weights: Float64Array; scale: number; noise: number }): Float64Array =>
    Float64Array.from([...fit.weights, fit.scale, fit.noise - 1e-6], Math.log);
  const objective = negativeLogPosterior(rows);
  const value = (fit: Parameters<typeof theta>[0]): number => objective(theta(fit), new Float64Array(5));
  const good = defaultHyperparameters(3);
  const poor = { ...good, weights: Float64Array.of(1e-4, 1e-4, 3000), noise: 5 };
  const [fromGood, fromPoor, fromBoth] = [[good], [poor], [poor, good]].map((starts) =>
    value(fitHyperparameters(rows, 6, starts)),
  ) as [number, number, number];
  expect(fromPoor).toBeGreaterThan(fromGood + 1);
  expect(fromBoth).toBeCloseTo(fromGood, 9);
  const fitted = fitHyperparameters(rows, 100);
  expect(value(fitHyperparameters(rows, 3, [fitted]))).toBeCloseTo(value(fitted), 2);
});
