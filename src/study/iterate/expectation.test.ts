import { expect, it } from 'vitest';
import { expectedRange } from './expectation.ts';

it.each([
  ['+3–5% val acc', { low: 3, high: 5 }],
  ['+3-5 points of validation accuracy', { low: 3, high: 5 }],
  ['+0.5 to +2 points (rule of thumb)', { low: 0.5, high: 2 }],
  ['-1 to +2 points', { low: -1, high: 2 }],
  ['2–4 percentage points', { low: 2, high: 4 }],
  ['about +2 pp', { low: 2, high: 2 }],
  ['~1% better', { low: 1, high: 1 }],
  ['no gain alone', { low: 0, high: 0 }],
  ['All together: validation accuracy 90–92%, gap under 5 points.', null],
  ['learning gets 2-3 times slower', null],
  ['reaches 85%', null],
  ['small', null],
  [null, null],
] as const)('%j', (text, range) => {
  expect(expectedRange(text)).toEqual(range);
});
