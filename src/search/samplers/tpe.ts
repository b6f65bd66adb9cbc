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
import { type Mixture, MixtureBuilder } from './tpe/mixture.ts';
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
    const groups = groupsOf(space).map((group) => ({ ...group, mixtures: new Mixtures(table, group) }));
    const start = sobolPoints(setup);
    return {
      name: 'tpe',
      suggest: (history, number) => {
        table.update(history);
        for (const { mixtures } of groups) mixtures.forget();
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
function propose(
  table: TrialTable,
  groups: readonly (Group & { readonly mixtures: Mixtures })[],
  goal: Goal,
  stream: Rng,
): Params {
  const values = Object.create(null) as Record<string, ConfigValue>;
  for (const param of table.params) if (sizeOf(param) === 1) values[param.name] = valueAt(param, 0);
  groups.forEach((group, index) => {
    const [first] = group.params;
    if (first === undefined || !isActive(first, values)) return;
    const point = bestOf(group.mixtures, group.scales, goal, stream.split(index));
    group.params.forEach((param, at) => {
      values[param.name] = valueOn(group.scales[at] as Scale, point[at] as number);
    });
  });
  return assemble(table, ({ name }) => values[name] as ConfigValue);
}

interface Built {
  readonly good: Mixture;
  readonly goodDensity: (x: ArrayLike<number>) => number;
  readonly otherDensity: (x: ArrayLike<number>) => number;
}

/** The mixtures of a group, and what is kept of them from one suggestion to the next. */
class Mixtures {
  readonly #table: TrialTable;
  readonly #group: Group;
  readonly #good: MixtureBuilder;
  readonly #other: MixtureBuilder;
  #slots = new Int32Array(64).fill(-1);
  #rows = new Int32Array(64);
  #built: Built | undefined;

  constructor(table: TrialTable, group: Group) {
    this.#table = table;
    this.#group = group;
    this.#good = new MixtureBuilder(table, group.columns, group.scales);
    this.#other = new MixtureBuilder(table, group.columns, group.scales);
  }

  /** After the table has changed. */
  forget(): void {
    this.#built = undefined;
  }

  of(goal: Goal): Built {
    return (this.#built ??= this.#split(goal));
  }

  #split(goal: Goal): Built {
    const { trials, columns } = this.#table;
    if (this.#rows.length < trials.length) {
      this.#rows = new Int32Array(2 * trials.length);
      this.#slots = new Int32Array(2 * trials.length).fill(-1);
    }
    const first = columns[this.#group.columns[0] as number] as Float64Array;
    let count = 0;
    for (let row = 0; row < trials.length; row++) {
      if (!Number.isNaN(first[row])) this.#rows[count++] = row;
    }
    const { below, above } = splitRows(trials, this.#rows.subarray(0, count), goal, gamma);
    const { scales } = this.#group;
    const good = this.#build(this.#good, below);
    return {
      good,
      goodDensity: createLogDensity(good, scales),
      otherDensity: createLogDensity(this.#build(this.#other, above), scales),
    };
  }

  #build(builder: MixtureBuilder, members: Int32Array): Mixture {
    const slots = this.#slots;
    for (let kernel = 0; kernel < members.length; kernel++) slots[members[kernel] as number] = kernel;
    const mixture = builder.build(members, slots, weightsOf(members.length));
    for (let kernel = 0; kernel < members.length; kernel++) slots[members[kernel] as number] = -1;
    return mixture;
  }
}

/** The candidate with the largest ratio of the densities of good and of other trials. */
function bestOf(mixtures: Mixtures, scales: readonly Scale[], goal: Goal, stream: Rng): Float64Array {
  const { good, goodDensity, otherDensity } = mixtures.of(goal);
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
