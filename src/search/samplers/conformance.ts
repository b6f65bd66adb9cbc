import { describe, expect, test } from 'vitest';
import type { History, Sampler, SamplerKind, SearchSetup, Trial } from '../_contract.ts';
import type { Param, Params, Space } from '../space.ts';
import { isInside } from '../space/active.ts';
import { trialOf } from '../trial.ts';
import { random } from './random.ts';

const SEEDS = 8;

const at = (name: string): Pick<Param, 'name' | 'path' | 'when'> => ({ name, path: [name], when: [] });

/** Every kind of domain, and one parameter that exists only beside a choice. */
export const MIXED: Space = {
  params: [
    { ...at('lr'), kind: 'float', low: 1e-5, high: 0.1, isLog: true, step: null },
    { ...at('momentum'), kind: 'float', low: 0, high: 0.99, isLog: false, step: null },
    { ...at('dropout'), kind: 'float', low: 0, high: 0.5, isLog: false, step: 0.05 },
    { ...at('layers'), kind: 'int', low: 1, high: 7, isLog: false, step: 2 },
    { ...at('units'), kind: 'int', low: 16, high: 1024, isLog: true, step: 1 },
    { ...at('batch'), kind: 'ordinal', choices: [16, 32, 64, 128] },
    { ...at('optimizer'), kind: 'categorical', choices: ['adam', 'sgd', null, true] },
    {
      ...at('beta'),
      kind: 'float',
      low: 0.8,
      high: 0.999,
      isLog: false,
      step: null,
      when: [{ param: 'optimizer', test: 'in', values: ['adam'] }],
    },
  ],
};

/** Finitely many configurations, conditional ones among them. */
export const FINITE: Space = {
  params: MIXED.params.filter((param) => ['layers', 'batch', 'optimizer'].includes(param.name)),
};

export interface SamplerCase {
  /** The space the sampler is tried on: `MIXED`, unless it cannot do that. */
  space?: Space;
  /** How many trials the suite asks for; shorter for expensive samplers. */
  trials?: number;
  /** Whether it learns from values; such samplers must beat random draws on a bowl. */
  learns: boolean;
}

/** A bowl over any configuration of `MIXED` or `FINITE`: 0 is best. */
export function bowl(params: Params): number {
  const number = (name: string): number => Number(params[name] ?? 0);
  return (
    (Math.log10(number('lr') || 1e-3) + 3) ** 2 +
    (number('momentum') - 0.5) ** 2 +
    (number('layers') / 4 - 1) ** 2 +
    (Math.log2(number('batch')) - 6) ** 2 / 4 +
    (params['optimizer'] === 'adam' ? (number('beta') - 0.9) ** 2 : 0.5)
  );
}

export function finished(number: number, params: Params, value: number, seed = 1): Trial {
  return trialOf(number, params, [{ seed, state: 'complete', value, reports: [{ step: 1, value }] }]);
}

/** Asks and tells `count` trials one after the other; trial by trial what `tell` makes of them. */
export function drive(
  sampler: Sampler,
  count: number,
  tell: (number: number, params: Params) => Trial,
  before: History = [],
): Trial[] {
  const history: Trial[] = [...before];
  for (let number = history.length; number < count; number++) {
    const params = sampler.suggest(history, number);
    if (params === null) break;
    history.push(tell(number, params));
  }
  return history;
}

