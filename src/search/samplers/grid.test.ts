import { describe, expect, test } from 'vitest';
import type { History, SearchSetup } from '../_contract.ts';
import { readSpace } from '../space/read.ts';
import type { Params } from '../space.ts';
import { describeSampler, drive, FINITE, finished } from './conformance.ts';
import { grid } from './grid.ts';

describeSampler(grid, { space: FINITE, learns: false });

const setupOf = (space: SearchSetup['space'], seed = 1): SearchSetup => ({
  space,
  goal: 'max',
  seed,
  plannedTrials: null,
  fullStep: null,
});
const tell = (number: number, params: Params): History[number] => finished(number, params, number);
const keys = (history: History): string[] => history.map(({ params }) => JSON.stringify(params));

describe('grid', () => {
  const space = readSpace({ dropout: [0.3, 0.4, 0.5], wd: ['1e-5', '1e-4'], amp: [true, false] });

  test('is every configuration once, and then nothing', () => {
    const history = drive(grid.create(setupOf(space)), 100, tell);
    expect(new Set(keys(history)).size).toBe(12);
    expect(history).toHaveLength(12);
  });

  test('counts a configuration once where a parameter is inactive', () => {
    const conditional = readSpace({
      optimizer: ['adam', 'sgd'],
      momentum: { type: 'uniform', low: 0, high: 0.9, step: 0.45, if: { optimizer: 'sgd' } },
    });
    const history = drive(grid.create(setupOf(conditional)), 100, tell);
    expect(keys(history).sort()).toEqual(
      [
        '{"optimizer":"adam"}',
        '{"optimizer":"sgd","momentum":0.45}',
        '{"optimizer":"sgd","momentum":0.9}',
        '{"optimizer":"sgd","momentum":0}',
      ].sort(),
    );
  });

  test('leaves out what was tried already, whoever tried it', () => {
    const baseline = finished(0, { dropout: 0.4, wd: 1e-4, amp: true }, 0.7);
    const history = drive(grid.create(setupOf(space)), 100, tell, [baseline]);
    expect(history).toHaveLength(12);
    expect(
      new Set(
        history
          .slice(1)
          .map(({ params }) => JSON.stringify([params['dropout'], params['wd'], params['amp']])),
      ).size,
    ).toBe(11);
  });

  test('cannot hold a continuous range', () => {
    const continuous = readSpace({ lr: { type: 'loguniform', low: 1e-5, high: 0.1 } });
    expect(() => grid.create(setupOf(continuous))).toThrow('lr has infinitely many values');
  });
});
