import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatNumber, styleOf } from './number.ts';

test.each([
  ['1', { float: false, exponent: false }],
  ['1.0', { float: true, exponent: false }],
  ['1e-4', { float: true, exponent: true }],
  ['-.5', { float: true, exponent: false }],
  ['0x1E', {}],
  ['adam', {}],
  ['"1.0"', {}],
  ['', {}],
])('%s is spelled as %j', (spelling, style) => {
  expect(styleOf(spelling)).toEqual(style);
});

test('every finite number is read back by JSON and has a dot before its exponent', () => {
  const style = fc.record({ float: fc.boolean(), exponent: fc.boolean() });
  const property = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), style, (value, how) => {
    const text = formatNumber(value, how);
    expect(Object.is(JSON.parse(text), value)).toBe(true);
    expect(text).not.toMatch(/^[^.]*e/);
    expect(text).not.toMatch(/e[^+-]/);
  });
  fc.assert(property, { numRuns: 1000 });
});
