/**
 * What the trials of a history have shown, at a few common places of their learning curves.
 *
 * Rungs: steps r_0 < … < r_{K−1} < F, F the full training, each η times the one before; level K is the finished training.
 * Scores: values as something to maximize.
 */
import type { Goal } from '../../metrics/_contract.ts';
import type { History, Report, Trial } from '../_contract.ts';
import { lossOf } from '../trial.ts';

export interface Curve {
  readonly trial: Trial;
  /** Scores at the rungs that were reached, then the finished one: at most K + 1, without gaps. */
  readonly scores: readonly number[];
  /** The score of a finished trial. */
  readonly final: number | undefined;
  /** Over how many complete runs `final` is the mean. */
  readonly count: number;
}

const RATIO = 2.6;
const LOWEST = 1 / 20;

/** The rungs below a full training of `full` steps; none where the training is a single step. */
export function rungsOf(full: number): number[] {
  const rungs: number[] = [];
  for (let rung = full / RATIO; rung >= Math.max(1, full * LOWEST); rung /= RATIO)
    rungs.unshift(Math.round(rung));
  return rungs;
}

/** The longest training seen. */
export function longestStep(history: History): number {
  let longest = 0;
  for (const { runs } of history) {
    for (const { reports } of runs) longest = Math.max(longest, reports.at(-1)?.step ?? 0);
  }
  return longest;
}

/** The score at a step, interpolated between the reports around it; undefined where the run has not come so far. */
export function scoreAt(reports: readonly Report[], step: number, goal: Goal): number | undefined {
  let before: Report | undefined;
  for (const report of reports) {
    if (report.step >= step) {
      if (!before || report.step === step) return -lossOf(report.value, goal);
      const share = (step - before.step) / (report.step - before.step);
      return -lossOf(before.value + share * (report.value - before.value), goal);
    }
    before = report;
  }
  return undefined;
}

export function curveOf(trial: Trial, rungs: readonly number[], goal: Goal): Curve {
  const count = trial.runs.filter((run) => run.state === 'complete').length;
  const final = trial.value === null ? undefined : -lossOf(trial.value, goal);
  const scores: number[] = [];
  for (const rung of rungs) {
    const seen = trial.runs
      .map((run) => scoreAt(run.reports, rung, goal))
      .filter((score) => score !== undefined);
    if (seen.length === 0) break;
    scores.push(seen.reduce((sum, score) => sum + score, 0) / seen.length);
  }
  if (final !== undefined && scores.length === rungs.length) scores.push(final);
  return { trial, scores, final, count };
}
