/**
 * The look after the first pair: can a further pair still matter?
 *
 * One optimized run y against m ≥ 2 baseline runs (mean b̄, spread s): given up where y < b̄ − t(1 − γ, m − 1)·s·√(1 + 1/m),
 * the one-sided prediction limit that a further run of the baseline itself would exceed with probability 1 − γ (Whitmore
 * 1986). It can only end a comparison against the change, so the error of the paired test holds with or without it.
 *
 * While the second baseline run is still under way, its distance from the first one stands in for theirs at the end: the
 * largest since a third of the epochs, and taken off the first run's end as well. Both are of one config, so that a
 * schedule moves them alike.
 */
import { studentTQuantile } from '../math/student-t.ts';
import type { Goal, Select } from '../metrics/_contract.ts';
import { meanOf, standardDeviation } from './effect.ts';
import { orientCurve, type TrainingCurve, valueAt } from './training-curve.ts';

/** Share of further baseline runs that would fall below the limit. */
export const FIRST_LOOK_SHARE = 0.1;
const EARLIEST_PROGRESS = 0.33;
const FEWEST_CHECKS = 3;

export interface FirstLook {
  /** Baseline runs behind it. */
  runs: number;
  /** In the metric's own sign, as `limit` and `optimized`. */
  mean: number;
  sd: number;
  limit: number;
  optimized: number;
  isHopeless: boolean;
}

/** Undefined with fewer than two baseline runs. */
export function firstLook(of: {
  baseline: readonly number[];
  optimized: number;
  goal: Goal;
  resolution: number;
}): FirstLook | undefined {
  const { baseline, optimized, goal, resolution } = of;
  const runs = baseline.length;
  if (runs < 2) return undefined;
  const mean = meanOf(baseline);
  const sd = Math.max(standardDeviation(baseline), resolution);
  const reach = studentTQuantile(1 - FIRST_LOOK_SHARE, runs - 1) * sd * Math.sqrt(1 + 1 / runs);
  const limit = goal === 'max' ? mean - reach : mean + reach;
  const isHopeless = goal === 'max' ? optimized < limit : optimized > limit;
  return { runs, mean, sd, limit, optimized, isHopeless };
}

export interface RunningLook extends FirstLook {
  /** Where the second baseline run stands. */
  at: number;
  /** Largest distance of the two baseline runs so far. */
  distance: number;
}

/** The first look with a second baseline run that is still under way; undefined while that says too little. */
export function lookWhileRunning(of: {
  complete: TrainingCurve;
  running: TrainingCurve;
  optimized: number;
  goal: Goal;
  select: Select;
  resolution: number;
}): RunningLook | undefined {
  const { goal, select, optimized, resolution } = of;
  const values = [...of.complete.value, ...of.running.value];
  if (!values.every(Number.isFinite) || of.complete.at.length === 0 || of.running.at.length === 0)
    return undefined;
  const complete = orientCurve(of.complete, goal, select, 'the first baseline run');
  const running = orientCurve(of.running, goal, select, 'the second baseline run');
  const checks = running.at.flatMap((at, i) =>
    at > EARLIEST_PROGRESS * complete.plannedEnd && at <= (complete.at.at(-1) as number)
      ? [Math.abs((running.value[i] as number) - valueAt(complete, at))]
      : [],
  );
  if (checks.length < FEWEST_CHECKS) return undefined;
  const distance = Math.max(...checks);
  const end = complete.value.at(-1) as number;
  const sign = goal === 'max' ? 1 : -1;
  const look = firstLook({
    baseline: [sign * end, sign * (end - distance)],
    optimized,
    goal,
    resolution,
  });
  return look && { ...look, at: of.running.at.at(-1) as number, distance };
}
