import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffValues } from './diff.ts';
import { Choices } from './fixtures/choices.ts';
import { randomValue } from './fixtures/random-edits.ts';
import { withInserted, withRemoved, withValue } from './intended.ts';
import { equalValues, isMapping } from './lookup.ts';

test('tells new, changed and removed apart', () => {
  const from = { a: 1, b: { c: [1, 2], d: { x: 1 } }, e: null };
  const to = { a: 1.0, b: { c: [1, 3], f: { y: 1 } }, e: 0 };
  expect(diffValues(from, to)).toEqual([
    { path: ['b', 'c'], kind: 'changed', from: [1, 2], to: [1, 3] },
    { path: ['b', 'd'], kind: 'removed', from: { x: 1 }, to: null },
    { path: ['b', 'f'], kind: 'new', from: null, to: { y: 1 } },
    { path: ['e'], kind: 'changed', from: null, to: 0 },
  ]);
});

test('compares lists of equal length item by item when asked', () => {
  const options = { items: true };
  expect(diffValues({ a: [1, { b: 1 }] }, { a: [1, { b: 2 }] }, options)).toEqual([
    { path: ['a', 1, 'b'], kind: 'changed', from: 1, to: 2 },
  ]);
  expect(diffValues({ a: [1] }, { a: [1, 2] }, options)).toEqual([
    { path: ['a'], kind: 'changed', from: [1], to: [1, 2] },
  ]);
});

test('applying the differences gives the other value', () => {
  const numbers = fc.array(fc.nat(1000), { maxLength: 60, size: 'max' });
  const property = fc.property(numbers, numbers, (a, b) => {
    const options = { hasNull: true, hasSpecialNumbers: true };
    // The first decision makes it a mapping.
    const from = randomValue(new Choices([8, ...a]), options);
    const to = randomValue(new Choices([8, ...b]), options);
    if (!isMapping(from) || !isMapping(to)) throw new Error('not mappings');
    let value = from;
    for (const { path, kind, to: wanted } of diffValues(from, to)) {
      if (kind === 'removed') value = withRemoved(value, path);
      else value = kind === 'new' ? withInserted(value, path, wanted) : withValue(value, path, wanted);
    }
    expect(equalValues(value, to)).toBe(true);
  });
  fc.assert(property, { numRuns: 300 });
});
