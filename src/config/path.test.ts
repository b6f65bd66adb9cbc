import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPath, parsePath } from './path.ts';

test.each([
  ['a.b', ['a', 'b']],
  ['groups[0].lr', ['groups', 0, 'lr']],
  ['a."b.c"', ['a', 'b.c']],
  ['"x y"[1]', ['x y', 1]],
])('%s', (text, path) => {
  expect(parsePath(text)).toEqual(path);
  expect(formatPath(path)).toBe(text);
});

test.each(['', '.', 'a.', '.a', 'a..b', 'a b', 'a[x]', '"a', 'a"b"'])('%j is no path', (text) => {
  expect(parsePath(text)).toBeUndefined();
});

test('every path can be written and read', () => {
  const key = fc.oneof(fc.string(), fc.nat(1000));
  const property = fc.property(fc.array(key, { minLength: 1 }), (path) => {
    expect(parsePath(formatPath(path))).toEqual(path);
  });
  fc.assert(property, { numRuns: 500 });
});
