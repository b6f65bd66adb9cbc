import { expect, test } from 'vitest';
import { createRng } from '../../math/rng.ts';
import type { SearchSetup, Trial } from '../_contract.ts';
import { createSampler } from '../sampler.ts';
import { readSearch } from '../space/settings.ts';
import { trialOf } from '../trial.ts';
import { parseYaml } from '../fixtures/yaml.ts';
import { createGainModel } from './further-gain.ts';

const { space } = readSearch(
  parseYaml('x: { type: uniform, low: 0, high: 1 }\ny: { type: uniform, low: 0, high: 1 }'),
);
const setup: SearchSetup = { space, goal: 'max', seed: 3, plannedTrials: 60, fullStep: 1 };

function search(count: number, value: (x: number, y: number) => number): Trial[] {
  const sampler = createSampler('gp', setup);
  const history: Trial[] = [];
  for (let number = 0; number < count; number++) {
    const params = sampler.suggest(history, number) ?? {};
    const reached = value(Number(params['x']), Number(params['y']));
    history.push(trialOf(number, params, [{ seed: 0, state: 'complete', value: reached, reports: [] }]));
  }
  return history;
}

const bowl = (x: number, y: number): number => 0.9 - (x - 0.3) ** 2 - (y - 0.6) ** 2;

test('on a bowl little is left once its bottom is found, and never less for more trials', () => {
  const history = search(40, bowl);
  const gain = createGainModel(setup);
  const early = gain(history.slice(0, 12), 12, 20) ?? Number.NaN;
  const late = gain(history, 40, 20) ?? Number.NaN;
  const best = Math.max(...history.map(({ value }) => value ?? 0));
  // What could really be gained, at both times.
  expect(late).toBeGreaterThanOrEqual(0.9 - best);
  expect(early).toBeGreaterThan(late);
  expect(late).toBeLessThan(0.01);
  expect(gain(history, 40, 200) ?? 0).toBeGreaterThanOrEqual(late);
});

test('under noise the gain is not taken from the luck of the best', () => {
  const rng = createRng(1);
  const history = search(40, () => 0.5 + 0.01 * rng.normal());
  expect(createGainModel(setup)(history, 40, 20)).toBeLessThan(0.02);
});

test('is a function of the history: a model that was asked before says the same', () => {
  const history = search(30, bowl);
  const asked = createGainModel(setup);
  for (let count = 10; count < 30; count++) asked(history.slice(0, count), count, 30);
  expect(asked(history, 30, 30)).toBe(createGainModel(setup)(history, 30, 30));
});

test.each([
  ['too few finished trials', 9, bowl],
  ['values that are all the same', 20, () => 0.5],
])('says nothing with %s', (_, count, value) => {
  expect(createGainModel(setup)(search(count, value), count, 20)).toBeNull();
});
