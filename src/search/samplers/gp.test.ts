import { describe, expect, test } from 'vitest';
import type { Sampler, Trial } from '../_contract.ts';
import { createGainModel } from '../gp/further-gain.ts';
import { trialOf } from '../trial.ts';
import type { Space } from '../space.ts';
import { bowl, describeSampler, drive, finished, MIXED } from './conformance.ts';
import { auto } from './auto.ts';
import { gp } from './gp.ts';

describeSampler(gp, { learns: true, trials: 24 });
describeSampler(auto, { learns: false, trials: 16 });

const LINE: Space = {
  params: [{ name: 'x', path: ['x'], when: [], kind: 'float', low: 0, high: 1, isLog: false, step: null }],
};

describe('the gp sampler', () => {
  test('finds the maximum of a smooth function of one parameter to two digits in 25 trials', () => {
    const setup = { space: LINE, goal: 'max', seed: 3, plannedTrials: 25, fullStep: null } as const;
    const f = (x: number): number => Math.sin(7 * x) - 0.5 * x;
    const trials = drive(gp.create(setup), 25, (number, params) =>
      finished(number, params, f(Number(params['x']))),
    );
    const best = trials.reduce((a, b) => ((a.value ?? 0) > (b.value ?? 0) ? a : b));
    expect(Number(best.params['x'])).toBeCloseTo(Math.acos(0.5 / 7) / 7, 2);
  });

  test('learns from trainings that were stopped: what they showed early points to the good side', () => {
    const setup = { space: LINE, goal: 'max', seed: 5, plannedTrials: null, fullStep: 27 } as const;
    const tell = (number: number, params: Trial['params']): Trial => {
      const level = 1 - Math.abs(Number(params['x']) - 0.8);
      const length = number % 6 === 0 ? 27 : 3;
      const reports = Array.from({ length }, (_, i) => ({
        step: i + 1,
        value: level * (1 - Math.exp(-(i + 1) / 6)),
      }));
      const isWhole = length === 27;
      const value = isWhole ? (reports.at(-1)?.value ?? null) : null;
      return trialOf(number, params, [{ seed: 1, state: isWhole ? 'complete' : 'pruned', value, reports }]);
    };
    const late = drive(gp.create(setup), 20, tell).slice(-6);
    for (const { params } of late) expect(Math.abs(Number(params['x']) - 0.8)).toBeLessThan(0.25);
  });

  test('suggests the same whether or not the model of further gains was asked meanwhile', () => {
    const tell = (number: number, params: Trial['params']): Trial =>
      finished(number, params, Math.sin(7 * Number(params['x'])));
    const search = (asksForGain: boolean): Trial['params'][] => {
      // A space of its own: fits are shared by all that look at the same one.
      const setup = {
        space: structuredClone(LINE),
        goal: 'max',
        seed: 6,
        plannedTrials: 20,
        fullStep: null,
      } as const;
      const gainOf = createGainModel(setup);
      const sampler = gp.create(setup);
      const asked: Sampler = {
        name: 'gp',
        suggest(history, number) {
          if (asksForGain) gainOf(history, number, 5);
          return sampler.suggest(history, number);
        },
      };
      return drive(asked, 20, tell).map(({ params }) => params);
    };
    expect(search(true)).toEqual(search(false));
  });

  test('asked afresh about the middle of a search, it says what it said then', () => {
    const setup = { space: MIXED, goal: 'min', seed: 2, plannedTrials: 40, fullStep: null } as const;
    const trials = drive(gp.create(setup), 34, (number, params) => finished(number, params, bowl(params)));
    for (const number of [12, 33]) {
      const other = gp.create({ ...setup, space: structuredClone(MIXED) });
      expect(other.suggest(trials.slice(0, number), number)).toEqual(trials[number]?.params);
    }
  });

  test.each([
    ['few planned trials', 100],
    ['many', 1000],
  ])('reaches the edge of a range exactly, with %s', (_, plannedTrials) => {
    const setup = { space: LINE, goal: 'max', seed: 3, plannedTrials, fullStep: null } as const;
    const trials = drive(gp.create(setup), 30, (number, params) =>
      finished(number, params, -((Number(params['x']) - 1) ** 2)),
    );
    expect(Math.max(...trials.map(({ params }) => Number(params['x'])))).toBe(1);
  });
});
