import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DecimalReader } from './decimal.ts';

function read(text: string): [value: number, end: number] {
  const reader = new DecimalReader();
  const end = reader.read(Buffer.from(`${text}\n`), 0);
  return [reader.value, end];
}

it('reads every double as Number does, however it is written', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(20), (value, digits) => {
      for (const text of [String(value), value.toExponential(), value.toPrecision(digits + 1)]) {
        expect(read(text)).toEqual([Number(text), text.length]);
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['0', 0],
  ['-0', -0],
  ['.5', 0.5],
  ['5.', 5],
  ['+1e-4', 1e-4],
  ['9007199254740993', 9007199254740992],
  ['0.1e-30', 1e-31],
  ['1e400', Number.POSITIVE_INFINITY],
  ['00012', 12],
  ['nan', Number.NaN],
  ['NaN', Number.NaN],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
])('reads %s', (text, value) => {
  expect(read(text)).toEqual([value, text.length]);
});

it.each([
  ['', 0],
  ['nano', 0],
  ['info', 0],
  ['NA', 0],
  ['-NA', -1],
  ['x', 0],
  ['-', -1],
  ['.', -1],
  ['1e', -1],
  ['1e+', -1],
])('finds no number in %j', (text, end) => {
  expect(read(text)[1]).toBe(end);
});
