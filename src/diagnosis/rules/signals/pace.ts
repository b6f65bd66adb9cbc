import type { RunSignals } from './run.ts';
import {
  lowest,
  roughness,
  risingShare,
  settled,
  slopeOf,
  tail,
  valuesOf,
  median,
  type Series,
} from './series.ts';

/** How a run learns over its epochs. NaN where it is too short to tell. */
export interface Pace {
  /** Share of the training loss's whole fall that the first quarter of the epochs brought. */
  early: number;
  /** Share of its end value that the training loss would lose, were the training twice as long at the pace of its last third. */
  late: number;
  /** Points that validation would gain in as many epochs again, slowing down as it has slowed down before. */
  gain: number;
  /** Epoch-to-epoch scatter of the training loss in the middle of the training, as a share of its level there. */
  rough: number;
  /** Share of the training loss's movement that goes up. */
  rising: number;
  /** How much worse the training loss ends than it was at its best, as a share. */
  lost: number;
  /** Share of the epochs that had passed when the learning rate had fallen under a hundredth of its peak; 1: never. */
  decayedAt: number;
  /** Last learning rate over its peak; NaN where it is not logged. */
  lrLeft: number;
}

export function paceOf(run: RunSignals): Pace {
  const { names, val, lr, points } = run;
  const loss = run.trainLoss.length > 0 ? run.trainLoss : costOf(run);
  const n = loss.length;
  const end = settled(loss);
  const least = lowest(loss)?.value ?? Number.NaN;
  const fall = (loss[0]?.value ?? Number.NaN) - least;
  const quarter = loss[Math.min(n - 1, Math.round(n / 4))]?.value ?? Number.NaN;
  const middle = loss.slice(Math.floor(n * 0.25), Math.ceil(n * 0.75));
  const sign = names.goal === 'max' ? 1 : -1;
  const peak = lr.length === 0 ? Number.NaN : Math.max(...valuesOf(lr));
  const decayed = lr.findIndex(
    ({ value }, index) => value < peak / 100 && lr.slice(0, index).some((spot) => spot.value === peak),
  );
  return {
    early: n >= 8 && fall > 0 ? ((loss[0]?.value ?? Number.NaN) - quarter) / fall : Number.NaN,
    late: n >= 3 && end > 0 ? (-slopeOf(tail(loss, 1 / 3, 3)) * n) / end : Number.NaN,
    gain: Math.min(sign * further(val) * points, room(run)),
    rough: middle.length >= 5 ? roughness(middle) / Math.abs(median(valuesOf(middle))) : Number.NaN,
    rising: n >= 4 ? risingShare(loss) : Number.NaN,
    lost: least > 0 ? end / least - 1 : Number.NaN,
    decayedAt: decayed < 0 ? 1 : decayed / lr.length,
    lrLeft: lr.length === 0 || peak <= 0 ? Number.NaN : (lr.at(-1)?.value ?? Number.NaN) / peak,
  };
}

/** A slowdown that is usual where a curve is too short, or too uneven, to show its own. */
const USUAL_SLOWDOWN = 0.6;

/**
 * What a curve would still move in as many epochs again: s · (r + r² + r³), with s the movement of its last third and r the
 * ratio of the slopes of the last two thirds, at most 1.
 */
function further(series: Series): number {
  const n = series.length;
  if (n < 3) return Number.NaN;
  const third = Math.max(3, Math.ceil(n / 3));
  const slope = slopeOf(series.slice(-third));
  const before = n >= 9 ? slopeOf(series.slice(-2 * third, -third + 1)) : 0;
  const ratio = slope / before;
  const r = Number.isFinite(ratio) && ratio > 0 ? Math.min(1, ratio) : USUAL_SLOWDOWN;
  return ((slope * n) / 3) * (r + r ** 2 + r ** 3);
}

/** What is left to gain at most, in points: half of the error, however steeply a curve ends. */
function room({ names, val, points }: RunSignals): number {
  const end = settled(val) * points;
  if (!Number.isFinite(end)) return Number.POSITIVE_INFINITY;
  if (names.goal === 'min') return Math.max(0, end) / 2;
  return names.scale === 'other' ? Number.POSITIVE_INFINITY : Math.max(0, 100 - end) / 2;
}

/** Where no training loss is logged, the training metric as a cost (error of a rate), else nothing. */
function costOf({ train, names, points }: RunSignals): Series {
  if (names.goal === 'min') return train;
  if (names.scale === 'other') return [];
  return train.map(({ epoch, value }) => ({ epoch, value: Math.max(0, 100 - value * points) }));
}
