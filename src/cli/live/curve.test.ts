import { expect, test } from 'vitest';
import type { Point } from '../../metrics/_contract.ts';
import { bestOf, EMPTY_CURVE, extendCurve, valueAt } from './curve.ts';
import type { LiveMetric } from './events.ts';

const METRIC: LiveMetric = { name: 'm', goal: 'max', scale: 'percent', train: 't' };
const at = (epoch: number | null, m: number, step: number | null = null): Point => ({
  epoch,
  step,
  values: { m, t: m + 5 },
});

test('grows by what is new, counts epochs from 1', () => {
  const points = [at(0, 10), at(1, 20)];
  const first = extendCurve(EMPTY_CURVE, points, METRIC);
  expect(first).toEqual({
    axis: 'epoch',
    spots: [
      { x: 1, y: 10 },
      { x: 2, y: 20 },
    ],
    train: 25,
    read: 2,
    epoch: 2,
  });
  const second = extendCurve(first, [...points, at(2, 30)], METRIC);
  expect(second.spots.at(-1)).toEqual({ x: 3, y: 30 });
});

test('a value added to the last row later is seen', () => {
  const early = extendCurve(EMPTY_CURVE, [at(1, 10), { epoch: 2, step: null, values: {} }], METRIC);
  expect(early).toMatchObject({ epoch: 2, spots: [{ x: 1, y: 10 }] });
  expect(extendCurve(early, [at(1, 10), at(2, 20)], METRIC).spots).toEqual([
    { x: 1, y: 10 },
    { x: 2, y: 20 },
  ]);
});

test('a log that was written anew is read anew', () => {
  const long = extendCurve(EMPTY_CURVE, [at(1, 10), at(2, 20), at(3, 30)], METRIC);
  expect(extendCurve(long, [at(1, 77)], METRIC)).toMatchObject({ spots: [{ x: 1, y: 77 }], read: 1 });
});

test('without epochs, steps or rows count', () => {
  expect(extendCurve(EMPTY_CURVE, [at(null, 1, 500)], METRIC)).toMatchObject({
    axis: 'step',
    spots: [{ x: 500, y: 1 }],
    epoch: null,
  });
  expect(extendCurve(EMPTY_CURVE, [at(null, 1)], METRIC)).toMatchObject({
    axis: 'row',
    spots: [{ x: 1, y: 1 }],
  });
});

test('memory is bounded', () => {
  const points = Array.from({ length: 30_000 }, (_, index) => at(null, index, index));
  const curve = extendCurve(EMPTY_CURVE, points, METRIC);
  let grown = EMPTY_CURVE;
  for (let length = 100; length <= points.length; length += 100)
    grown = extendCurve(grown, points.slice(0, length), METRIC);
  expect(Math.max(grown.spots.length, curve.spots.length / 4)).toBeLessThanOrEqual(4000);
  expect(grown.spots.at(-1)).toEqual({ x: 29_999, y: 29_999 });
});

test.each([
  [0.5, undefined],
  [1, 10],
  [2.5, 20],
  [3, 30],
  [3.1, undefined],
])('the value at %d is %s', (x, value) => {
  expect(valueAt(extendCurve(EMPTY_CURVE, [at(1, 10), at(2, 20), at(3, 30)], METRIC), x)).toBe(value);
});

test('the best value, whichever way is better', () => {
  const curve = extendCurve(EMPTY_CURVE, [at(1, 10), at(2, Number.NaN), at(3, 5)], METRIC);
  expect([bestOf(curve, 'max'), bestOf(curve, 'min'), bestOf(EMPTY_CURVE, 'max')]).toEqual([
    10,
    5,
    undefined,
  ]);
});
