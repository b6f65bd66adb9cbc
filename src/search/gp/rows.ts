/** What the points of a ladder's level are to its Gaussian process: inputs, targets, over how many runs, with which seeds. */
import { OWN_SEED } from './luck.ts';
import type { Point } from './ladder.ts';
import type { Rows } from './regression.ts';
import type { Warp } from './warp.ts';

/** From so many points on the shape of the inputs is fitted. */
const ENOUGH_FOR_SHAPE = 10;

/** Of level k: what a point adds to its level before, or at the first its score. */
export function rowsOf(
  points: readonly Point[],
  k: number,
  warp: Warp,
  isCategorical: readonly boolean[],
): Rows {
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
  const warped = k === 0 ? warpedInputs(points, isCategorical) : [];
  return { d, x, y, m, isCategorical: k === 0 ? isCategorical : [...isCategorical, false], warped };
}

/** Of finished scores with several seeds: a row for each run, since what a seed does shows in what different runs share. */
export function rowsOfRuns(points: readonly Point[], warp: Warp, isCategorical: readonly boolean[]): Rows {
  const numbers = seedsOf(points);
  const runs = points.flatMap(({ x, curve }) => {
    // Filled in by a forecast: of no seed.
    if (curve.runs.length === 0) return [{ x, score: curve.scores[0] as number, seed: OWN_SEED }];
    return curve.runs.map(({ seed, score }) => ({ x, score, seed: numbers.get(seed) ?? OWN_SEED }));
  });
  const d = isCategorical.length;
  const x = new Float64Array(runs.length * d);
  runs.forEach((run, i) => x.set(run.x, i * d));
  return {
    d,
    x,
    y: Float64Array.from(runs, ({ score }) => warp.apply(score)),
    m: new Float64Array(runs.length).fill(1),
    isCategorical,
    warped: warpedInputs(points, isCategorical),
    seeds: Int32Array.from(runs, ({ seed }) => seed),
  };
}

/** The seeds of finished runs, numbered as they come; a run without one has its own. */
export function seedsOf(points: readonly Point[]): ReadonlyMap<number | null, number> {
  const numbers = new Map<number | null, number>();
  for (const { curve } of points) {
    for (const { seed } of curve.runs)
      if (seed !== null && !numbers.has(seed)) numbers.set(seed, numbers.size);
  }
  return numbers;
}

/** Warped scores lie between a long lower tail and 1; as a kernel's input they are brought near [0, 1]. */
export function squash(z: number): number {
  return Math.max(-3, Math.min(2, z)) / 2;
}

function warpedInputs(points: readonly Point[], isCategorical: readonly boolean[]): readonly number[] {
  return points.length >= ENOUGH_FOR_SHAPE ? isCategorical.flatMap((is, j) => (is ? [] : [j])) : [];
}
