import { expect, test } from 'vitest';
import { formatDuration, parseDurationMs } from './duration.ts';

test.each([
  [90, 90_000],
  ['90', 90_000],
  ['1.5s', 1500],
  ['250ms', 250],
  ['30m', 1_800_000],
  ['1h30m', 5_400_000],
  ['2 h', 7_200_000],
  ['1d', 86_400_000],
  ['', undefined],
  ['soon', undefined],
  ['5 parsecs', undefined],
  [-1, undefined],
])('%j is %s ms', (text, ms) => expect(parseDurationMs(text)).toBe(ms));

test.each([
  [250, '250ms'],
  [4200, '4.2s'],
  [42_000, '42s'],
  [83_000, '1m 23s'],
  [59_900, '1m 00s'],
  [5_520_000, '1h 32m'],
  [Number.NaN, '?'],
])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
