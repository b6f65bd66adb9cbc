import { expect, test } from 'vitest';
import { describeGapChange, describeGaps } from './gap.ts';
import { figuresOf } from './number.ts';

const figures = figuresOf('percent', [80]);

test.each([
  [6.3, 3.1, 'reduced by 3.2 pp'],
  [3.1, 6.3, 'widened by 3.2 pp'],
  [6.3, 6.3, 'unchanged'],
  [2, -1, 'reduced by 3.0 pp; validation is now ahead of training'],
  [-1, -3, 'lowered by 2.0 pp'],
  [-1, 2, 'raised by 3.0 pp'],
  [null, 3, '—'],
  [Number.NaN, 3, '—'],
])('%s → %s: %s', (from, to, text) => expect(describeGapChange(from, to, figures)).toBe(text));

test('a gap below zero keeps its sign', () =>
  expect(describeGaps(-2.3, 3.1, figures)).toBe('-2.3 pp → 3.1 pp (raised by 5.4 pp)'));
