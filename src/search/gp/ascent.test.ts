import { expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import { MIXED } from '../samplers/conformance.ts';
import { isInside } from '../space/active.ts';
import type { Params, Space } from '../space.ts';
import { createAcquisition } from './acquisition.ts';
import { ascend } from './ascent.ts';
import { encode } from './encoding.ts';
import { type Point, createLadder } from './ladder.ts';
import { trialOf } from '../trial.ts';

const float = (name: string) =>
  ({ name, path: [name], when: [], kind: 'float', low: 0, high: 1, isLog: false, step: null }) as const;
const PLANE: Space = { params: [float('x'), float('y')] };

/** A model of a plain Gaussian process that has seen `f` at random places. */
function ladderOf(space: Space, f: (params: Params) => number, draw: () => Params, count: number) {
  const points: Point[] = Array.from({ length: count }, (_, number) => {
    const params = draw();
    const value = f(params);
    const trial = trialOf(number, params, [{ seed: 1, state: 'complete', value, reports: [] }]);
    return {
      x: encode(space, params) as Float64Array,
      curve: { trial, scores: [value], final: value, count: 1 },
    };
  });
  const isCategorical = space.params.map(({ kind }) => kind === 'categorical');
  return createLadder(points, 0, isCategorical, [count], new Map(), true);
}

const stream = createRng(4);
const plane = ladderOf(
  PLANE,
  ({ x, y }) => Number(x) - (Number(y) - 0.4) ** 2,
  () => ({ x: stream.uniform(), y: stream.uniform() }),
  20,
);

test('reaches an optimum at the edge of the box exactly', () => {
  const acquisition = createAcquisition(plane, plane.warp.apply(0.9), []);
  const start = { x: 0.88, y: 0.5 };
  const value = acquisition.at(encode(PLANE, start) as Float64Array);
  const top = ascend(PLANE, { params: start, value }, acquisition);
  expect(top.params['x']).toBe(1);
  expect(Math.abs(Number(top.params['y']) - 0.4)).toBeLessThan(0.15);
  expect(top.value).toBeGreaterThan(value);
});

test.each([
  ['alone', []],
  ['beside two running trials', [Float64Array.of(0.7, 0.35), Float64Array.of(0.2, 0.9)]],
])('the derivatives of what is promised, %s', (_, running) => {
  const acquisition = createAcquisition(plane, plane.warp.apply(0.8), running);
  const x = Float64Array.of(0.93, 0.33);
  const gradient = new Float64Array(2);
  expect(acquisition.slopes?.(x, gradient)).toBeCloseTo(acquisition.at(x), 6);
  for (const k of [0, 1]) {
    const h = 1e-5;
    const [above, below] = [x.slice(), x.slice()];
    above[k]! += h;
    below[k]! -= h;
    const difference = (acquisition.at(above) - acquisition.at(below)) / (2 * h);
    expect(Math.abs((gradient[k] as number) / difference - 1)).toBeLessThan(0.01);
  }
});

test('stays inside a space of every kind of parameter, and never ends below its start', () => {
  const draws = Array.from({ length: 24 }, (_, i) => ({
    lr: 10 ** (-5 + 4 * stream.uniform()),
    momentum: 0.9,
    dropout: 0.05 * (i % 10),
    layers: 1 + 2 * (i % 4),
    units: 16 + i,
    batch: [16, 32, 64, 128][i % 4] as number,
    optimizer: i % 2 === 0 ? 'sgd' : null,
  }));
  const score = (params: Params): number => -((Math.log10(Number(params['lr'])) + 3) ** 2);
  const model = ladderOf(MIXED, score, () => draws.shift() as Params, 24);
  const acquisition = createAcquisition(model, 0, []);
  const start = {
    lr: 1e-5,
    momentum: 0.1,
    dropout: 0.5,
    layers: 7,
    units: 1024,
    batch: 16,
    optimizer: 'sgd',
  };
  const value = acquisition.at(encode(MIXED, start) as Float64Array);
  const top = ascend(MIXED, { params: start, value }, acquisition);
  expect(isInside(MIXED, top.params), JSON.stringify(top.params)).toBe(true);
  expect(top.value).toBeGreaterThan(value);
  expect(Math.abs(Math.log10(Number(top.params['lr'])) + 3)).toBeLessThan(1);
});
