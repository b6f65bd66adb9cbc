import { describe, expect, test } from 'vitest';
import { createRng, type Rng } from '../../math/rng.ts';
import type { Trial } from '../_contract.ts';
import { createModeller } from './study-model.ts';
import { gp } from '../samplers/gp.ts';
import { drive } from '../samplers/conformance.ts';
import type { Space } from '../space.ts';
import { trialOf } from '../trial.ts';
import { isSameSeed, luckPrior, OWN_SEED } from './luck.ts';
import { regress } from './regression.ts';
import { rowsOfRuns } from './rows.ts';
import { warpOf } from './warp.ts';

const LINE: Space = {
  params: [{ name: 'x', path: ['x'], when: [], kind: 'float', low: 0, high: 1, isLog: false, step: null }],
};
const SETUP = { space: LINE, goal: 'max', seed: 3, plannedTrials: 60, fullStep: null } as const;

const DRAWS = [1, 2, 3, 4, 5];

const truth = (x: number): number => -2 * (x - 0.7) ** 2;

/** Each seed raises everything by its own amount, and has places where it is kind; neither is left over all three. */
function valueOf(x: number, seed: number, rng: Rng): number {
  const common = [0.3, 0, -0.3][seed] as number;
  const local = 0.3 * Math.cos(2 * Math.PI * (x + seed / 3));
  return truth(x) + common + local + 0.01 * rng.normal();
}

function trial(number: number, x: number, runs: readonly { seed: number | null; value: number }[]): Trial {
  return trialOf(
    number,
    { x },
    runs.map(({ seed, value }) => ({ seed, state: 'complete', value, reports: [] })),
  );
}

function inTurn(count: number, draw: number): Trial[] {
  const rng = createRng(draw);
  return Array.from({ length: count }, (_, number) => {
    const seed = number % 3;
    const x = rng.uniform();
    return trial(number, x, [{ seed, value: valueOf(x, seed, rng) }]);
  });
}

/** How well the order of places is told: correlation of the model's mean with the truth. */
function tells(history: readonly Trial[]): number {
  const setup = { ...SETUP, space: structuredClone(LINE) };
  const { ladder } = createModeller(setup).model(history, history.length, true);
  const grid = Array.from({ length: 21 }, (_, at) => at / 20);
  const means = grid.map((x) => ladder.warp.invert(ladder.predict(Float64Array.of(x)).mean));
  return correlation(means, grid.map(truth));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = [a, b].map((list) => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    return list.map((value) => value - mean);
  }) as [number[], number[]];
  const inner = (u: number[], v: number[]): number =>
    u.reduce((sum, value, at) => sum + value * (v[at] as number), 0);
  const [u, v] = centred;
  return inner(u, v) / Math.sqrt(inner(u, u) * inner(v, v));
}

describe('what seeds do', () => {
  test('is told apart from what a place is worth, where trials have had several', () => {
    const told = DRAWS.map((draw) => tells(inTurn(30, draw)));
    const blind = DRAWS.map((draw) =>
      tells(
        inTurn(30, draw).map(({ number, params, value }) =>
          trial(number, Number(params['x']), [{ seed: null, value: value as number }]),
        ),
      ),
    );
    told.forEach((correlated, at) => {
      expect(correlated).toBeGreaterThan(0.98);
      expect(correlated).toBeGreaterThan(blind[at] as number);
    });
  });

  test('is not modelled with one seed: the model is the same as without any', () => {
    const rng = createRng(9);
    const values = Array.from({ length: 30 }, () => rng.uniform());
    const means = [null, 5].map((seed) => {
      const history = values.map((x, number) => trial(number, x, [{ seed, value: Math.sin(6 * x) }]));
      const model = createModeller({ ...SETUP, space: structuredClone(LINE) }).model(history, 30, true);
      return [0.1, 0.4, 0.9].map((x) => model.ladder.predict(Float64Array.of(x)).mean);
    });
    expect(means[1]).toEqual(means[0]);
  });

  test('what one place is ahead of another is surer than either, and nothing at the place itself', () => {
    const rows = {
      d: 2,
      x: Float64Array.from({ length: 24 }, (_, i) => ((i * 7) % 24) / 24),
      y: Float64Array.from({ length: 12 }, (_, i) => Math.sin(i)),
      m: new Float64Array(12).fill(1),
      isCategorical: [false, false],
      warped: [0],
      seeds: Int32Array.from({ length: 12 }, (_, i) => i % 3),
    };
    const model = regress(rows, {
      weights: Float64Array.of(2, 0.5),
      scale: 1.3,
      noise: 0.01,
      shape: { a: Float64Array.of(0.7, 1), b: Float64Array.of(1.4, 1) },
      luck: { local: 1, common: 0.2 },
    });
    const [here, there] = [Float64Array.of(0.3, 0.6), Float64Array.of(0.5, 0.4)];
    const anchor = model.anchor(there);
    expect(model.at(there, anchor).mean).toBeCloseTo(0, 12);
    expect(model.at(there, anchor).variance).toBeCloseTo(0, 12);
    const own = model.at(here, anchor);
    expect(own.mean).toBeCloseTo(model.at(here).mean - model.at(there).mean, 12);
    expect(own.variance).toBeLessThan(model.at(here).variance);
  });

  test('a row for each run, numbered by seed; runs without a seed and forecasts have their own', () => {
    const point = (x: number, runs: { seed: number | null; score: number }[]) => ({
      x: Float64Array.of(x),
      curve: {
        trial: trial(0, x, []),
        scores: [runs[0]?.score ?? 7],
        final: undefined,
        count: runs.length,
        runs,
      },
    });
    const points = [
      point(0.1, [
        { seed: 42, score: 1 },
        { seed: 43, score: 3 },
      ]),
      point(0.2, [{ seed: 43, score: 2 }]),
      point(0.3, [{ seed: null, score: 5 }]),
      point(0.4, []),
    ];
    const warp = { ...warpOf([]), apply: (score: number) => score };
    const { x, y, seeds } = rowsOfRuns(points, warp, [false]);
    expect([...x]).toEqual([0.1, 0.1, 0.2, 0.3, 0.4]);
    expect([...y]).toEqual([1, 3, 2, 5, 7]);
    expect([...(seeds ?? [])]).toEqual([0, 1, 1, OWN_SEED, OWN_SEED]);
    const pairs = [
      [0, 1],
      [1, 2],
      [3, 4],
    ].map(([i, j]) => isSameSeed(seeds as Int32Array, i as number, j as number));
    expect(pairs).toEqual([false, true, false]);
  });

  test('the prior is that of Gamma(1.1, 3), along the logarithm', () => {
    const [value, slope] = luckPrior(0.4);
    expect(value).toBeCloseTo(-0.1 * Math.log(0.4) + 1.2, 12);
    expect(slope).toBeCloseTo((luckPrior(0.4 * 1.0001)[0] - value) / Math.log(1.0001), 3);
  });
});

test('with seeds in turn, a search that is resumed suggests what it would have suggested', () => {
  const tell = (number: number, params: Trial['params']): Trial => {
    const x = Number(params['x']);
    return trial(number, x, [{ seed: number % 3, value: valueOf(x, number % 3, createRng(number)) }]);
  };
  const trials = drive(gp.create(SETUP), 26, tell);
  for (const number of [11, 25]) {
    const other = gp.create({ ...SETUP, space: structuredClone(LINE) });
    expect(other.suggest(trials.slice(0, number), number)).toEqual(trials[number]?.params);
  }
});
