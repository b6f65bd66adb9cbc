import { describe, expect, test } from 'vitest';
import { figuresOf, type Scale } from './number.ts';

describe('values and differences', () => {
  test.each<[Scale, number, number, string, string, string]>([
    ['percent', 78.9, 83.1, '78.9%', '83.1%', '+4.2 pp'],
    ['fraction', 0.789, 0.831, '78.9%', '83.1%', '+4.2 pp'],
    ['fraction', 0.831, 0.789, '83.1%', '78.9%', '-4.2 pp'],
    ['percent', 99.12, 99.15, '99.120%', '99.150%', '+0.030 pp'],
    ['percent', 50, 50, '50.0%', '50.0%', '0.0 pp'],
    ['other', 41.5, 37.9, '41.5', '37.9', '-3.6'],
    ['other', 1234.5, 1214.5, '1235', '1215', '-20'],
    ['other', 0.412, 0.397, '0.412', '0.397', '-0.015'],
    ['other', 1.25e-5, 1.1e-5, '1.25e-5', '1.10e-5', '-1.5e-6'],
    ['other', 2.5e9, 2.6e9, '2.50e+9', '2.60e+9', '+1.0e+8'],
    ['other', 0, 0, '0', '0', '0'],
  ])('%s %d → %d', (scale, from, to, shownFrom, shownTo, difference) => {
    const figures = figuresOf(scale, [from, to], [to - from]);
    expect([figures.value(from), figures.value(to), figures.difference(to - from)]).toEqual([
      shownFrom,
      shownTo,
      difference,
    ]);
  });
});

test.each([
  [null, '—'],
  [undefined, '—'],
  [Number.NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [-Infinity, '-Infinity'],
])('%s is shown as %s', (value, text) => {
  const figures = figuresOf('percent', [80]);
  expect(figures.value(value)).toBe(text);
  expect(figures.difference(value)).toBe(text);
});

test('what rounds to zero has no sign', () => {
  const figures = figuresOf('percent', [80, 81], [1]);
  expect(figures.difference(-0.001)).toBe('0.0 pp');
  expect(figures.value(-0.001)).toBe('0.0%');
  expect(figures.isZero(0.04)).toBe(true);
});

test.each<[Scale, number, string]>([
  ['percent', 80, '80%'],
  ['fraction', 0.8, '80%'],
  ['fraction', 0.8125, '81.25%'],
  ['other', 0.35, '0.35'],
])('a %s target of %d is shown as it was set', (scale, target, text) => {
  expect(figuresOf(scale, [0.5]).setpoint(target)).toBe(text);
});

test('intervals name the unit once', () => {
  const figures = figuresOf('fraction', [0.8], [0.042]);
  expect(figures.interval(-0.021, 0.063)).toBe('-2.1 to +6.3 pp');
  expect(figures.interval(null, 0.063)).toBe('—');
  expect(figures.spread(0.005)).toBe('0.5');
  expect(figures.spread(0.0001)).toBe('<0.1');
  expect(figures.spread(0)).toBe('0.0');
});
