import { expect, test } from 'vitest';
import type { Line } from './line.ts';
import { linearTicks, lossRange, pixelOf, placeRange, tickFormat, valueRange } from './range.ts';

const line = (...values: number[]): Line => values.map((y, x) => ({ x, y }));

test.each([
  [0, 10, 5, [0, 2, 4, 6, 8, 10]],
  [78.3, 84.1, 5, [80, 82, 84]],
  [0.1, 0.35, 5, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]],
])('ticks of %d to %d', (low, high, count, ticks) => expect(linearTicks(low, high, count)).toEqual(ticks));

test('a steep start is cut off, and said', () => {
  const range = valueRange([line(10, 40, 60, 70, 76, 78, 79, 79, 79.5, 80)], [82], 7);
  expect(range.isCut).toBe('below');
  expect(range.low).toBe(72);
  expect(range.high).toBeGreaterThan(82);
});

test('what must be seen is never cut off', () => {
  expect(valueRange([line(10, 78, 79, 80, 80, 80)], [12], 7).low).toBeLessThan(12);
});

test.each([[[]], [[line(5)]], [[line(0, 0, 0)]], [[line(-3.5e-323, -0)]], [[[{ x: 1, y: null }]]]])(
  '%j has a range',
  (lines) => {
    const { low, high } = valueRange(lines, [], 5);
    expect(high).toBeGreaterThan(low);
  },
);

test('values that differ by next to nothing have the ticks of equal ones', () => {
  expect(valueRange([line(-3.5e-323, 0)], [], 5).ticks).toEqual([-0.05, 0, 0.05]);
  expect(linearTicks(0, 5e-324, 5)).toEqual([]);
});

test('losses over many powers of ten are logarithmic, a single spike is not', () => {
  expect(lossRange([line(2, 0.5, 0.1, 0.05, 0.004, 0.001)], 4)).toMatchObject({
    isLog: true,
    ticks: [0.001, 0.01, 0.1, 1],
  });
  expect(lossRange([line(2, 1e6, 0.9, 0.8, 0.7, 0.6)], 4)).toMatchObject({ isLog: false, isCut: 'above' });
  expect(lossRange([line(2, -1, 0.9)], 4).isLog).toBe(false);
});

test.each([
  [
    [1, 46],
    [1, 5, 10, 15, 20, 25, 30, 35, 40, 45],
  ],
  [[1, 1], [1]],
  [
    [50, 1000],
    [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000],
  ],
  [
    [1, 3],
    [1, 2, 3],
  ],
])('places %j are labelled %j', (places, ticks) => expect(placeRange(places, 12, 1090).ticks).toEqual(ticks));

test('a single place has room on both sides', () => {
  expect(placeRange([1], 12, 1090)).toMatchObject({ low: 0.5, high: 1.5 });
});

test.each([
  [[0, 20, 40], ',.0f'],
  [[0.1, 0.15, 0.2], ',.2f'],
  [[2e6, 4e6], '~s'],
  [[1e-5, 2e-5], '.1e'],
])('ticks %j are written %s', (ticks, format) => {
  expect(tickFormat({ ticks, low: 0, high: 1, isLog: false, isCut: null })).toBe(format);
});

test('pixels', () => {
  const range = { low: 1, high: 100, ticks: [], isCut: null };
  expect(pixelOf({ ...range, isLog: false }, 50.5, 200)).toBe(100);
  expect(pixelOf({ ...range, isLog: true }, 10, 200)).toBeCloseTo(100, 9);
});
