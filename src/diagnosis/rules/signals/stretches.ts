import type { Curve } from '../../../metrics/_contract.ts';
import { epochsOf } from '../../../metrics/epochs.ts';
import type { Series } from './series.ts';

/** What a stretch of the training is: what its log counts in. */
export type Unit = 'epoch' | 'round' | 'evaluation' | 'part';

/** A stretch of the training with all that was logged in it. */
export interface Stretch {
  /** From 1. */
  number: number;
  values: ReadonlyMap<string, readonly number[]>;
}

/** Longer logs of a training side alone are looked at in so many parts. */
const PARTS = 100;
const LONG = 200;
/** A training side logged that many times as often as validation is logged by the step. */
const OFTENER = 3;

/**
 * A curve in stretches: its epochs; where it names none, what lies between two evaluations, since the losses of single
 * batches are too uneven to be looked at one by one; rounds for boosted trees.
 */
export function stretchesOf(
  curve: Pick<Curve, 'points' | 'epochs' | 'format'>,
  names: { metric: string | null; valLoss: string | null },
): { unit: Unit; stretches: Stretch[] } {
  const { points } = curve;
  if (points.some(({ epoch }) => epoch !== null))
    return { unit: 'epoch', stretches: grouped(points, epochsOf(points, curve.epochs)) };
  const isEvaluated = ({ values }: (typeof points)[number]): boolean =>
    [names.metric, names.valLoss].some((name) => name !== null && values[name] !== undefined);
  const evaluations = points.filter(isEvaluated).length;
  if (evaluations >= 2 && points.length >= OFTENER * evaluations) {
    let number = 1;
    let isClosed = false;
    const numbers = points.map((point) => {
      // What is logged at the step of an evaluation belongs to it, whichever is written first.
      if (isClosed && !isEvaluated(point)) number++;
      isClosed = isEvaluated(point);
      return number;
    });
    return { unit: 'evaluation', stretches: grouped(points, numbers) };
  }
  if (evaluations === 0 && points.length > LONG)
    return {
      unit: 'part',
      stretches: grouped(
        points,
        points.map((_, index) => 1 + Math.floor((index * PARTS) / points.length)),
      ),
    };
  const unit = /xgboost|lightgbm|catboost/u.test(curve.format) ? 'round' : 'epoch';
  return { unit, stretches: grouped(points, epochsOf(points, curve.epochs)) };
}

function grouped(points: Curve['points'], numbers: readonly number[]): Stretch[] {
  const found = new Map<number, Map<string, number[]>>();
  points.forEach(({ values }, index) => {
    const number = numbers[index] as number;
    const own = found.get(number) ?? new Map<string, number[]>();
    found.set(number, own);
    for (const [name, value] of Object.entries(values)) {
      const list = own.get(name);
      if (list) list.push(value);
      else own.set(name, [value]);
    }
  });
  return [...found].sort(([a], [b]) => a - b).map(([number, values]) => ({ number, values }));
}

/** One quantity by stretch: the mean of what was logged in it, or the last of it. Finite values only. */
export function seriesIn(stretches: readonly Stretch[], name: string | null, take: 'mean' | 'last'): Series {
  if (name === null) return [];
  return stretches.flatMap(({ number, values }) => {
    const finite = (values.get(name) ?? []).filter(Number.isFinite);
    const value = take === 'last' ? finite.at(-1) : mean(finite);
    return value === undefined ? [] : [{ epoch: number, value }];
  });
}

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0
    ? undefined
    : values.length === 1
      ? values[0]
      : values.reduce((sum, value) => sum + value, 0) / values.length;
