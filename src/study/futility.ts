import type { ConfigMapping } from '../config/value.ts';
import { judgeRun } from '../evidence/futility.ts';
import type { TrainingCurve } from '../evidence/training-curve.ts';
import type { Point } from '../metrics/_contract.ts';
import { allPaths, getAt } from '../config/lookup.ts';
import { FUTILE } from './effect.ts';
import type { Strategy } from './strategies/_contract.ts';
import type { MetricChoice } from './types.ts';

export interface FutilityOptions {
  /** The trial under test; only its runs are ever stopped. */
  candidate: string;
  reference: string;
  /** Epoch limit of the candidate; null where it is not known: no run is stopped then. */
  plannedEpochs: number | null;
  /** Whether the two configs differ in their learning-rate schedule. */
  schedulesDiffer: boolean;
  /** Points of a run of this study. */
  pointsOf(run: string): readonly Point[];
}

const SCHEDULE =
  /sched|warm_?up|anneal|milestone|t_max|step_size|restart|cycle|one_?cycle|cosine|poly|decay_(?:steps|rate|epochs)/i;
const RATE = /(?:^|[._])(?:base_|init_|max_)?(?:lr|learning_?rate)0?$/i;
const EPOCHS = /epoch|max_(?:steps|iter)/i;

/** Whether changes alter the course of the learning rate over a run: then early values say little. */
export function changesSchedule(changes: readonly { path: string }[], base: ConfigMapping): boolean {
  if (changes.some(({ path }) => SCHEDULE.test(path))) return true;
  if (!changes.some(({ path }) => EPOCHS.test(path) || RATE.test(path))) return false;
  // A schedule that is stretched with the epochs, or that decays from another rate, is another schedule.
  return allPaths(base).some((path) => {
    const value = getAt(base, path);
    const isOff =
      value === null || value === 'none' || value === 'constant' || value === false || value === 0;
    return SCHEDULE.test(path.join('.')) && typeof value !== 'object' && !isOff;
  });
}

/** Stops a candidate run that cannot reach the reference any more; every stop carries the figures that led to it. */
export function createFutilityJudge(options: FutilityOptions): Strategy['judge'] {
  const { candidate, reference, plannedEpochs, schedulesDiffer } = options;
  return (run, points, { record }) => {
    const { metric } = record;
    if (run.trial !== candidate || !metric || plannedEpochs === null) return null;
    const baseline = [...record.runs.values()]
      .filter((other) => other.trial === reference && other.status === 'finished')
      .map((other) => toCurve(options.pointsOf(other.id), metric, null))
      .filter((curve) => curve !== undefined);
    const own = toCurve(points, metric, plannedEpochs);
    if (!own) return null;
    const judged = judgeRun({
      candidate: own,
      baseline,
      goal: metric.goal,
      select: metric.select,
      scheduleSettledAt: schedulesDiffer ? plannedEpochs : null,
    });
    if (judged.decision !== 'kill' || judged.message === null) return null;
    return { status: 'stopped', code: FUTILE, message: judged.message };
  };
}

/** `plannedEpochs` null: the run is complete, and its end is its last point. */
function toCurve(
  points: readonly Point[],
  metric: MetricChoice,
  plannedEpochs: number | null,
): TrainingCurve | undefined {
  const at: number[] = [];
  const value: number[] = [];
  for (const [index, point] of points.entries()) {
    const logged = point.values[metric.name];
    const position = point.epoch ?? index + 1;
    if (logged === undefined || position <= (at.at(-1) ?? -Infinity)) continue;
    at.push(position);
    value.push(logged);
  }
  const last = at.at(-1);
  if (last === undefined) return undefined;
  const plannedEnd = Math.max(plannedEpochs ?? last, last);
  return plannedEnd > 0 ? { at, value, plannedEnd } : undefined;
}
