import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Point } from '../../metrics/_contract.ts';
import { clipLine } from './clip.ts';
import { bandOf, chooseAxis, DENSE, extractLine, smoothLine, thinBand, thinLine, type Line } from './line.ts';

const at = (epoch: number | null, step: number | null, value: number): Point => ({
  epoch,
  step,
  values: { m: value },
});

describe('the horizontal axis', () => {
  test.each([
    ['epochs', [[at(1, 100, 1), at(2, 200, 2)]], 'epoch'],
    ['many rows per epoch, with steps', [[at(1, 1, 1), at(1, 2, 2), at(1, 3, 3)]], 'step'],
    ['many rows per epoch, without steps', [[at(1, null, 1), at(1, null, 2)]], 'epoch'],
    ['steps only', [[at(null, 5, 1)]], 'step'],
    ['one curve by epoch, one by step', [[at(1, null, 1)], [at(null, 5, 1)]], 'row'],
    ['nothing', [], 'epoch'],
  ] as const)('%s', (_name, curves, axis) => expect(chooseAxis(curves, 'm')).toBe(axis));
});

test('epochs from 0 are counted from 1, fractions stay', () => {
  expect(extractLine([at(0, null, 5), at(1, null, 6)], 'm', 'epoch', 1)).toEqual([
    { x: 1, y: 5 },
    { x: 2, y: 6 },
  ]);
  expect(extractLine([at(0, null, 5), at(0.5, null, 6)], 'm', 'epoch', 1).map((spot) => spot.x)).toEqual([
    0, 0.5,
  ]);
});

test('several values in one epoch are averaged, NaN breaks the line, other metrics are not looked at', () => {
  const points = [
    at(1, null, 1),
    at(1, null, 3),
    at(2, null, Number.NaN),
    { epoch: 3, step: null, values: { other: 9 } },
    at(4, null, 5),
  ];
  expect(extractLine(points, 'm', 'epoch', 100)).toEqual([
    { x: 1, y: 200 },
    { x: 2, y: null },
    { x: 4, y: 500 },
  ]);
});

test('a band goes as far as all lines do', () => {
  const band = bandOf([
    [
      { x: 1, y: 10 },
      { x: 2, y: 20 },
      { x: 3, y: 30 },
    ],
    [
      { x: 1, y: 14 },
      { x: 3, y: 18 },
      { x: 4, y: 20 },
    ],
  ]);
  expect(band).toEqual([
    { x: 1, low: 10, high: 14, mean: 12 },
    { x: 2, low: 16, high: 20, mean: 18 },
    { x: 3, low: 18, high: 30, mean: 24 },
  ]);
});

test('thinning keeps ends, extremes and breaks, within its limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { freq: 20 }), {
        minLength: 1,
        maxLength: 3000,
      }),
      (values) => {
        const line: Line = values.map((y, x) => ({ x, y }));
        const thin = thinLine(line, 100);
        const ys = (of: Line): number[] => of.flatMap((spot) => (spot.y === null ? [] : [spot.y]));
        expect(thin.length).toBeLessThanOrEqual(155);
        expect([thin[0], thin.at(-1)]).toEqual([line[0], line.at(-1)]);
        expect([Math.min(...ys(thin)), Math.max(...ys(thin))]).toEqual([
          Math.min(...ys(line)),
          Math.max(...ys(line)),
        ]);
        expect(thin.map((spot) => spot.x)).toEqual(thin.map((spot) => spot.x).sort((a, b) => a - b));
      },
    ),
    { numRuns: 50 },
  );
});

test('clipping ends lines exactly at the bounds', () => {
  const range = { low: 0, high: 10, isLog: false };
  expect(
    clipLine(
      [
        { x: 0, y: -10 },
        { x: 2, y: 10 },
        { x: 3, y: 20 },
        { x: 4, y: 5 },
      ],
      range,
    ),
  ).toEqual([
    { x: 1, y: 0 },
    { x: 2, y: 10 },
    { x: 2, y: 10 },
    { x: 2, y: null },
    { x: 3 + 2 / 3, y: 10 },
    { x: 4, y: 5 },
  ]);
  expect(
    clipLine(
      [
        { x: 0, y: -5 },
        { x: 1, y: 15 },
      ],
      range,
    ),
  ).toEqual([
    { x: 0.25, y: 0 },
    { x: 0.75, y: 10 },
    { x: 0.75, y: null },
  ]);
  expect(
    clipLine(
      [
        { x: 0, y: 50 },
        { x: 1, y: 60 },
      ],
      range,
    ),
  ).toEqual([]);
});

test('dense lines and bands become means of stretches, extremes of bands stay', () => {
  const count = DENSE * 2;
  const line: Line = Array.from({ length: count }, (_, x) => ({ x, y: x % 2 === 0 ? 10 : 20 }));
  const smooth = smoothLine(line);
  expect(smooth).toHaveLength(400);
  expect(new Set(smooth.map((spot) => spot.y))).toEqual(new Set([15]));
  const sparse = line.slice(0, DENSE);
  expect(smoothLine(sparse)).toBe(sparse);
  const band = line.map(({ x, y }) => ({ x, low: (y ?? 0) - 1, high: (y ?? 0) + 1, mean: y ?? 0 }));
  expect(thinBand(band)[0]).toEqual({ x: 3, low: 9, high: 21, mean: 15 });
});
