/**
 * What a configuration's finished score will be, learned from finished and from stopped trainings alike.
 *
 * z_k(x): the warped score at rung k, z_K: at the end. z_0 is a Gaussian process over x; each further rung adds one over
 * (x, z_k): z_{k+1} = z_k + δ_k(x, z_k). Every training that reached rung k+1 also passed rung k, so the levels are fitted
 * one by one, each on the few rows it has (Kennedy & O'Hagan 2000, Le Gratiet & Garnier 2014; with z_k as an input as in
 * Perdikaris 2017). Uncertainty is carried upward by the slope of δ_k.
 * Without rungs (K = 0) this is an ordinary Gaussian process of the finished score.
 */
import { type Curve } from './curves.ts';
import { defaultHyperparameters, fitHyperparameters, type Hyperparameters } from './hyperparameters.ts';
import { type Posterior, type Regression, regress, type Rows, type Slopes } from './regression.ts';
import { type Warp, warpOf } from './warp.ts';

export interface Level {
  readonly regression: Regression;
  /** Standardization of its targets: y = (target − mean) / sd. */
  readonly mean: number;
  readonly sd: number;
}

export interface Ladder {
  readonly warp: Warp;
  /** The finished score of a configuration of which nothing is known. */
  predict(x: Float64Array): Posterior;
  /** The same with its derivatives; only without rungs. */
  readonly slopes: ((x: Float64Array, slopes: Slopes) => Posterior) | undefined;
  /** The score at the first rung; noise of the training included. */
  first(x: Float64Array): Posterior;
  /** The finished score, given the warped scores at the first rungs; noise of the training included. */
  forecast(x: Float64Array, scores: readonly number[]): Posterior;
  /** How much a result at one configuration tells of another, from 0 to 1. */
  correlation(a: Float64Array, b: Float64Array): number;
}

export interface Point {
  readonly x: Float64Array;
  readonly curve: Curve;
}

/** Remembers fits by their rows, so that asking again costs nothing. */
export type FitCache = Map<string, Hyperparameters>;

const MOST_ROWS = 120;
/** δ_k is a gentle function: above the first rung fewer rows do. */
const MOST_ROWS_ABOVE = 50;
const MOST_FITTED = 80;
/** Under this many rows a level keeps the default hyperparameters. */
const FEW = 4;
/** From so many rows on the shape of the inputs is fitted. */
const ENOUGH_FOR_SHAPE = 10;
/** A careful model goes on from the last of its fits by a few steps. */
const ITERATIONS = 40;
const REFINEMENT = 2;

/**
 * `settled`: hyperparameters are fitted to the points before these indices alone, each fit going on from the one before, so that
 * asking again finds the last one; unless `isCareful`, then it is refined on all points.
 */
export function createLadder(
  points: readonly Point[],
  rungCount: number,
  isCategorical: readonly boolean[],
  settled: readonly number[],
  cache: FitCache,
  isCareful = false,
): Ladder {
  const warp = warpOf(points.map(lastScore));
  /** By the settled points alone: the scale of all moves with every trial, and the fit would not be found again. */
  const fitOf = (at: number, k: number): Hyperparameters | undefined => {
    if (at < 0) return undefined;
    const early = points.slice(0, settled[at]);
    const known = early.filter(({ curve }) => curve.scores.length > k);
    if (known.length < FEW) return undefined;
    const rows = rowsOf(
      chosen(known, isCareful ? MOST_ROWS : MOST_FITTED),
      k,
      warpOf(early.map(lastScore)),
      isCategorical,
    );
    const way = isCareful ? settled.slice(0, at + 1).join() : '';
    const key = `${k} ${way} ${rows.y.join()} ${rows.x.join()}`;
    const fitted = (): Hyperparameters => {
      const earlier = fitOf(at - 1, k);
      return fit(rows, k, ITERATIONS, [defaultHyperparameters(rows.d), ...(earlier ? [earlier] : [])]);
    };
    const hyperparameters = cache.get(key) ?? fitted();
    cache.set(key, hyperparameters);
    return hyperparameters;
  };
  const levels: Level[] = [];
  // Built when first asked for: a forecast from a high rung needs no lower level.
  const levelAt = (k: number): Level => {
    const known = levels[k];
    if (known) return known;
    const reached = points.filter(({ curve }) => curve.scores.length > k);
    const rows = rowsOf(chosen(reached, k === 0 ? MOST_ROWS : MOST_ROWS_ABOVE), k, warp, isCategorical);
    const fitted = fitOf(settled.length - 1, k);
    if (!isCareful || reached.length < FEW) return (levels[k] = levelOf(rows, fitted, k));
    const start = fitted ?? defaultHyperparameters(rows.d);
    return (levels[k] = levelOf(rows, fit(rows, k, REFINEMENT, [start]), k));
  };
  const step = (x: Float64Array, k: number, from: Posterior, noisy: boolean): Posterior => {
    const { regression, mean, sd } = levelAt(k);
    const input = new Float64Array(x.length + 1);
    input.set(x);
    input[x.length] = squash(from.mean);
    const h = Math.max(0.05, 0.5 * Math.sqrt(from.variance));
    const here = regression.along(input, squash(from.mean + h) - squash(from.mean));
    const slope = 1 + (sd * (here.meanThere - here.mean)) / h;
    const noise = noisy ? regression.hyperparameters.noise : 0;
    return {
      mean: from.mean + mean + sd * here.mean,
      variance: slope * slope * from.variance + sd * sd * (here.variance + noise),
    };
  };
  return {
    warp,
    predict(x) {
      let posterior = at(levelAt(0), x, false);
      for (let k = 1; k <= rungCount; k++) posterior = step(x, k, posterior, false);
      return posterior;
    },
    slopes:
      rungCount > 0
        ? undefined
        : (x, slopes) => {
            const { regression, mean, sd } = levelAt(0);
            const own = regression.slopesAt(x, slopes);
            for (let k = 0; k < x.length; k++) {
              slopes.mean[k]! *= sd;
              slopes.variance[k]! *= sd * sd;
            }
            return { mean: mean + sd * own.mean, variance: sd * sd * own.variance };
          },
    first: (x) => at(levelAt(0), x, true),
    forecast(x, scores) {
      if (scores.length === 0) return this.predict(x);
      let posterior: Posterior = { mean: scores.at(-1) as number, variance: 0 };
      for (let k = scores.length; k <= rungCount; k++) posterior = step(x, k, posterior, true);
      return posterior;
    },
    correlation: (a, b) => levelAt(0).regression.correlation(a, b),
  };
}

