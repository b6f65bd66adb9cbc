/**
 * Early futility inside a run: stop a candidate that cannot reach the baseline any more.
 *
 * At each of the last three checks, all past a third of its epochs: (1) its value lies under mean − 2 sd of the baseline
 * curves at the same progress, and (2) a power law through its points, + 2 residual sd, stays under the baseline's final
 * value. What the same fit, at the same progress, misses of a baseline run's own final value is added to the prediction,
 * so that a late rise which the schedule causes in every run is not held against the candidate.
 * Never: with fewer than two complete baseline curves; before the last learning-rate drop, warm-up or restart where the
 * schedules differ. A killed run is "not accepted" and enters no mean.
 */
import type { Goal, Select } from '../metrics/_contract.ts';
import { meanOf, standardDeviation } from './effect.ts';
import { fitPowerLaw } from './power-law.ts';
import {
  evaluationTimes,
  orientCurve,
  type OrientedCurve,
  type TrainingCurve,
  valueAt,
} from './training-curve.ts';

export interface FutilityQuestion {
  /** The run so far. */
  candidate: TrainingCurve;
  /** Complete curves of the baseline. */
  baseline: readonly TrainingCurve[];
  goal: Goal;
  select: Select;
  /**
   * Last learning-rate drop, end of warm-up or restart of either schedule, in the candidate's unit, where the schedules
   * differ (`plannedEnd`: never settled); null where they are the same.
   */
  scheduleSettledAt: number | null;
}

/** One check, all values turned so that + is better. */
export interface FutilityCheck {
  at: number;
  progress: number;
  value: number;
  baselineMean: number;
  baselineSd: number;
  /** Extrapolated final value with its margin (2 residual sd and the correction); null where there was no need of it. */
  reachable: number | null;
  predicted: number | null;
  residualSd: number | null;
  correction: number | null;
  /** Mean final value of the baseline. */
  bar: number;
  isFutile: boolean;
}

export interface FutilityJudgement {
  decision: 'continue' | 'kill' | 'diverged';
  /** The guard rail that forbids a kill at this point. */
  guard: 'few-baselines' | 'too-early' | 'schedule' | null;
  /** The figures that led to the decision, oldest check first; back to the one that spared the run where one did. */
  checks: FutilityCheck[];
  /** One sentence with those figures; null while the run continues. */
  message: string | null;
}

const EARLIEST_PROGRESS = 0.33;
const CHECKS_IN_A_ROW = 3;
const MIN_BASELINES = 2;

export function judgeRun(question: FutilityQuestion): FutilityJudgement {
  const { candidate, goal, select, scheduleSettledAt } = question;
  const diverged = candidate.value.findIndex((value) => !Number.isFinite(value));
  if (diverged >= 0) {
    const message = `The metric is ${candidate.value[diverged]} at ${candidate.at[diverged]}: the run diverged.`;
    return { decision: 'diverged', guard: null, checks: [], message };
  }
  const going = (guard: FutilityJudgement['guard'], checks: FutilityCheck[] = []): FutilityJudgement => ({
    decision: 'continue',
    guard,
    checks,
    message: null,
  });
  const baseline = question.baseline
    .filter(({ value }) => value.length > 0 && value.every(Number.isFinite))
    .map((curve) => orientCurve(curve, goal, select, 'a baseline run'));
  if (baseline.length < MIN_BASELINES) return going('few-baselines');
  if (candidate.at.length === 0) return going('too-early');
  const run = orientCurve(candidate, goal, select, 'the candidate');
  const first = run.at.length - CHECKS_IN_A_ROW;
  if (first < 0 || (run.at[first] as number) <= EARLIEST_PROGRESS * run.plannedEnd) return going('too-early');
  if (scheduleSettledAt !== null && (run.at[first] as number) <= scheduleSettledAt) return going('schedule');
  const checks: FutilityCheck[] = [];
  for (let i = run.at.length - 1; i >= first; i--) {
    const check = checkAt(run, i, baseline);
    checks.unshift(check);
    if (!check.isFutile) return going(null, checks);
  }
  return { decision: 'kill', guard: null, checks, message: explain(checks, goal) };
}

function checkAt(run: OrientedCurve, index: number, baseline: readonly OrientedCurve[]): FutilityCheck {
  const at = run.at[index] as number;
  const value = run.value[index] as number;
  const bar = meanOf(baseline.map((curve) => curve.value.at(-1) as number));
  const progress = at / run.plannedEnd;
  // Same epoch, and same share of the training where the lengths differ: the run must be behind by both.
  const positions = baseline.map(({ plannedEnd }) => [at, progress * plannedEnd] as const);
  const behind = [0, 1].map((way) => {
    const values = baseline.map((curve, i) =>
      valueAt(curve, (positions[i] as readonly [number, number])[way] as number),
    );
    return { mean: meanOf(values), sd: standardDeviation(values) };
  }) as [Band, Band];
  const [first, second] = behind;
  const lower = first.mean - 2 * first.sd < second.mean - 2 * second.sd ? first : second;
  const check: FutilityCheck = {
    at,
    progress,
    value,
    baselineMean: lower.mean,
    baselineSd: lower.sd,
    reachable: null,
    predicted: null,
    residualSd: null,
    correction: null,
    bar,
    isFutile: false,
  };
  if (value >= lower.mean - 2 * lower.sd) return check;
  const fit = fitPrefix(run, at);
  if (!fit) return check;
  const correction = Math.max(0, ...baseline.map((curve) => shortfall(curve, progress)));
  const reachable = fit.predicted + 2 * fit.residualSd + correction;
  return {
    ...check,
    reachable,
    predicted: fit.predicted,
    residualSd: fit.residualSd,
    correction,
    isFutile: reachable < bar,
  };
}

interface Band {
  mean: number;
  sd: number;
}

function fitPrefix(curve: OrientedCurve, until: number) {
  const count = curve.at.filter((position) => position <= until).length;
  const at = curve.at.slice(0, count);
  const { t, end } = evaluationTimes(at, curve.plannedEnd);
  return fitPowerLaw(t, curve.value.slice(0, count), end);
}

/** What the fit at this share of a complete run misses of its final value. */
function shortfall(curve: OrientedCurve, progress: number): number {
  const last = curve.at.at(-1) as number;
  const fit = fitPrefix({ ...curve, plannedEnd: last }, progress * curve.plannedEnd);
  return fit ? (curve.value.at(-1) as number) - fit.predicted : 0;
}

/** In the metric's own sign. */
function explain(checks: readonly FutilityCheck[], goal: Goal): string {
  const last = checks.at(-1) as FutilityCheck;
  const plain = (value: number) => String(Number(value.toPrecision(5)));
  const figure = (value: number) => plain(goal === 'max' ? value : 0 - value);
  const [limit, side] = goal === 'max' ? ['at most', 'under'] : ['at least', 'over'];
  return (
    `Behind at ${checks.length} checks in a row (${checks.map(({ at }) => plain(at)).join(', ')}): ` +
    `${figure(last.value)} against ${figure(last.baselineMean)} ± ${plain(last.baselineSd)} of the baseline, ` +
    `and ${limit} ${figure(last.reachable ?? Number.NaN)} can be expected at the end, ${side} its final ${figure(last.bar)}.`
  );
}
