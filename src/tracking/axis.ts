import type { Point } from '../metrics/_contract.ts';

/** What the points of a curve are counted by: whole numbers, each larger than the one before. */
export type Axis = 'step' | 'epoch' | 'index';

/** Trackers know one whole number per value: the step where each point has one, else the epoch, else the position. */
export function axisOf(points: readonly Point[]): Axis {
  if (isAxis(points, ({ step }) => step)) return 'step';
  return isAxis(points, ({ epoch }) => epoch) ? 'epoch' : 'index';
}

function isAxis(points: readonly Point[], read: (point: Point) => number | null): boolean {
  let last = -1;
  for (const point of points) {
    const at = read(point);
    if (at === null || at <= last || !Number.isSafeInteger(at)) return false;
    last = at;
  }
  return true;
}

export function stepOf(point: Point, index: number, axis: Axis): number {
  return (axis === 'step' ? point.step : axis === 'epoch' ? point.epoch : null) ?? index;
}

/** The values of a point by name; its epoch among them where it is counted by steps and does not say its epoch itself. */
export function valuesOf(point: Point, axis: Axis): [string, number][] {
  const values = Object.entries(point.values);
  return axis === 'epoch' || point.epoch === null || 'epoch' in point.values
    ? values
    : [...values, ['epoch', point.epoch]];
}
