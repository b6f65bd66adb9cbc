import { describe, expect, test } from 'vitest';
import type { Trial } from './_contract.ts';
import { gridDensity, pearsonDivergence } from './importance/density.ts';
import { importanceOf } from './importance.ts';
import { drive, finished } from './samplers/conformance.ts';
import { random } from './samplers/random.ts';
import { readSpace } from './space/read.ts';
import type { Params } from './space.ts';

const space = readSpace({
  lr: { type: 'loguniform', low: '1e-5', high: '1e-1' },
  dropout: { type: 'uniform', low: 0, high: 0.5 },
  optimizer: ['adam', 'sgd'],
  momentum: { type: 'uniform', low: 0, high: 0.99, if: { optimizer: 'sgd' } },
  fixed: 3,
});
const trials = (count: number, value: (params: Params, number: number) => number): Trial[] =>
  drive(
    random.create({ space, goal: 'max', seed: 3, plannedTrials: null, fullStep: null }),
    count,
    (number, params) => finished(number, params, value(params, number)),
  );

describe('importanceOf', () => {
  test('finds the parameter that decides, and says that the others are not above chance', () => {
    const found =
      importanceOf(
        space,
        trials(200, ({ lr }) => -((Math.log10(Number(lr)) + 3) ** 2)),
        'max',
      ) ?? [];
    expect(found.map(({ name }) => name)).toHaveLength(4);
    expect(found[0]).toMatchObject({ name: 'lr', isAboveChance: true });
    expect(found[0]?.share).toBeGreaterThan(0.7);
    expect(found.slice(1).filter(({ isAboveChance }) => isAboveChance)).toEqual([]);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (const { share, low, high } of found) {
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  test('of a choice, and for either goal', () => {
    const history = trials(
      150,
      ({ optimizer }, number) => (optimizer === 'adam' ? 1 : 0) + (number % 7) / 100,
    );
    for (const goal of ['max', 'min'] as const) {
      expect(importanceOf(space, history, goal)?.[0]).toMatchObject({
        name: 'optimizer',
        isAboveChance: true,
      });
    }
  });

  test('nothing is above chance in pure noise', () => {
    const history = trials(200, (_, number) => Math.sin(number * number * 12.9898));
    const above = importanceOf(space, history, 'max')?.filter(({ isAboveChance }) => isAboveChance) ?? [];
    expect(above.length).toBeLessThanOrEqual(1);
  });

  test('more trials make narrower intervals', () => {
    const width = (count: number): number => {
      const history = trials(
        count,
        ({ lr, dropout }) => Number(dropout) - Math.abs(Math.log10(Number(lr)) + 3) / 4,
      );
      const lr = importanceOf(space, history, 'max')?.find(({ name }) => name === 'lr');
      return (lr?.high ?? 0) - (lr?.low ?? 0);
    };
    expect(width(1000)).toBeLessThan(0.7 * width(60));
  });

  test('is silent about too few trials and leaves out failed ones', () => {
    const few = trials(30, () => 1).map((trial) => (trial.number < 20 ? { ...trial, value: null } : trial));
    expect(importanceOf(space, few, 'max')).toBeNull();
  });
});

describe('gridDensity', () => {
  test('sums to 1, and follows its counts', () => {
    for (const isOrdered of [true, false]) {
      const density = gridDensity(Float64Array.of(0, 9, 1, 0, 0), isOrdered);
      expect(density.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      expect(density.indexOf(Math.max(...density))).toBe(1);
    }
    expect(gridDensity(Float64Array.of(2, 0), false)).toEqual(Float64Array.of(2 / 3 + 1 / 6, 1 / 6));
  });

  test('the divergence from itself is 0', () => {
    const p = Float64Array.of(0.2, 0.8);
    expect(pearsonDivergence(p, p)).toBe(0);
    expect(pearsonDivergence(Float64Array.of(1, 0), Float64Array.of(0.5, 0.5))).toBe(1);
  });
});
