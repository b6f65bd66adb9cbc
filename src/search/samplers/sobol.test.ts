import { describe, expect, test } from 'vitest';
import type { Param } from '../space.ts';
import { describeSampler } from './conformance.ts';
import { sobol } from './sobol.ts';

describeSampler(sobol, { learns: false });

describe('sobol', () => {
  const at = (name: string): Pick<Param, 'name' | 'path' | 'when'> => ({ name, path: [name], when: [] });
  const space = {
    params: [
      { ...at('a'), kind: 'ordinal', choices: [1, 2, 3, 4] } as const,
      { ...at('b'), kind: 'categorical', choices: ['x', 'y'] } as const,
    ],
  };

  test('covers a small grid exactly once', () => {
    const sampler = sobol.create({ space, goal: 'min', seed: 3, plannedTrials: null, fullStep: null });
    const seen = Array.from({ length: 8 }, (_, number) => JSON.stringify(sampler.suggest([], number)));
    expect(new Set(seen).size).toBe(8);
  });

  test('has points for more parameters than the table has dimensions', () => {
    const params = Array.from({ length: 200 }, (_, index): Param => ({
      ...at(`p${index}`),
      kind: 'float',
      low: 0,
      high: 1,
      isLog: false,
      step: null,
    }));
    const sampler = sobol.create({
      space: { params },
      goal: 'min',
      seed: 3,
      plannedTrials: null,
      fullStep: null,
    });
    const values = Object.values(sampler.suggest([], 1) ?? {});
    expect(new Set(values).size).toBeGreaterThan(190);
  });
});
