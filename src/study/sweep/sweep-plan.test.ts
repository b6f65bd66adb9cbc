import { expect, test } from 'vitest';
import type { ConfigValue } from '../../config/value.ts';
import { readSpace } from '../../search/space/read.ts';
import { sweepPlan } from './sweep-plan.ts';
import { mergeWish, type SweepWish } from './wish.ts';

const number = { type: 'uniform', low: 0, high: 1 };
const choice = { type: 'categorical', choices: ['x', 'y'] };
const NUMBERS = { a: number, b: number };
const CHOICES = { a: choice, b: choice };
/** Two odd parameters of four, one of them odd in two ways. */
const MIXED = { ...NUMBERS, c: choice, d: { ...choice, if: { c: 'x' } } };

test.each<[string, ConfigValue, Partial<SweepWish>, 'model' | undefined]>([
  ['numbers', NUMBERS, {}, 'model'],
  ['as many choices as numbers', MIXED, {}, 'model'],
  ['mostly choices, which auto leaves to TPE', CHOICES, {}, undefined],
  ['another sampler', NUMBERS, { sampler: 'tpe' }, undefined],
  ['a patience of the user', NUMBERS, { patience: 10 }, undefined],
  ['as many trials as auto gives to the Gaussian process', NUMBERS, { trials: 1000 }, 'model'],
  ['more, for which auto takes CMA-ES', NUMBERS, { trials: 1001 }, undefined],
  ['more, with the Gaussian process asked for', NUMBERS, { sampler: 'gp', trials: 1001 }, 'model'],
])('what ends a search early: %s', (_, space, wish, expected) => {
  const none = mergeWish({ retryFailed: false }, undefined, undefined, undefined);
  const plan = sweepPlan(
    readSpace(space),
    { ...none, ...wish },
    { first: [], fullEpochs: null, firstSeed: 7 },
  );
  expect(plan.stopsBy).toBe(expected);
});
