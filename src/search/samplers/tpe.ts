/**
 * Tree-structured Parzen estimator: where are good trials denser than the others? Multivariate and grouped, with a constant
 * liar for running trials. Bergstra et al. 2011; Watanabe, arXiv 2304.11127; behaviour after Optuna's TPESampler.
 */
import type { Goal } from '../../metrics/_contract.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Rng } from '../../math/rng.ts';
import type { SamplerKind } from '../_contract.ts';
import { assemble, isActive } from '../space/active.ts';
import { sizeOf, valueAt } from '../space/domain.ts';
import type { Params } from '../space.ts';
import { trialStream } from '../stream.ts';
import { toScale, TrialTable } from '../table.ts';
import { sobolPoints } from './sobol.ts';
import { createLogDensity } from './tpe/density.ts';
import { drawPoint } from './tpe/draw.ts';
import { groupsOf, type Group } from './tpe/groups.ts';
import { buildMixture, type Mixture } from './tpe/mixture.ts';
import { type Scale, valueOn } from './tpe/scale.ts';
import { splitRows } from './tpe/split.ts';

const STARTUP = 10;
const CANDIDATES = 24;
const TRIES = 4;
const POINTS = 256;
/** So many of the newest trials count in full; older ones of the rest less and less. */
const RECENT = 25;

export const tpe: SamplerKind = {
  name: 'tpe',
  title: 'tree-structured Parzen estimator, multivariate',
  create: (setup) => {
    const { space, goal, seed } = setup;
    const table = new TrialTable(space);
    const groups = groupsOf(space);
    const start = sobolPoints(setup);
    return {
      name: 'tpe',
      suggest: (history, number) => {
        table.update(history);
        let finished = 0;
        for (const { state } of table.trials) if (state === 'complete' || state === 'pruned') finished += 1;
        if (finished < STARTUP) return start(number);
        const stream = trialStream(seed, number);
        let params = propose(table, groups, goal, stream.split(0));
        // In a small discrete space the same point would win again and again: ask anew, then take any new point.
        for (let attempt = 1; attempt < TRIES && isTried(table, params); attempt++) {
          params = propose(table, groups, goal, stream.split(attempt));
        }
        for (let other = 0; other < POINTS && isTried(table, params); other++) params = start(number + other);
        return params;
      },
    };
  },
};

/** The values drawn so far, with the fixed ones: what conditions may look at. */
function propose(table: TrialTable, groups: readonly Group[], goal: Goal, stream: Rng): Params {
  const values = Object.create(null) as Record<string, ConfigValue>;
  for (const param of table.params) if (sizeOf(param) === 1) values[param.name] = valueAt(param, 0);
  groups.forEach((group, index) => {
    const [first] = group.params;
    if (first === undefined || !isActive(first, values)) return;
    const point = bestOf(table, group, goal, stream.split(index));
    group.params.forEach((param, at) => {
      values[param.name] = valueOn(group.scales[at] as Scale, point[at] as number);
    });
  });
  return assemble(table, ({ name }) => values[name] as ConfigValue);
}

/** The candidate with the largest ratio of the densities of good and of other trials. */
function bestOf(table: TrialTable, group: Group, goal: Goal, stream: Rng): Float64Array {
  const { scales } = group;
  const first = table.columns[group.columns[0] as number] as Float64Array;
  const rows: number[] = [];
  for (let row = 0; row < table.trials.length; row++) {
    if (!Number.isNaN(first[row])) rows.push(row);
  }
  const { below, above } = splitRows(table.trials, rows, goal, gamma);
  const slots = new Int32Array(table.trials.length);
  const build = (members: readonly number[]): Mixture => {
    slots.fill(-1);
    members.forEach((row, kernel) => (slots[row] = kernel));
    return buildMixture(table, group.columns, scales, members, slots, weightsOf(members.length));
  };
  const good = build(below);
  const goodDensity = createLogDensity(good, scales);
  const otherDensity = createLogDensity(build(above), scales);
  let best: Float64Array | undefined;
  let bestRatio = -Infinity;
  for (let candidate = 0; candidate < CANDIDATES; candidate++) {
    const point = drawPoint(good, scales, stream);
    const ratio = goodDensity(point) - otherDensity(point);
    if (best !== undefined && !(ratio > bestRatio)) continue;
    best = point;
    bestRatio = ratio;
  }
  return best as Float64Array;
}

/** How many of the finished trials count as good. */
function gamma(finished: number): number {
  return Math.min(Math.ceil(0.1 * finished), RECENT);
}

/** Weights of n kernels, oldest first, and of the prior. */
function weightsOf(n: number): Float64Array {
  const weights = new Float64Array(n + 1).fill(1);
  const old = n - RECENT;
  for (let at = 0; at < old; at++) weights[at] = old === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * at) / (old - 1);
  return weights;
}

function isTried(table: TrialTable, params: Params): boolean {
  const values = table.params.map((param) => {
    const value = params[param.name];
    return value === undefined ? Number.NaN : toScale(param, value);
  });
  return table.occurrences(values) > 0;
}
