import { expect, test } from 'vitest';
import { formatCoverage, formatRelative, formatShare } from './percent.ts';

test.each([
  [5.32, '+5.3%'],
  [-12.34, '-12.3%'],
  [0.438, '+0.44%'],
  [0.0021, '+0.002%'],
  [0, '0.0%'],
  [null, '—'],
  [Infinity, 'Infinity'],
])('relative %s reads %s', (value, text) => expect(formatRelative(value)).toBe(text));

test.each([
  [0.978, '98%'],
  [0.9999, '> 99%'],
  [0.001, '< 1%'],
  [1, '100%'],
  [null, '—'],
])('share %s reads %s', (value, text) => expect(formatShare(value)).toBe(text));

test.each([
  [0.05, '90%'],
  [0.025, '95%'],
  [0.0125, '97.5%'],
])('one-sided %d covers %s', (alpha, text) => expect(formatCoverage(alpha)).toBe(text));
