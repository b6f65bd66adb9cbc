import { expect, it } from 'vitest';
import { JsonNumber, numbersIn } from './json-value.ts';

function numberIn(bytes: Buffer, start: number, end: number): number | undefined {
  const number = new JsonNumber();
  return number.read(bytes, start, end) ? number.value : undefined;
}

it.each([
  ['30', 30],
  ['-0.25', -0.25],
  ['1e-07', 1e-7],
  ['NaN', Number.NaN],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['"Infinity"', Number.POSITIVE_INFINITY],
  ['"NaN"', Number.NaN],
  ['12345678901234567890', 12345678901234567000],
  ['"30"', undefined],
  ['true', undefined],
  ['null', undefined],
  ['[1]', undefined],
  ['1x', undefined],
  ['', undefined],
])('the number in %s is %s, whatever lies behind it', (text, number) => {
  for (const behind of ['', '7', '.5', 'e9', 'e', '\n', 'x', '"', '-'])
    expect(numberIn(Buffer.from(`..${text}${behind}`), 2, 2 + text.length)).toBe(number);
});

it('finds the numbers in objects that are no media', () => {
  const find = (text: string) => numbersIn(Buffer.from(text), 0, text.length);
  expect(find('{"a": 1, "b": {"c": NaN, "d": [2]}}')).toEqual([
    [['a'], 1],
    [['b', 'c'], Number.NaN],
  ]);
  expect(find('{"_type": "image-file", "width": 3}')).toEqual([]);
  expect(find('{"a": ')).toEqual([]);
});
