/**
 * What a run was worth when it had spent a certain resource, whatever its reporting interval.
 *
 * Reports [n], ascending steps. Losses: lower is better. With `best`, a run is worth the best it has shown so far; NaN then
 * counts only while nothing better was seen.
 */
import type { Goal, Select } from '../../metrics/_contract.ts';
import type { Report, Trial } from '../_contract.ts';
import { lossOf } from '../trial.ts';

export interface Reading {
  /** Loss of the run at a report, by its position. */
  lossAt(reports: readonly Report[], position: number): number;
}

export function createReading(goal: Goal, select: Select): Reading {
  const best = new WeakMap<readonly Report[], Float64Array>();
  const bestOf = (reports: readonly Report[]): Float64Array => {
    const known = best.get(reports);
    if (known !== undefined) return known;
    const losses = new Float64Array(reports.length);
    let least = Number.NaN;
    reports.forEach(({ value }, position) => {
      const loss = lossOf(value, goal);
      if (!(loss >= least)) least = Number.isNaN(loss) ? least : loss;
      losses[position] = least;
    });
    best.set(reports, losses);
    return losses;
  };
  return {
    lossAt: (reports, position) => {
      const value = reports[position]?.value;
      if (value === undefined) return Number.NaN;
      return select === 'last' ? lossOf(value, goal) : (bestOf(reports)[position] as number);
    },
  };
}

/** Position of the first report at or after `step`; −1 where the run has not come so far. */
export function firstFrom(reports: readonly Report[], step: number): number {
  let low = 0;
  let high = reports.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((reports[middle] as Report).step >= step) high = middle;
    else low = middle + 1;
  }
  return low < reports.length ? low : -1;
}

/**
 * The loss of a peer to compare with a run judged at step `at` of the rung that begins at `rung`: its last report up to
 * `at`, or its first one of the rung if it reports more rarely. NaN where it has not reached the rung.
 */
export function peerLoss(trial: Trial, rung: number, at: number, reading: Reading): number {
  // Further seeds of a promising configuration are no peers of their own.
  for (const { reports } of trial.runs) {
    const first = firstFrom(reports, rung);
    if (first < 0) continue;
    const next = firstFrom(reports, at);
    const exact = next >= 0 && reports[next]?.step === at ? next : (next < 0 ? reports.length : next) - 1;
    return reading.lossAt(reports, Math.max(first, exact));
  }
  return Number.NaN;
}
