import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignItems } from './align.ts';
import type { ConfigValue } from './value.ts';

test('keeps as many items as possible', () => {
  expect(alignItems(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
    { start: 3, count: 0, items: ['d'] },
    { start: 1, count: 1, items: ['x'] },
  ]);
  expect(alignItems(['a', 'b', 'c', 'd'], ['b', 'd'])).toEqual([
    { start: 2, count: 1, items: [] },
    { start: 0, count: 1, items: [] },
  ]);
  expect(alignItems([{ a: 1 }], [{ a: 1.0 }])).toEqual([]);
});

test('closing the gaps from the last gives the other list', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  const property = fc.property(list, list, (from, to) => {
    const result: ConfigValue[] = [...from];
    for (const { start, count, items } of alignItems(from, to)) result.splice(start, count, ...items);
    expect(result).toEqual(to);
  });
  fc.assert(property, { numRuns: 500 });
});

test('long lists are not compared item by item', () => {
  const numbers = (from: number): number[] => Array.from({ length: 5000 }, (_, index) => index + from);
  expect(alignItems(numbers(0), numbers(6000))).toEqual([{ start: 0, count: 5000, items: numbers(6000) }]);
});
