import type { Point } from '../../metrics/_contract.ts';
import { epochShift } from '../../report/plots/line.ts';
import type { LiveMetric } from './events.ts';

type LiveAxis = 'epoch' | 'step' | 'row';

/** The metric as far as it has come. x: epoch counted from 1, step or row. */
export interface LiveCurve {
  axis: LiveAxis;
  spots: readonly { x: number; y: number }[];
  /** Latest value of the training side. */
  train: number | null;
  /** Rows of the log that were read. */
  read: number;
  /** Latest epoch of any row, counted from 1; null where none is logged. */
  epoch: number | null;
}

export const EMPTY_CURVE: LiveCurve = { axis: 'epoch', spots: [], train: null, read: 0, epoch: null };

const MOST_SPOTS = 4000;

/** Takes in what is new. The last row is read again, since values may have been added to it. */
export function extendCurve(
  curve: LiveCurve,
  points: readonly Point[],
  metric: LiveMetric | null,
): LiveCurve {
  const isRewritten = points.length < curve.read;
  const from = isRewritten ? 0 : Math.max(0, curve.read - 1);
  const spots = isRewritten ? [] : [...curve.spots];
  const shift = epochShift(points.slice(0, 50));
  let { axis } = curve;
  let train = isRewritten ? null : curve.train;
  for (let row = from; row < points.length; row++) {
    const { epoch, step, values } = points[row] as Point;
    if (metric === null) break;
    if (metric.train !== null) train = values[metric.train] ?? train;
    const y = values[metric.name];
    if (y === undefined) continue;
    if (spots.length === 0) axis = epoch !== null ? 'epoch' : step !== null ? 'step' : 'row';
    const x =
      axis === 'epoch' && epoch !== null ? epoch + shift : axis === 'step' && step !== null ? step : row + 1;
    if (spots.at(-1)?.x === x) spots.pop();
    spots.push({ x, y });
  }
  const latest = points.findLast((point) => point.epoch !== null)?.epoch ?? null;
  return {
    axis,
    spots:
      spots.length > MOST_SPOTS
        ? spots.filter((_, index) => index % 2 === 1 || index === spots.length - 1)
        : spots,
    train,
    read: points.length,
    epoch: latest === null ? null : latest + shift,
  };
}

/** Value at `x`: that of the last spot not after it; undefined before the first and after the last. */
export function valueAt({ spots }: LiveCurve, x: number): number | undefined {
  const last = spots.at(-1);
  if (!last || x > last.x) return undefined;
  let low = 0;
  let high = spots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spots[middle] as { x: number }).x <= x) low = middle;
    else high = middle - 1;
  }
  const spot = spots[low] as { x: number; y: number };
  return spot.x <= x ? spot.y : undefined;
}

export function bestOf({ spots }: LiveCurve, goal: LiveMetric['goal']): number | undefined {
  let best: number | undefined;
  for (const { y } of spots) {
    if (!Number.isFinite(y)) continue;
    if (best === undefined || (goal === 'max' ? y > best : y < best)) best = y;
  }
  return best;
}
