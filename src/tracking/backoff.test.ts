import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test.each([
  [1, 1, 1000],
  [2, 1, 2000],
  [4, 1, 8000],
  [1, 0, 750],
  [7, 1, 60_000],
  [1000, 0, 45_000],
])('after %d failures, random %d: %d ms', (failures, random, ms) => {
  expect(backoffMs(failures, random)).toBe(ms);
});
