import type { ConfigMapping } from '../config/value.ts';
import { lookWhileRunning } from '../evidence/first-look.ts';
import { judgeRun } from '../evidence/futility.ts';
import { resolutionOf } from '../evidence/resolution.ts';
import type { TrainingCurve } from '../evidence/training-curve.ts';
import type { Point } from '../metrics/_contract.ts';
import { allPaths, getAt } from '../config/lookup.ts';
import { lastRunOf } from './attempts.ts';
import { describeFirstLook, FUTILE, SETTLED } from './effect.ts';
import { hasResult, MATCHED_NOTE } from './results.ts';
import { showDifference } from './show.ts';
import type { Strategy, StrategyView } from './strategies/_contract.ts';
import type { MetricChoice, Run } from './types.ts';

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

/**
 * Ends the second baseline run, and the comparison with it, as soon as it has shown how far seeds move the baseline and
 * the first optimized run lies far below that.
 */
function createFirstLookJudge(options: Pick<FutilityOptions, 'pointsOf'>): Strategy['judge'] {
  return (run, points, view) => {
    const { metric } = view.record;
    const first = metric && firstPair(view, run);
    if (!first) return null;
    const complete = toCurve(options.pointsOf(first.baseline.id), metric, null);
    const running = toCurve(points, metric, complete?.plannedEnd ?? null);
    if (!complete || !running) return null;
    const { value: optimized } = first.optimized.value;
    const look = lookWhileRunning({
      complete: scaled(complete, first.baseline.value.factor),
      running,
      optimized,
      goal: metric.goal,
      select: metric.select,
      resolution: resolutionOf(undefined, [first.baseline.value.value, optimized]),
    });
    if (!look?.isHopeless) return null;
    const apart = showDifference(look.distance, metric).slice(1);
    const message =
      `Ended at epoch ${look.at}: its distance from the first baseline run was at most ${apart} since a third of the ` +
      `epochs, and ${describeFirstLook(look, metric)}`;
    return { status: 'stopped', code: SETTLED, message };
  };
}

/** The first pair, complete, where `run` is the only further run of the reference and no second candidate has started. */
function firstPair({ record, iteration }: StrategyView, run: Run) {
  const [seed, second] = iteration.seeds;
  if (run.trial !== iteration.reference || run.seed !== second || iteration.plannedPairs < 3)
    return undefined;
  if (lastRunOf(record, iteration.optimized, second ?? null)) return undefined;
  const baseline = lastRunOf(record, iteration.reference, seed ?? null);
  const optimized = lastRunOf(record, iteration.optimized, seed ?? null);
  if (!baseline || !optimized || !hasResult(baseline) || !hasResult(optimized)) return undefined;
  return { baseline, optimized };
}

/** Complete, and of a known seed and config. */
function isWhole(run: Run): boolean {
  return hasResult(run) && (run.status === 'finished' || run.notes.includes(MATCHED_NOTE));
}

/** Values in the study's scale: an adopted curve may be logged as 0.83 where Pawl's runs log 83. */
function scaled(curve: TrainingCurve, factor: number): TrainingCurve {
  return factor === 1 ? curve : { ...curve, value: curve.value.map((value) => value * factor) };
}

/**
 * Stops a candidate run that cannot reach the reference any more, and a baseline run that need not be seen to its end;
 * every stop carries the figures that led to it.
 */
export function createFutilityJudge(options: FutilityOptions): Strategy['judge'] {
  const { candidate, reference, plannedEpochs, schedulesDiffer } = options;
  const settle = createFirstLookJudge(options);
  return (run, points, view) => {
    const { record } = view;
    const { metric } = record;
    if (run.trial === reference) return settle(run, points, view);
    if (run.trial !== candidate || !metric || plannedEpochs === null) return null;
    const baseline = [...record.runs.values()]
      .filter((other) => other.trial === reference && isWhole(other))
      .flatMap((other) => {
        const curve = toCurve(options.pointsOf(other.id), metric, null);
        return curve ? [scaled(curve, other.value?.factor ?? 1)] : [];
      });
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
