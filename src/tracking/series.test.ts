import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Series } from './series.ts';

test('a series is a map from step to value, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.double())), (pairs) => {
      const series = new Series();
      for (const [step, value] of pairs) series.set(step, value);
      const map = new Map(pairs);
      for (let step = 0; step <= 31; step++) expect(series.get(step)).toBe(map.get(step));
    }),
  );
});
