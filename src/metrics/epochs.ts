import type { Curve, EpochBase, Point } from './_contract.ts';

/** What a log says of one epoch. */
export interface EpochPoint {
  /** From 1. */
  epoch: number;
  /** Last step logged in the epoch. */
  step: number | null;
  values: Record<string, number>;
  /** Position of its last point in the curve. */
  index: number;
}

/**
 * A curve by epochs counted from 1, whatever it counts from; the points of one epoch are merged, the later value winning.
 * Logs that count from 0 (Keras, Lightning, timm) are shifted; fractional epochs (Hugging Face: 0.16, 0.32) belong to the epoch
 * they lie in; where a log names steps only, or nothing, each point is an epoch.
 */
export function normalizeEpochs(curve: Pick<Curve, 'points' | 'epochs'>): EpochPoint[] {
  const epochs = epochsOf(curve.points, curve.epochs);
  const byEpoch = new Map<number, EpochPoint>();
  curve.points.forEach((point, index) => {
    const epoch = epochs[index] as number;
    let merged = byEpoch.get(epoch);
    if (!merged) {
      merged = { epoch, step: null, values: Object.create(null) as Record<string, number>, index };
      byEpoch.set(epoch, merged);
    }
    merged.step = point.step ?? merged.step;
    merged.index = index;
    Object.assign(merged.values, point.values);
  });
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

/** The epoch from 1 of every point. `base`: how the log counts, where that is known. */
export function epochsOf(points: readonly Point[], base?: EpochBase): number[] {
  const named = points.flatMap(({ epoch }) => (epoch === null ? [] : [epoch]));
  if (named.length === 0) return points.map((_, index) => index + 1);
  const isFractional = base === 'elapsed' || named.some((epoch) => !Number.isInteger(epoch));
  const countsFromZero = base === 0 || (base === undefined && lowest(named) === 0);
  const shift = !isFractional && countsFromZero ? 1 : 0;
  let last: number | undefined;
  const first = toEpoch(named[0] as number, isFractional, shift);
  return points.map(({ epoch }) => {
    if (epoch !== null) last = toEpoch(epoch, isFractional, shift);
    return last ?? first;
  });
}

function lowest(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value));
}

function toEpoch(epoch: number, isFractional: boolean, shift: number): number {
  // 0.9999 and 1.0000 are the end of the first epoch; an evaluation before it, at 0, counts with it.
  return isFractional ? Math.max(1, Math.ceil(epoch - 1e-3)) : epoch + shift;
}
