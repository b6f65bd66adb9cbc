import { describe, expect, test } from 'vitest';
import type { Param } from '../space.ts';
import { cmaEs } from './cma-es.ts';
import { describeSampler, drive, finished } from './conformance.ts';

describeSampler(cmaEs, { trials: 80, learns: true });

describe('cma-es', () => {
  test('finds the bottom of a narrow, turned valley', () => {
    const params = ['a', 'b', 'c'].map((name): Param => ({
      name,
      path: [name],
      when: [],
      kind: 'float',
      low: -2,
      high: 2,
      isLog: false,
      step: null,
    }));
    const setup = { space: { params }, goal: 'min', plannedTrials: 600, fullStep: null } as const;
    for (const seed of [1, 2, 3]) {
      const history = drive(cmaEs.create({ ...setup, seed }), 600, (number, { a, b, c }) => {
        const [x, y, z] = [Number(a), Number(b), Number(c)];
        return finished(number, { a: x, b: y, c: z }, 100 * (y - x) ** 2 + 100 * (z - y) ** 2 + (x - 1) ** 2);
      });
      expect(Math.min(...history.map(({ value }) => value ?? Infinity))).toBeLessThan(1e-4);
    }
  });
});