/** What every sampler must do. */
export function describeSampler(kind: SamplerKind, suite: SamplerCase): void {
  const space = suite.space ?? MIXED;
  const trials = suite.trials ?? 40;
  const setup: SearchSetup = { space, goal: 'min', seed: 7, plannedTrials: trials, fullStep: null };
  const score = (number: number, params: Params): Trial => finished(number, params, bowl(params));
  const paramsOf = (history: History): Params[] => history.map((trial) => trial.params);

  describe(`the ${kind.name} sampler`, () => {
    test('stays inside every domain, on every scale', () => {
      for (const { params } of drive(kind.create(setup), trials, score)) {
        expect(isInside(space, params), JSON.stringify(params)).toBe(true);
      }
    });

    test('suggests the same under the same seed and something else under another', () => {
      const once = paramsOf(drive(kind.create(setup), trials, score));
      const again = paramsOf(drive(kind.create(setup), trials, score));
      const other = paramsOf(drive(kind.create({ ...setup, seed: 8 }), trials, score));
      expect(again).toEqual(once);
      expect(other).not.toEqual(once);
    });

    test('goes on after a resume as if nothing had happened', () => {
      const whole = drive(kind.create(setup), trials, score);
      const half = whole.slice(0, Math.floor(whole.length / 2));
      // Equal trials, other objects: what a store gives back.
      const restored = JSON.parse(JSON.stringify(half)) as Trial[];
      const resumed = drive(kind.create(setup), trials, score, restored);
      expect(JSON.parse(JSON.stringify(resumed))).toEqual(JSON.parse(JSON.stringify(whole)));
    });

    test('answers the same question in the same way, however often and whatever was asked between', () => {
      const sampler = kind.create(setup);
      const history = drive(sampler, trials, score).slice(0, -1);
      const answer = sampler.suggest(history, history.length);
      sampler.suggest(history.slice(0, 3), 3);
      sampler.suggest([], 0);
      expect(sampler.suggest(history, history.length)).toEqual(answer);
    });

    test('suggests different things to slots that ask at the same time', () => {
      const history = drive(kind.create(setup), Math.floor(trials / 2), score);
      const sampler = kind.create(setup);
      const asked = new Set<string>();
      for (let slot = 0; slot < 4; slot++) {
        const number = history.length;
        const params = sampler.suggest(history, number);
        expect(params).not.toBeNull();
        if (params === null) return;
        asked.add(JSON.stringify(params));
        history.push(trialOf(number, params, [{ seed: 1, state: 'running', value: null, reports: [] }]));
      }
      expect(asked.size).toBe(4);
    });

    test('survives failed, pruned, diverged and unmeasured trials', () => {
      const history = drive(kind.create(setup), trials, (number, params) => {
        const value = bowl(params);
        const reports = [{ step: 1, value: number % 5 === 2 ? Number.NaN : value }];
        if (number % 5 === 4) return score(number, params);
        const state = (['failed', 'pruned', 'pruned', 'running'] as const)[number % 5] ?? 'failed';
        return trialOf(number, params, [{ seed: 1, state, value: null, reports: number % 2 ? [] : reports }]);
      });
      expect(history.length).toBeGreaterThan(3);
      for (const { params } of history) expect(isInside(space, params)).toBe(true);
    });

    test('survives values that are all equal, and trials from outside the space', () => {
      const foreign = { lr: 5, layers: 'many', optimizer: 'lion', unheard: 1 };
      const history = drive(
        kind.create(setup),
        Math.min(trials, 25),
        (number, params) => finished(number, params, 1),
        [finished(0, foreign, 0)],
      );
      for (const { params } of history.slice(1)) expect(isInside(space, params)).toBe(true);
    });

    test('handles a space of one point', () => {
      const point: Space = {
        params: [
          { ...at('a'), kind: 'categorical', choices: ['only'] },
          { ...at('b'), kind: 'int', low: 3, high: 3, isLog: false, step: 1 },
        ],
      };
      const history = drive(kind.create({ ...setup, space: point }), 15, score);
      expect(history.length).toBeGreaterThan(0);
      for (const { params } of history) expect({ ...params }).toEqual({ a: 'only', b: 3 });
    });

    if (suite.learns) {
      test('learns on a bowl, for either goal: 30 % closer to the best value than random draws', () => {
        const meanBest = (tried: SamplerKind, goal: SearchSetup['goal']): number => {
          const sign = goal === 'min' ? 1 : -1;
          let sum = 0;
          for (let seed = 0; seed < SEEDS; seed++) {
            const sampler = tried.create({ ...setup, goal, seed });
            const history = drive(sampler, trials, (number, params) =>
              finished(number, params, sign * bowl(params)),
            );
            sum += Math.min(...history.map((trial) => sign * (trial.value ?? Infinity)));
          }
          return sum / SEEDS;
        };
        const byChance = meanBest(random, 'min');
        for (const goal of ['min', 'max'] as const) {
          expect(meanBest(kind, goal)).toBeLessThan(0.7 * byChance);
        }
      });
    }
  });
}
