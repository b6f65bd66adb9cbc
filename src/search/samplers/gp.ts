/**
 * Bayesian optimization with a Gaussian process: the next configuration is where the finished score promises the largest
 * expected improvement. Stopped trainings count as far as they came (`gp/ladder.ts`).
 */
import type { History, SamplerKind, SearchSetup } from '../_contract.ts';
import { logExpectedImprovement } from '../gp/expected-improvement.ts';
import { encode } from '../gp/encoding.ts';
import { type Point, rankOf } from '../gp/ladder.ts';
import { isToFinish } from '../gp/share.ts';
import { createModeller, type StudyModel, warpedScores } from '../gp/study-model.ts';
import type { Rng } from '../../math/rng.ts';
import { assemble, isInside } from '../space/active.ts';
import { contains, fromUnit, sizeOf, toUnit } from '../space/domain.ts';
import type { Params, Space } from '../space.ts';
import { trialStream } from '../stream.ts';
import { random } from './random.ts';

/** Trials before the model speaks: random ones. */
const STARTUP = 8;
const UNIFORM = 128;
const NEAR = 64;
const ROUNDS = 4;
const CLIMBERS = 3;
const MOVES = 12;
/** Points of each length of curve whose finished score is forecast. */
const LEADING = 12;

interface Candidate {
  readonly params: Params;
  readonly value: number;
}

export const gp: SamplerKind = {
  name: 'gp',
  title: 'Gaussian process, expected improvement; learns from stopped trainings',
  create: (setup) => {
    const modeller = createModeller(setup);
    const start = random.create(setup);
    return {
      name: 'gp',
      suggest(history, number) {
        const told = history.filter(
          ({ state, runs }) =>
            state === 'complete' || (state === 'pruned' && runs.some((run) => run.reports.length > 0)),
        );
        if (told.length < STARTUP) return start.suggest(history, number);
        // Forecasts through the rungs find the good region early; its last digits are told by finished scores.
        const model = isToFinish(history, number)
          ? modeller.finishedModel(history, number)
          : modeller.model(history, number);
        return best(setup, history, model, trialStream(setup.seed, number));
      },
    };
  },
};

function best({ space }: SearchSetup, history: History, model: StudyModel, stream: Rng): Params {
  const { ladder, points } = model;
  const forecasts = promising(points)
    .map((point) => ({ point, mean: meanOf(point, model) }))
    .sort((a, b) => b.mean - a.mean);
  const goalScore = model.best ?? forecasts[0]?.mean ?? 0;
  const running = history
    .filter(({ state }) => state === 'running')
    .map(({ params }) => encode(space, params))
    .filter((x) => x !== undefined);
  const rate = (params: Params): Candidate => {
    const x = encode(space, params) as Float64Array;
    const { mean, variance } = ladder.predict(x);
    let value = logExpectedImprovement(mean, variance, goalScore);
    // Trials in other slots will tell about their surroundings by themselves (local penalization).
    for (const other of running) value += Math.log1p(-Math.min(1 - 1e-12, ladder.correlation(x, other)));
    return { params, value };
  };
  const key = (params: Params): string => keyOf(space, params);
  const seen = new Set(history.map(({ params }) => key(params)));
  let candidates: Candidate[] = [];
  for (let i = 0; i < UNIFORM; i++) {
    candidates.push(rate(assemble(space, (param) => fromUnit(param, stream.uniform()))));
  }
  for (let i = 0; i < NEAR; i++) {
    const near = forecasts[i % Math.min(6, forecasts.length)]?.point.curve.trial.params;
    if (near) candidates.push(rate(neighbour(space, near, 0.1, stream)));
  }
  candidates.sort((a, b) => b.value - a.value);
  const drawn = candidates;
  candidates = candidates.slice(0, CLIMBERS);
  for (let round = 0; round < ROUNDS; round++) {
    const width = 0.15 * 0.45 ** round;
    candidates = candidates.map((from) => {
      let top = from;
      for (let move = 0; move < MOVES; move++) {
        const next = rate(neighbour(space, top.params, width, stream));
        if (next.value > top.value) top = next;
      }
      return top;
    });
  }
  // A stopped training that would be continued today is worth starting again.
  for (const { point } of forecasts.slice(0, 10)) {
    const { curve, x } = point;
    if (curve.final !== undefined || curve.trial.state !== 'pruned' || !isInside(space, curve.trial.params))
      continue;
    const { mean, variance } = ladder.forecast(x, warpedScores(curve, ladder));
    candidates.push({ params: curve.trial.params, value: logExpectedImprovement(mean, variance, goalScore) });
  }
  candidates.sort((a, b) => b.value - a.value);
  const rerun = new Set(
    points.filter(({ curve }) => curve.final === undefined).map(({ curve }) => key(curve.trial.params)),
  );
  for (const { curve } of points) if (curve.final !== undefined) rerun.delete(key(curve.trial.params));
  const isFresh = ({ params }: Candidate): boolean => !seen.has(key(params)) || rerun.has(key(params));
  // In a discrete space all climbers may come to what was tried; there is more than that.
  const fresh = candidates.find(isFresh) ?? drawn.find(isFresh);
  return (fresh ?? candidates[0])?.params ?? assemble(space, (param) => fromUnit(param, stream.uniform()));
}

/** The points that lead at the place of the curve where they stand: of thousands of stopped ones few are worth a forecast. */
function promising(points: readonly Point[]): Point[] {
  const byLength = new Map<number, Point[]>();
  for (const point of points) {
    const { length } = point.curve.scores;
    const group = byLength.get(length);
    if (group) group.push(point);
    else byLength.set(length, [point]);
  }
  return [...byLength.values()].flatMap((group) =>
    group.sort((a, b) => rankOf(b) - rankOf(a)).slice(0, LEADING),
  );
}

function meanOf({ x, curve }: Point, { ladder }: StudyModel): number {
  const scores = warpedScores(curve, ladder);
  return curve.final !== undefined ? ladder.warp.apply(curve.final) : ladder.forecast(x, scores).mean;
}

const keys = new WeakMap<Params, string>();

function keyOf(space: Space, params: Params): string {
  let key = keys.get(params);
  if (key === undefined)
    keys.set(params, (key = JSON.stringify(space.params.map(({ name }) => params[name] ?? null))));
  return key;
}

/** Some of the parameters moved: numbers by a normal step, choices drawn anew. */
function neighbour(space: Space, params: Params, width: number, stream: Rng): Params {
  const share = Math.min(1, Math.max(0.3, 2 / space.params.length));
  const forced = stream.integer(space.params.length);
  return assemble(space, (param, index) => {
    const value = params[param.name];
    const moves = stream.uniform() < share || index === forced;
    if (value === undefined || !contains(param, value)) return fromUnit(param, stream.uniform());
    if (!moves) return value;
    if (param.kind === 'categorical') return fromUnit(param, stream.uniform());
    // A discrete parameter moves by a step at least half of the time.
    const size = sizeOf(param);
    const reach = Math.max(width, size === Infinity ? 0 : 0.6 / size);
    const u = toUnit(param, value) + reach * stream.normal();
    return fromUnit(param, Math.max(0, Math.min(1 - 1e-12, u)));
  });
}
