/** A learning curve as the futility rule reads it: oriented so that + is better, evenly thinned, running best if asked. */
import type { Goal, Select } from '../metrics/_contract.ts';
import { evidenceError } from './errors.ts';

export interface TrainingCurve {
  /** Epochs or steps, increasing [n]. */
  at: readonly number[];
  /** The metric [n]. */
  value: readonly number[];
  /** Where the training ends by plan, in the unit of `at`. */
  plannedEnd: number;
}

export interface OrientedCurve {
  at: number[];
  value: number[];
  plannedEnd: number;
}

/** Checks are at least this share of the training apart: neighbouring log lines are no independent evidence. */
const FINEST = 100;

export function orientCurve(curve: TrainingCurve, goal: Goal, select: Select, name: string): OrientedCurve {
  const { at, value, plannedEnd } = curve;
  if (at.length === 0 || at.length !== value.length || !(plannedEnd > 0)) {
    throw evidenceError('EVIDENCE_CURVE_INVALID', `The curve of ${name} has no points, or no planned end.`);
  }
  const width = plannedEnd / FINEST;
  const result: OrientedCurve = { at: [], value: [], plannedEnd };
  let best = -Infinity;
  let bin = -Infinity;
  let previous = -Infinity;
  for (const [i, position] of at.entries()) {
    if (!(position > previous)) {
      throw evidenceError('EVIDENCE_CURVE_INVALID', `The curve of ${name} does not move on at ${position}.`, {
        remedy: 'Give epochs or steps in increasing order, each once.',
      });
    }
    previous = position;
    const oriented = (goal === 'max' ? 1 : -1) * (value[i] as number);
    best = Math.max(best, oriented);
    const shown = select === 'best' ? best : oriented;
    const here = Math.floor((position - (at[0] as number)) / width);
    if (here === bin) {
      result.at[result.at.length - 1] = position;
      result.value[result.value.length - 1] = shown;
    } else {
      result.at.push(position);
      result.value.push(shown);
    }
    bin = here;
  }
  return result;
}

/** The value at `position`, linear between points, constant beyond them. */
export function valueAt({ at, value }: OrientedCurve, position: number): number {
  const next = at.findIndex((point) => point >= position);
  if (next < 0) return value.at(-1) as number;
  if (next === 0) return value[0] as number;
  const from = at[next - 1] as number;
  const share = (position - from) / ((at[next] as number) - from);
  return (value[next - 1] as number) * (1 - share) + (value[next] as number) * share;
}

/** Positions as 1, 2, 3, … for evenly spaced points, and the planned end on the same scale. */
export function evaluationTimes(at: readonly number[], end: number): { t: number[]; end: number } {
  const start = at[0] as number;
  const gap = ((at.at(-1) as number) - start) / Math.max(1, at.length - 1) || 1;
  const time = (position: number) => (position - start) / gap + 1;
  return { t: at.map(time), end: Math.max(time(end), time(at.at(-1) as number)) };
}
