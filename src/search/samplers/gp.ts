/**
 * Bayesian optimization with a Gaussian process: the next configuration is where the finished score promises the largest
 * expected improvement. Stopped trainings count as far as they came (`gp/ladder.ts`).
 */
import type { History, SamplerKind, SearchSetup } from '../_contract.ts';
import { logExpectedImprovement } from '../gp/expected-improvement.ts';
import { encode } from '../gp/encoding.ts';
import { type Point, rankOf } from '../gp/ladder.ts';
import { isToFinish } from '../gp/share.ts';
import { createAcquisition } from '../gp/acquisition.ts';
import { ascend, type Candidate } from '../gp/ascent.ts';
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
const STARTS = 5;
const NEAR = 64;
const ROUNDS = 4;
const CLIMBERS = 3;
const MOVES = 12;
const MOST_PLANNED_FOR_CARE = 250;
const MOST_FINISHED_FOR_CARE = 150;
/** Points of each length of curve whose finished score is forecast. */
const LEADING = 12;

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
        const isCareful = paysForCare(setup, history);
        const model = isToFinish(history, number)
          ? modeller.finishedModel(history, number, isCareful)
          : modeller.model(history, number, isCareful);
        return best(setup, history, model, isCareful, trialStream(setup.seed, number));
      },
    };
  },
};

/**
 * Whether the fit is renewed at every trial and the promise maximized with gradients, at some 20 ms a trial. Many planned
 * trials are short ones, and where many have finished each tells little.
 */
function paysForCare({ plannedTrials }: SearchSetup, history: History): boolean {
  if (plannedTrials !== null && plannedTrials > MOST_PLANNED_FOR_CARE) return false;
  return history.filter(({ state }) => state === 'complete').length <= MOST_FINISHED_FOR_CARE;
}

function best(
  { space }: SearchSetup,
  history: History,
  model: StudyModel,
  isCareful: boolean,
  stream: Rng,
): Params {
  const { ladder, points } = model;
  const forecasts = promising(points)
    .map((point) => ({ point, mean: meanOf(point, model) }))
    .sort((a, b) => b.mean - a.mean);
  const goalScore = model.best ?? forecasts[0]?.mean ?? 0;
  const running = history
    .filter(({ state }) => state === 'running')
    .map(({ params }) => encode(space, params))
    .filter((x) => x !== undefined);
  const acquisition = createAcquisition(ladder, goalScore, running);
  const rate = (params: Params): Candidate => ({
    params,
    value: acquisition.at(encode(space, params) as Float64Array),
  });
  const isSteered = isCareful && acquisition.slopes !== undefined;
  const key = (params: Params): string => keyOf(space, params);
  const seen = new Set(history.map(({ params }) => key(params)));
  const drawn: Candidate[] = [];
  for (let i = 0; i < UNIFORM; i++) {
    drawn.push(rate(assemble(space, (param) => fromUnit(param, stream.uniform()))));
  }
  for (let i = 0; i < NEAR; i++) {
    const near = forecasts[i % Math.min(6, forecasts.length)]?.point.curve.trial.params;
    if (near) drawn.push(rate(neighbour(space, near, 0.1, stream)));
  }
  drawn.sort((a, b) => b.value - a.value);
  let candidates: Candidate[];
  if (isSteered) {
    const leader = forecasts[0]?.point.curve.trial.params;
    const starts = startsOf(drawn, stream);
    if (leader && isInside(space, leader)) starts.push(rate(leader));
    candidates = starts.map((from) => ascend(space, from, acquisition));
  } else {
    candidates = drawn.slice(0, CLIMBERS).map((from) => wander(space, from, rate, stream));
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

/** The best of those drawn and others by how much they promise (Optuna's roulette), so that several hills are climbed. */
function startsOf(drawn: readonly Candidate[], stream: Rng): Candidate[] {
  const [top, ...rest] = drawn;
  if (!top) return [];
  const starts = [top];
  while (starts.length < STARTS && rest.length > 0) {
    const shares = rest.map(({ value }) => Math.exp(value - top.value));
    let left = stream.uniform() * shares.reduce((sum, share) => sum + share, 0);
    const at = shares.findIndex((share) => (left -= share) <= 0);
    starts.push(...rest.splice(Math.max(0, at), 1));
  }
  return starts;
}

/** A climb by random moves, ever shorter ones. */
function wander(space: Space, from: Candidate, rate: (params: Params) => Candidate, stream: Rng): Candidate {
  let top = from;
  for (let round = 0; round < ROUNDS; round++) {
    for (let move = 0; move < MOVES; move++) {
      const next = rate(neighbour(space, top.params, 0.15 * 0.45 ** round, stream));
      if (next.value > top.value) top = next;
    }
  }
  return top;
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
