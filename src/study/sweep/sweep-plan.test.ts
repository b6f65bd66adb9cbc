import { describe, expect, test } from 'vitest';
import type { ConfigValue } from '../../config/value.ts';
import { readSpace } from '../../search/space/read.ts';
import { firstSeedOf } from './parts.ts';
import { sweepPlan } from './sweep-plan.ts';
import type { SweepPlan } from './types.ts';
import { mergeWish, type SweepWish } from './wish.ts';

const NUMBERS = { a: { type: 'uniform', low: 0, high: 1 }, b: { type: 'uniform', low: 0, high: 1 } };
const CHOICES = {
  a: { type: 'categorical', choices: ['x', 'y'] },
  b: { type: 'categorical', choices: ['p', 'q'] },
};

const planOf = (
  wish: Partial<SweepWish> = {},
  fullEpochs: number | null = null,
  space: ConfigValue = NUMBERS,
): SweepPlan =>
  sweepPlan(
    readSpace(space),
    { ...mergeWish({ retryFailed: false }, undefined, undefined, undefined), ...wish },
    { first: [], fullEpochs, firstSeed: 7 },
  );

describe('first seeds', () => {
  test.each([
    ['by default, with nothing to prune', planOf(), [7, 8, 9, 7, 8]],
    ['of four', planOf({ sampler: 'gp', seeds: 4 }), [7, 8, 9, 10, 7]],
    ['with one seed', planOf({ seeds: 1 }), [7, 7, 7, 7, 7]],
    ['where a pruner compares curves', planOf({}, 50), [7, 7, 7, 7, 7]],
    ['where pruning is off', planOf({ pruner: false }, 50), [7, 8, 9, 7, 8]],
    ['where no model tells seeds apart', planOf({ sampler: 'tpe' }), [7, 7, 7, 7, 7]],
    ['where choices are left to TPE', planOf({}, null, CHOICES), [7, 7, 7, 7, 7]],
    ['of a search too long for a Gaussian process', planOf({ trials: 2000 }), [7, 7, 7, 7, 7]],
  ])('%s', (_, plan, seeds) => {
    expect([0, 1, 2, 3, 4].map((number) => firstSeedOf(number, plan))).toEqual(seeds);
  });
});