/** Warped scores lie between a long lower tail and 1; as a kernel's input they are brought near [0, 1]. */
function squash(z: number): number {
  return Math.max(-3, Math.min(2, z)) / 2;
}

function at(level: Level, x: Float64Array, noisy: boolean): Posterior {
  const { mean, variance } = level.regression.at(x);
  const noise = noisy ? level.regression.hyperparameters.noise : 0;
  return { mean: level.mean + level.sd * mean, variance: level.sd * level.sd * (variance + noise) };
}

/** The best half of what fits, and of the rest an even selection. */
function chosen(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const order = points.map((point, index) => ({ point, index, rank: rankOf(point) }));
  order.sort((a, b) => b.rank - a.rank || a.index - b.index);
  const kept = order.slice(0, Math.floor(most / 2));
  const rest = order.slice(kept.length);
  const stride = rest.length / (most - kept.length);
  for (let i = 0; i < most - kept.length; i++)
    kept.push(rest[Math.floor(i * stride)] as (typeof order)[number]);
  return kept.sort((a, b) => a.index - b.index).map(({ point }) => point);
}

function lastScore({ curve }: Point): number {
  return curve.scores.at(-1) as number;
}

/** By the last score, what is not a number last. */
export function rankOf(point: Point): number {
  const score = lastScore(point);
  return Number.isFinite(score) ? score : -Infinity;
}

function rowsOf(points: readonly Point[], k: number, warp: Warp, isCategorical: readonly boolean[]): Rows {
  const own = points[0]?.x.length ?? isCategorical.length;
  const d = k === 0 ? own : own + 1;
  const x = new Float64Array(points.length * d);
  const y = new Float64Array(points.length);
  const m = new Float64Array(points.length);
  points.forEach(({ x: point, curve }, i) => {
    x.set(point, i * d);
    const score = warp.apply(curve.scores[k] as number);
    if (k === 0) y[i] = score;
    else {
      const before = warp.apply(curve.scores[k - 1] as number);
      x[i * d + own] = squash(before);
      y[i] = score - before;
    }
    m[i] = Math.max(1, curve.count);
  });
  const numbers = isCategorical.flatMap((is, j) => (is ? [] : [j]));
  const warped = k === 0 && points.length >= ENOUGH_FOR_SHAPE ? numbers : [];
  return { d, x, y, m, isCategorical: k === 0 ? isCategorical : [...isCategorical, false], warped };
}

function levelOf(rows: Rows, hyperparameters: Hyperparameters | undefined, k: number): Level {
  const moments = momentsOf(rows, k);
  const fitted = hyperparameters ?? defaultHyperparameters(rows.d);
  return { regression: regress(standardizedBy(moments, rows), fitted), ...moments };
}

function fit(rows: Rows, k: number, iterations: number, starts: readonly Hyperparameters[]): Hyperparameters {
  return fitHyperparameters(standardizedBy(momentsOf(rows, k), rows), iterations, starts);
}

function standardizedBy({ mean, sd }: { mean: number; sd: number }, rows: Rows): Rows {
  return { ...rows, y: rows.y.map((value) => (value - mean) / sd) };
}

/** With few rows the spread of a level is not known: it is taken to be no less than a typical one. */
function momentsOf({ y }: Rows, k: number): { mean: number; sd: number } {
  const n = y.length;
  if (n === 0) return { mean: k === 0 ? 0 : 0.2, sd: 0.5 };
  let mean = 0;
  for (const value of y) mean += value / n;
  let squares = 0;
  for (const value of y) squares += (value - mean) ** 2;
  // Two pseudo-observations with a deviation of 0.3.
  const sd = Math.sqrt((squares + 2 * 0.09) / (n + 1));
  return { mean, sd: Math.max(sd, 1e-6) };
}
