import { expect, it } from 'vitest';
import { digitsBetween, showAmount, showValue } from './show.ts';

it.each([
  [0.9498, 0.95, 'fraction', '94.98%', '95.00%'],
  [0.931, 0.95, 'fraction', '93.1%', '95.0%'],
  [94.996, 95, 'percent', '94.996%', '95.000%'],
  [56.501, 56.5, 'other', '56.501', '56.5'],
  [95, 95, 'percent', '95.0%', '95.0%'],
  [95, 95.000001, 'percent', '95.0%', '95.0%'],
] as const)('%s beside %s (%s): %s and %s', (a, b, scale, shownA, shownB) => {
  const further = digitsBetween(a, b, { scale });
  expect([showValue(a, { scale }, further), showValue(b, { scale }, further)]).toEqual([shownA, shownB]);
});

it.each([
  [0.000341, 'fraction', '0.034 pp'],
  [0.0456, 'fraction', '4.6 pp'],
  [12.34, 'percent', '12 pp'],
  [0, 'percent', '0 pp'],
  [0.0012345, 'other', '0.00123'],
] as const)('an amount of %s (%s): %s', (value, scale, shown) => {
  expect(showAmount(value, { scale })).toBe(shown);
});
