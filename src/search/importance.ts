/**
 * Which parameters made the best trials the best? PED-ANOVA (Watanabe et al. 2023, arXiv 2304.10255; for conditional
 * parameters arXiv 2601.20800): the divergence between the density of a parameter's values among the best γ′ of the trials
 * and among all of them. Intervals by bootstrap over trials; what shuffled values would show says how much is chance.
 */
import type { ConfigValue } from '../config/value.ts';
import type { Goal } from '../metrics/_contract.ts';
import { createRng, type Rng } from '../math/rng.ts';
import type { History } from './_contract.ts';
import { gridDensity, pearsonDivergence } from './importance/density.ts';
import { isInside } from './space/active.ts';
import { indexOf, sizeOf, toUnit } from './space/domain.ts';
import type { Param, Space } from './space.ts';
import { lossOf } from './trial.ts';

export interface Importance {
  name: string;
  /** Share of the importance of all parameters; the shares sum to 1. */
  share: number;
  /** The middle 90 % of the bootstrap. */
  low: number;
  high: number;
  /** Whether its divergence is larger than in 95 % of the shuffles: otherwise nothing is known about it. */
  isAboveChance: boolean;
}

export interface ImportanceOptions {
  seed?: number;
  /** γ′: which part of the trials are the best. Default a tenth, at least five trials. */
  best?: number;
}

const CELLS = 50;
const LEAST_TRIALS = 12;
const LEAST_BEST = 5;
const BOOTSTRAPS = 200;
const SHUFFLES = 200;

/** Parameters by falling importance; null where there are too few complete trials to say anything. */
export function importanceOf(
  space: Space,
  history: History,
  goal: Goal,
  options: ImportanceOptions = {},
): Importance[] | null {
  const ranked = history
    .flatMap(({ params, value }) =>
      value !== null && Number.isFinite(value) && isInside(space, params)
        ? [{ params, loss: lossOf(value, goal) }]
        : [],
    )
    .sort((a, b) => a.loss - b.loss);
  const n = ranked.length;
  const params = space.params.filter((param) => sizeOf(param) > 1);
  if (n < LEAST_TRIALS || params.length === 0) return null;
  const tops = Math.min(n - 1, Math.max(LEAST_BEST, Math.ceil((options.best ?? 0.1) * n)));
  const columns = params.map((param) => {
    const cells = cellsOf(param);
    return {
      cells,
      isOrdered: param.kind !== 'categorical',
      at: Int32Array.from(ranked, (trial) => cellIn(param, cells, trial.params[param.name])),
    };
  });
  const stream = createRng(options.seed ?? 0, 0x1a9);
  const once = new Float64Array(n).fill(1);
  const divergence = (multiplicity: Float64Array, order?: Int32Array): number[] =>
    columns.map((column) => divergenceOf(column, multiplicity, tops, order));
  const raw = divergence(once);
  const bootstraps = Array.from({ length: BOOTSTRAPS }, () => sharesOf(divergence(resample(n, stream))));
  const chance = Array.from({ length: SHUFFLES }, () => divergence(once, shuffled(n, stream)));
  const shares = sharesOf(raw);
  return params
    .map(({ name }, at): Importance => {
      const spread = bootstraps.map((one) => one[at] as number).sort((a, b) => a - b);
      const byChance = chance.map((one) => one[at] as number).sort((a, b) => a - b);
      const share = shares[at] as number;
      return {
        name,
        share,
        low: Math.min(share, quantile(spread, 0.05)),
        high: Math.max(share, quantile(spread, 0.95)),
        isAboveChance: (raw[at] as number) > quantile(byChance, 0.95),
      };
    })
    .sort((a, b) => b.share - a.share);
}

interface Column {
  cells: number;
  isOrdered: boolean;
  /** Cell of each trial, best first; −1 where the parameter is inactive. */
  at: Int32Array;
}

/** α²/β·D within the trials that have the parameter: α of the best and β of all have it. */
function divergenceOf(
  { cells, isOrdered, at }: Column,
  multiplicity: Float64Array,
  tops: number,
  order?: Int32Array,
): number {
  const best = new Float64Array(cells);
  const all = new Float64Array(cells);
  let taken = 0;
  let active = 0;
  let total = 0;
  let activeBest = 0;
  for (let rank = 0; rank < at.length; rank++) {
    const count = multiplicity[rank] as number;
    const cell = at[order === undefined ? rank : (order[rank] as number)] as number;
    const counted = Math.min(count, tops - taken);
    taken += counted;
    total += count;
    if (cell < 0) continue;
    best[cell] = (best[cell] as number) + counted;
    all[cell] = (all[cell] as number) + count;
    activeBest += counted;
    active += count;
  }
  if (activeBest === 0 || active < 2) return 0;
  const scale = (activeBest / tops) ** 2 / (active / total);
  return scale * pearsonDivergence(gridDensity(best, isOrdered), gridDensity(all, isOrdered));
}

function cellsOf(param: Param): number {
  return param.kind === 'categorical' ? param.choices.length : Math.min(CELLS, sizeOf(param));
}

function cellIn(param: Param, cells: number, value: ConfigValue | undefined): number {
  if (value === undefined) return -1;
  if (param.kind === 'categorical') return indexOf(param, value);
  return Math.max(0, Math.min(cells - 1, Math.floor(toUnit(param, value) * cells)));
}

function sharesOf(values: readonly number[]): number[] {
  const sum = values.reduce((all, value) => all + value, 0);
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}

/** How often each of n trials is drawn with replacement. */
function resample(n: number, stream: Rng): Float64Array {
  const multiplicity = new Float64Array(n);
  for (let draw = 0; draw < n; draw++) {
    const at = stream.integer(n);
    multiplicity[at] = (multiplicity[at] as number) + 1;
  }
  return multiplicity;
}

function shuffled(n: number, stream: Rng): Int32Array {
  return Int32Array.from(stream.shuffle(Array.from({ length: n }, (_, at) => at)));
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] as number;
}
