/** The model that the Gaussian-process sampler and the forecast pruner share: a history read as curves, and their ladder. */
import type { History, SearchSetup, Trial } from '../_contract.ts';
import type { Space } from '../space.ts';
import { type Curve, curveOf, longestStep, rungsOf } from './curves.ts';
import { categoricalColumns, encode } from './encoding.ts';
import type { Posterior } from './regression.ts';
import { createLadder, type FitCache, type Ladder, type Point } from './ladder.ts';

export interface StudyModel {
  readonly ladder: Ladder;
  readonly rungs: readonly number[];
  readonly points: readonly Point[];
  /** The best finished warped score; undefined while nothing has finished. */
  readonly best: number | undefined;
}

/** Builds models; what it keeps between calls only saves time. */
export interface Modeller {
  model(history: History, number: number, isCareful?: boolean): StudyModel;
  /** Of finished scores: an ordinary Gaussian process. */
  finishedModel(history: History, number: number, isCareful: boolean): StudyModel;
  /** Undefined for a trial from another space. */
  encode(trial: Trial): Float64Array | undefined;
}

/** Whether stopped trainings tell something: else only finished ones are modelled. */
function hasStoppedRuns(history: History): boolean {
  return history.some(
    ({ state, runs }) =>
      (state === 'pruned' || state === 'paused') && runs.some((run) => run.reports.length > 0),
  );
}

/** One for the sampler and the pruner of a search. */
const fitsOf = new WeakMap<Space, FitCache>();

export function createModeller(
  setup: Pick<SearchSetup, 'space' | 'goal' | 'fullStep'>,
  alwaysRungs = false,
): Modeller {
  const { space, goal } = setup;
  const isCategorical = categoricalColumns(space);
  const fits = fitsOf.get(space) ?? new Map();
  fitsOf.set(space, fits);
  const encoded = new WeakMap<Trial, Float64Array | undefined>();
  const curvesOf = new Map<string, WeakMap<Trial, Curve>>();
  const encodeOnce = (trial: Trial): Float64Array | undefined => {
    if (!encoded.has(trial)) encoded.set(trial, encode(space, trial.params));
    return encoded.get(trial);
  };
  const build = (
    history: History,
    number: number,
    rungs: readonly number[],
    isCareful: boolean,
  ): StudyModel => {
    const key = rungs.join();
    const curves = curvesOf.get(key) ?? new WeakMap<Trial, Curve>();
    curvesOf.set(key, curves);
    const points: Point[] = [];
    for (const trial of history) {
      let curve = curves.get(trial);
      if (!curve) curves.set(trial, (curve = curveOf(trial, rungs, goal)));
      const x = encodeOnce(trial);
      if (curve.scores.length === 0 || !x) continue;
      points.push({ x, curve });
    }
    const isPlain = isCareful && rungs.length === 0;
    const ladder = createLadder(
      points,
      rungs.length,
      isCategorical,
      settledOf(points, number, isPlain),
      fits,
      isPlain,
    );
    return { ladder, rungs, points, best: bestOf(points, ladder) };
  };
  return {
    encode: encodeOnce,
    model(history, number, isCareful = false) {
      const full = setup.fullStep ?? longestStep(history);
      return build(history, number, alwaysRungs || hasStoppedRuns(history) ? rungsOf(full) : [], isCareful);
    },
    finishedModel(history, number, isCareful) {
      return finishedOf(this.model(history, number), isCategorical, number, fits, isCareful);
    },
  };
}

/** Whether a finished score will hardly reach a quantile of those that there are: 0 the worst, ½ the median. */
export function headsBelow(
  quantile: number,
  { mean, variance }: Posterior,
  { points, ladder }: StudyModel,
): boolean {
  const finished = points
    .flatMap(({ curve }) => (curve.final === undefined ? [] : [ladder.warp.apply(curve.final)]))
    .sort((a, b) => a - b);
  return mean + 2 * Math.sqrt(variance) < (finished[Math.floor(quantile * finished.length)] ?? -Infinity);
}

/** Stopped trainings whose finished scores are filled in. */
const MOST_FILLED = 60;

/**
 * A model of finished scores: of finished trainings as they are, and of stopped ones, where those are clearly poor, by their
 * forecasts; else what was stopped early would look unexplored.
 */
function finishedOf(
  model: StudyModel,
  isCategorical: readonly boolean[],
  number: number,
  fits: FitCache,
  isCareful: boolean,
): StudyModel {
  const { ladder, points } = model;
  const finished = points.filter(({ curve }) => curve.final !== undefined);
  const stopped = points.filter(({ curve }) => curve.final === undefined && curve.trial.state !== 'running');
  const stride = Math.max(1, stopped.length / MOST_FILLED);
  const filled: Point[] = finished.map(({ x, curve }) => ({
    x,
    curve: { ...curve, scores: [curve.final as number] },
  }));
  for (let i = 0; Math.floor(i) < stopped.length; i += stride) {
    const { x, curve } = stopped[Math.floor(i)] as Point;
    const { mean, variance } = ladder.forecast(x, warpedScores(curve, ladder));
    if (!headsBelow(0.5, { mean, variance }, model)) continue;
    filled.push({ x, curve: { ...curve, scores: [ladder.warp.invert(mean)] } });
  }
  const settled = settledOf(finished, number, isCareful);
  const plain = createLadder(filled, 0, isCategorical, settled, fits, isCareful);
  return { ladder: plain, rungs: [], points: filled.slice(0, finished.length), best: bestOf(filled, plain) };
}

/** Hyperparameters are fitted anew when the study has grown by this factor. */
const GROWTH = 1.25;
const GROWTH_CAREFUL = 1.06;

/**
 * How many points there were when the hyperparameters were fitted: the last time, and for a careful model each time, since one
 * fit goes on from the other.
 */
function settledOf(points: readonly Point[], number: number, isCareful: boolean): number[] {
  const counts: number[] = [];
  let count = 0;
  const growth = isCareful ? GROWTH_CAREFUL : GROWTH;
  for (let at = 4; at <= Math.max(4, number); at = Math.max(at + 2, Math.ceil(at * growth))) {
    while (count < points.length && (points[count] as Point).curve.trial.number < at) count++;
    counts.push(count);
  }
  return isCareful ? counts : counts.slice(-1);
}

function bestOf(points: readonly Point[], ladder: Ladder): number | undefined {
  let best: number | undefined;
  // Where runs are repeated chance matters, and the best single result is the luckiest one.
  const isNoisy = points.some(({ curve }) => curve.count > 1);
  for (const { x, curve } of points) {
    if (curve.final === undefined) continue;
    const score = isNoisy ? ladder.predict(x).mean : ladder.warp.apply(curve.final);
    if (best === undefined || score > best) best = score;
  }
  return best;
}

export function warpedScores(curve: Curve, ladder: Ladder): number[] {
  return curve.scores.map((score) => ladder.warp.apply(score));
}
