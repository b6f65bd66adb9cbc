/**
 * What the trials that remain can be expected to add, by the Gaussian process of the finished score.
 *
 * x_1 … x_n: tried configurations; μ(x), s(x): posterior of the noise-free score; b = max μ(x_i), the best as the model sees it,
 * not as luck had it. For any m further configurations, by the union bound,
 *   E[max(0, max f − b)] ≤ ∫ min(1, m · max_x P(f(x) > b + t)) dt over t > 0,
 * which is some s · √(2 log m) and thus far below m times the expected improvement of one. (Stopping by a bound on what
 * is left: Makarova et al. 2022, arXiv 2104.08166.)
 * The scores are warped, but linear between the median and the best, so that a gain there is a gain of the metric.
 */
import type { History, SearchSetup } from '../_contract.ts';
import { normalSf } from '../../math/normal.ts';
import type { Rng } from '../../math/rng.ts';
import { assemble } from '../space/active.ts';
import { contains, fromUnit, toUnit } from '../space/domain.ts';
import type { Params, Space } from '../space.ts';
import { studyStream } from '../stream.ts';
import { encode } from './encoding.ts';
import { createModeller } from './study-model.ts';

const PURPOSE = 0x6a1;
const UNIFORM = 256;
const NEAR = 128;
const TOP = 4;
const WIDTHS = [0.2, 0.07, 0.02] as const;
const FEWEST = 10;
const REACH = 6;
const STEPS = 64;

/** A function of the history alone; null where there is too little to model. What it keeps between calls only saves time. */
export function createGainModel(
  setup: SearchSetup,
): (history: History, number: number, remaining: number) => number | null {
  const modeller = createModeller(setup);
  const { space } = setup;
  return (history, number, remaining) => {
    const { ladder, points } = modeller.model(history, number);
    const finished = points.filter(({ curve }) => curve.final !== undefined);
    if (finished.length < FEWEST) return null;
    const scale = scaleAt(
      ladder.warp.apply,
      finished.map(({ curve }) => curve.final as number),
    );
    if (scale === null) return null;
    const seen = finished
      .map(({ x, curve }) => ({ params: curve.trial.params, mean: ladder.predict(x).mean }))
      .sort((a, b) => b.mean - a.mean);
    const best = (seen[0] as { mean: number }).mean;
    const stream = studyStream(setup.seed, PURPOSE);
    const beliefs: Belief[] = [];
    const rate = (params: Params): void => {
      const x = encode(space, params);
      if (!x) return;
      const { mean, variance } = ladder.predict(x);
      beliefs.push({ ahead: mean - best, sd: Math.sqrt(Math.max(variance, 1e-18)) });
    };
    for (let i = 0; i < UNIFORM; i++) rate(assemble(space, (param) => fromUnit(param, stream.uniform())));
    for (let i = 0; i < NEAR; i++) {
      const from = seen[i % Math.min(TOP, seen.length)];
      if (from) rate(moved(space, from.params, WIDTHS[i % WIDTHS.length] as number, stream));
    }
    return expectedMaximum(beliefs, remaining) * scale;
  };
}

interface Belief {
  /** Mean score over the best. */
  ahead: number;
  sd: number;
}

/** The integral above, by the trapezoidal rule. */
function expectedMaximum(beliefs: readonly Belief[], count: number): number {
  const end = beliefs.reduce((most, { ahead, sd }) => Math.max(most, ahead + REACH * sd), 0);
  const step = end / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const t = i * step;
    const most = beliefs.reduce((top, { ahead, sd }) => Math.max(top, normalSf((t - ahead) / sd)), 0);
    sum += Math.min(1, count * most) * (i === 0 || i === STEPS ? 0.5 : 1);
  }
  return sum * step;
}

/** What one unit of the warped score is worth in the metric, at the best; null where all scores are equal. */
function scaleAt(apply: (score: number) => number, scores: readonly number[]): number | null {
  let best = -Infinity;
  let worst = Infinity;
  for (const score of scores) {
    best = Math.max(best, score);
    worst = Math.min(worst, score);
  }
  const step = (best - worst) * 1e-3;
  const rise = apply(best + step) - apply(best);
  return step > 0 && rise > 0 ? step / rise : null;
}

function moved(space: Space, params: Params, width: number, stream: Rng): Params {
  return assemble(space, (param) => {
    const value = params[param.name];
    const jump = stream.uniform();
    const shift = width * stream.normal();
    if (value === undefined || !contains(param, value)) return fromUnit(param, jump);
    if (param.kind === 'categorical') return jump < width ? fromUnit(param, stream.uniform()) : value;
    return fromUnit(param, Math.max(0, Math.min(1 - 1e-12, toUnit(param, value) + shift)));
  });
}
