/**
 * CMA-ES over all numeric parameters as positions in [0, 1]; discrete ones keep a margin, so that they never freeze
 * (Hamano et al. 2022, arXiv 2205.13482); categorical ones are drawn as often as the better half of the trials chose them.
 * Good for many trials of continuous parameters.
 */
import { normalQuantile } from '../../math/normal.ts';
import type { Rng } from '../../math/rng.ts';
import type { History, SamplerKind, SearchSetup } from '../_contract.ts';
import type { CategoricalParam, Param, Params } from '../space.ts';
import { assemble, isInside } from '../space/active.ts';
import { fromUnit, indexOf, sizeOf, toUnit, valueAt } from '../space/domain.ts';
import { studyStream, trialStream } from '../stream.ts';
import { lossOf } from '../trial.ts';
import { createReplay } from './cma/replay.ts';
import type { Strategy } from './cma/strategy.ts';
import { sobolPoints } from './sobol.ts';

const RESTARTS = 3;
const REDRAWS = 20;
/** Trials that categorical choices are learned from. */
const MEMORY = 200;

export const cmaEs: SamplerKind = {
  name: 'cma-es',
  title: 'covariance matrix adaptation, for many trials of numbers',
  create: (setup) => {
    const { space, goal, seed } = setup;
    const numeric = space.params.filter((param) => param.kind !== 'categorical' && sizeOf(param) > 1);
    const start = sobolPoints(setup);
    const restarts = studyStream(seed, RESTARTS);
    const replay = createReplay(
      numeric.length,
      goal,
      ({ params }) => (isInside(space, params) ? encode(numeric, params) : null),
      (restart) => {
        const stream = restarts.split(restart);
        return Float64Array.from(numeric, () => 0.2 + 0.6 * stream.uniform());
      },
    );
    return {
      name: 'cma-es',
      suggest: (history, number) => {
        const { strategy } = numeric.length === 0 ? { strategy: null } : replay(history);
        if (strategy === null && (numeric.length > 0 || history.length < MEMORY / 10)) return start(number);
        const stream = trialStream(seed, number);
        const point = strategy === null ? [] : drawInside(strategy, numeric, stream);
        const position = new Map(numeric.map((param, at) => [param.name, point[at] as number]));
        return assemble(space, (param, at) => {
          if (sizeOf(param) === 1) return valueAt(param, 0);
          if (param.kind !== 'categorical') return fromUnit(param, position.get(param.name) ?? 0.5);
          return valueAt(param, drawChoice(param, history, setup, stream.split(at)));
        });
      },
    };
  },
};

/** Positions of a configuration; inactive parameters lie in the middle. */
function encode(numeric: readonly Param[], params: Params): Float64Array {
  return Float64Array.from(numeric, (param) => {
    const value = params[param.name];
    return value === undefined ? 0.5 : toUnit(param, value);
  });
}

function drawInside(strategy: Strategy, numeric: readonly Param[], stream: Rng): Float64Array {
  const share = 1 / (strategy.lambda * strategy.n);
  let point = new Float64Array(strategy.n);
  for (let redraw = 0; redraw < REDRAWS; redraw++) {
    const drawn = strategy.draw(stream);
    point = drawn.map((x, at) => {
      const size = sizeOf(numeric[at] as Param);
      if (size === Infinity) return x;
      // The spread at which a share of the draws leaves the cell of the mean.
      const least = 0.5 / size / -normalQuantile(share / 2);
      const mean = strategy.mean[at] as number;
      return mean + (x - mean) * Math.max(1, least / Math.max(1e-300, strategy.spread(at)));
    });
    if (point.every((x) => x >= 0 && x <= 1)) break;
  }
  return point.map((x) => Math.max(0, Math.min(1, x)));
}

/** A choice in proportion to the better half of the latest trials that had it, one imagined trial for each choice. */
function drawChoice(
  param: CategoricalParam & Param,
  history: History,
  { goal }: SearchSetup,
  stream: Rng,
): number {
  const rated: { index: number; loss: number }[] = [];
  for (const { params, value } of history.slice(-MEMORY)) {
    const index = params[param.name] === undefined ? -1 : indexOf(param, params[param.name] ?? null);
    if (index >= 0 && value !== null) rated.push({ index, loss: lossOf(value, goal) });
  }
  rated.sort((a, b) => a.loss - b.loss);
  const counts = new Float64Array(param.choices.length).fill(1);
  for (const { index } of rated.slice(0, Math.ceil(rated.length / 2)))
    counts[index] = (counts[index] as number) + 1;
  let rest = stream.uniform() * counts.reduce((sum, count) => sum + count, 0);
  for (let index = 0; index < counts.length; index++) {
    rest -= counts[index] as number;
    if (rest < 0) return index;
  }
  return counts.length - 1;
}
