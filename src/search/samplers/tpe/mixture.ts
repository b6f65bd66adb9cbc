/**
 * Parzen mixtures of TPE: one product kernel per trial and a prior kernel over the whole space.
 *
 * n: trials; kernel n is the prior. C continuous, K categorical, G discrete (gridded) parameters.
 * A continuous kernel is a normal of mean μ and width σ cut to the range; a gridded one gives each cell its share of such a
 * normal; a categorical one gives its own choice 1 + 1/m and the others 1/m (m = n + 1), normalized.
 * σ: distance to the farther neighbour among the sorted means, cut to [range / min(100, (n + 2)^1.5), range]
 * ("magic clip"; Optuna's power is 1, which keeps the few good trials too wide: see `bench/search/synthetic.mjs`).
 * The first and last mean look at their inner neighbour only. As in Optuna; Bergstra 2011; Watanabe, arXiv 2304.11127.
 */
import { normalLogMass } from '../../../math/truncated-normal.ts';
import type { TrialTable } from '../../table.ts';
import type { Scale } from './scale.ts';

const LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

export interface Mixture {
  readonly size: number;
  /** log weight and all normalizing constants of a kernel. */
  readonly constants: Float64Array;
  readonly weights: Float64Array;
  readonly continuous: readonly number[];
  /** [kernel · C + parameter]: means and 1/σ. */
  readonly means: Float64Array;
  readonly precisions: Float64Array;
  readonly categorical: readonly Categories[];
  readonly gridded: readonly Gridded[];
}

interface Categories {
  /** Position among the parameters of the group. */
  readonly at: number;
  /** The choice of each kernel; −1 for the prior. */
  readonly choices: Int32Array;
  readonly own: number;
  readonly other: number;
  readonly uniform: number;
}

export interface Gridded {
  readonly at: number;
  /** Kernels of equal mean and width share an entry, so that a cell's share is computed once. */
  readonly entry: Int32Array;
  readonly mean: number[];
  readonly sigma: number[];
}

/**
 * The mixture of the rows in `members` (ascending). `part[row] === mark` says the same; `columns` are the positions of the
 * group's parameters in the table, beside their `scales`.
 */
export function buildMixture(
  table: TrialTable,
  columns: readonly number[],
  scales: readonly Scale[],
  members: readonly number[],
  slots: Int32Array,
  weights: Float64Array,
): Mixture {
  const n = members.length;
  const of = (kind: Scale['kind']): number[] =>
    scales.flatMap((scale, at) => (scale.kind === kind ? [at] : []));
  const continuous = of('continuous');
  const width = continuous.length;
  const constants = new Float64Array(n + 1);
  let total = 0;
  for (let kernel = 0; kernel <= n; kernel++) total += weights[kernel] as number;
  for (let kernel = 0; kernel <= n; kernel++)
    constants[kernel] = Math.log((weights[kernel] as number) / total);
  const means = new Float64Array((n + 1) * width);
  const precisions = new Float64Array((n + 1) * width);
  const sigmas = new Float64Array(n + 1);
  continuous.forEach((at, offset) => {
    const scale = scales[at] as Scale;
    const column = columns[at] as number;
    fillSigmas(table, column, scale, slots, n, sigmas);
    const values = table.columns[column] as Float64Array;
    const middle = (scale.low + scale.high) / 2;
    for (let kernel = 0; kernel <= n; kernel++) {
      const mean = kernel < n ? (values[members[kernel] as number] as number) : middle;
      const sigma = sigmas[kernel] as number;
      const mass = normalLogMass((scale.low - mean) / sigma, (scale.high - mean) / sigma);
      means[kernel * width + offset] = mean;
      precisions[kernel * width + offset] = 1 / sigma;
      constants[kernel] = (constants[kernel] as number) - Math.log(sigma) - LOG_SQRT_2PI - mass;
    }
  });
  const gridded = of('discrete').map((at): Gridded => {
    const scale = scales[at] as Scale;
    fillSigmas(table, columns[at] as number, scale, slots, n, sigmas);
    return grid(table, columns[at] as number, scale, at, slots, n, sigmas, constants);
  });
  const categorical = of('categorical').map((at): Categories => {
    const { size } = scales[at] as Scale;
    const values = table.columns[columns[at] as number] as Float64Array;
    const choices = Int32Array.from(members, (row) => values[row] as number);
    const share = 1 / (n + 1);
    const sum = Math.log(1 + size * share);
    return {
      at,
      choices: Int32Array.of(...choices, -1),
      own: Math.log(1 + share) - sum,
      other: Math.log(share) - sum,
      uniform: -Math.log(size),
    };
  });
  return { size: n + 1, constants, weights, continuous, means, precisions, categorical, gridded };
}

/** σ of every kernel of one parameter; the prior's is the whole range. `slots[row]` is the kernel of a row, or −1. */
function fillSigmas(
  table: TrialTable,
  column: number,
  { low, high }: Scale,
  slots: Int32Array,
  n: number,
  sigmas: Float64Array,
): void {
  const range = high - low;
  const least = range / Math.min(100, (n + 2) ** 1.5);
  sigmas[n] = range;
  const order = table.orders[column] as Int32Array;
  const values = table.columns[column] as Float64Array;
  const count = table.counts[column] as number;
  let before = low;
  let kernel = -1;
  let mean = low;
  let seen = 0;
  const settle = (after: number, isLast: boolean): void => {
    const left = mean - before;
    const right = after - mean;
    let sigma = Math.max(left, right);
    if (n >= 2 && seen === 1) sigma = right;
    else if (n >= 2 && isLast) sigma = left;
    sigmas[kernel] = Math.max(least, Math.min(range, sigma));
  };
  for (let position = 0; position < count; position++) {
    const row = order[position] as number;
    const slot = slots[row] as number;
    if (slot < 0) continue;
    const value = values[row] as number;
    if (kernel >= 0) {
      settle(value, false);
      before = mean;
    }
    kernel = slot;
    mean = value;
    seen += 1;
  }
  if (kernel >= 0) settle(high, true);
}

function grid(
  table: TrialTable,
  column: number,
  scale: Scale,
  at: number,
  slots: Int32Array,
  n: number,
  sigmas: Float64Array,
  constants: Float64Array,
): Gridded {
  const entry = new Int32Array(n + 1);
  const mean: number[] = [];
  const sigma: number[] = [];
  let mass = 0;
  const add = (kernel: number, value: number): void => {
    const width = sigmas[kernel] as number;
    const last = mean.length - 1;
    if (last < 0 || mean[last] !== value || sigma[last] !== width) {
      mean.push(value);
      sigma.push(width);
      mass = normalLogMass((scale.low - value) / width, (scale.high - value) / width);
    }
    entry[kernel] = mean.length - 1;
    constants[kernel] = (constants[kernel] as number) - mass;
  };
  const order = table.orders[column] as Int32Array;
  const values = table.columns[column] as Float64Array;
  for (let position = 0; position < (table.counts[column] as number); position++) {
    const row = order[position] as number;
    const kernel = slots[row] as number;
    if (kernel >= 0) add(kernel, values[row] as number);
  }
  add(n, (scale.low + scale.high) / 2);
  return { at, entry, mean, sigma };
}
