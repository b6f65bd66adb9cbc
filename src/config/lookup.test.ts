import { expect, test } from 'vitest';
import { allPaths, equalValues, getAt, hasAt, leafPaths } from './lookup.ts';
import type { ConfigPath } from './path.ts';
import type { ConfigValue } from './value.ts';

const VALUE: ConfigValue = { a: { b: [1, { c: null }], d: {} }, e: false, 30: 0.1 };

test.each<[ConfigPath, ConfigValue | undefined]>([
  [[], VALUE],
  [['a', 'b', 0], 1],
  [['a', 'b', '0'], 1],
  [['a', 'b', 1, 'c'], null],
  [['a', 'b', 2], undefined],
  [['a', 'b', -1], undefined],
  [['a', 'b', '01'], undefined],
  [['a', 'b', 'length'], undefined],
  [['e'], false],
  [['e', 'x'], undefined],
  [['30'], 0.1],
  [[30], 0.1],
  [['toString'], undefined],
  [['__proto__'], undefined],
])('%j leads to %j', (path, value) => {
  expect(getAt(VALUE, path)).toEqual(value);
  expect(hasAt(VALUE, path)).toBe(value !== undefined);
});

test('lists leaves, empty collections among them', () => {
  expect(leafPaths(VALUE)).toEqual([['30'], ['a', 'b', 0], ['a', 'b', 1, 'c'], ['a', 'd'], ['e']]);
});

test('lists all paths, collections before what they hold', () => {
  expect(allPaths({ a: { b: [1] } })).toEqual([['a'], ['a', 'b'], ['a', 'b', 0]]);
});

test.each<[ConfigValue, ConfigValue, boolean]>([
  [1, 1.0, true],
  [0, -0, true],
  [Number.NaN, Number.NaN, true],
  [1, '1', false],
  [true, 1, false],
  [null, false, false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1 }, { a: 1, b: null }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: [{ b: Number.NaN }] }, { a: [{ b: Number.NaN }] }, true],
])('%j equals %j: %s', (a, b, isEqual) => {
  expect(equalValues(a, b)).toBe(isEqual);
  expect(equalValues(b, a)).toBe(isEqual);
});
