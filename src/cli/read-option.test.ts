import { describe, expect, test } from 'vitest';
import { budgetOption, integerOption, seedsOption } from './read-option.ts';

describe('seeds', () => {
  test.each([
    ['42', [42]],
    ['42,43, 44', [42, 43, 44]],
    ['3-6', [3, 4, 5, 6]],
    ['1..2,9', [1, 2, 9]],
  ])('%s', (text, seeds) => expect(seedsOption({ seeds: text }, 'seeds')).toEqual(seeds));

  test.each(['a', '', '1,,2', '5-3', '1,1', '-4', '1.5', '0-99999'])('%j is refused', (text) => {
    expect(() => seedsOption({ seeds: text }, 'seeds')).toThrowError(
      expect.objectContaining({ code: 'USAGE_OPTION_INVALID', exit: 2 }),
    );
  });
});

describe('budget', () => {
  test.each([
    ['12', { runs: 12 }],
    ['12 runs', { runs: 12 }],
    ['8h', { hours: 8 }],
    ['90m', { hours: 1.5 }],
    ['12,8h', { runs: 12, hours: 8 }],
  ])('%s', (text, budget) => expect(budgetOption({ budget: text }, 'budget')).toEqual(budget));

  test.each(['0', 'much', '5 parsecs', '0h', ''])('%j is refused', (text) => {
    expect(() => budgetOption({ budget: text }, 'budget')).toThrowError(
      expect.objectContaining({ code: 'USAGE_OPTION_INVALID' }),
    );
  });
});

test('a whole number out of range is refused', () => {
  expect(integerOption({ n: '3' }, 'n', 1)).toBe(3);
  expect(integerOption({}, 'n', 1)).toBeUndefined();
  for (const text of ['0', '1.5', 'x', '-1', '1e3'])
    expect(() => integerOption({ n: text }, 'n', 1)).toThrow();
});
