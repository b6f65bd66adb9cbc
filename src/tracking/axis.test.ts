import { expect, test } from 'vitest';
import type { Point } from '../metrics/_contract.ts';
import { axisOf, stepOf, valuesOf } from './axis.ts';

const point = (
  step: number | null,
  epoch: number | null,
  values: Record<string, number> = { loss: 1 },
): Point => ({
  step,
  epoch,
  values,
});

test.each<[string, Point[], string, number[]]>([
  ['nothing yet', [], 'step', []],
  ['steps', [point(10, 1), point(20, 1), point(30, 2)], 'step', [10, 20, 30]],
  ['epochs', [point(null, 1), point(null, 2)], 'epoch', [1, 2]],
  ['epochs from 0', [point(null, 0), point(null, 1)], 'epoch', [0, 1]],
  ['neither', [point(null, null), point(null, null)], 'index', [0, 1]],
  ['fractional epochs', [point(null, 0.5), point(null, 1)], 'index', [0, 1]],
  ['a step that comes twice', [point(5, 1), point(5, 2)], 'epoch', [1, 2]],
  ['a step that is missing', [point(5, 1), point(null, 2)], 'epoch', [1, 2]],
  ['steps that fall', [point(5, null), point(3, null)], 'index', [0, 1]],
])('%s', (_name, points, axis, steps) => {
  expect(axisOf(points)).toBe(axis);
  expect(points.map((each, index) => stepOf(each, index, axisOf(points)))).toEqual(steps);
});

test('the epoch is a value of its own where it is not what is counted by', () => {
  expect(valuesOf(point(10, 0.5), 'step')).toEqual([
    ['loss', 1],
    ['epoch', 0.5],
  ]);
  expect(valuesOf(point(null, 3), 'epoch')).toEqual([['loss', 1]]);
  expect(valuesOf(point(10, 0.5, { epoch: 0 }), 'step')).toEqual([['epoch', 0]]);
});
