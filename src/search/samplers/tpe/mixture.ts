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
  /** n + 1; the arrays may be longer. */
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

/** Builds the mixtures of one group, one after the other: **each is valid until the next is built.** */
export class MixtureBuilder {
  readonly #table: TrialTable;
  readonly #columns: readonly number[];
  readonly #scales: readonly Scale[];
  readonly #continuous: readonly number[];
  readonly #discrete: readonly number[];
  /** [continuous parameter]: what a trial's kernel was like last time, and its normalizing constant. */
  readonly #known: Known[];
  #constants = new Float64Array(0);
  #means = new Float64Array(0);
  #precisions = new Float64Array(0);
  #sigmas = new Float64Array(0);
  #choices: Int32Array[] = [];
  #entries: Int32Array[] = [];

  constructor(table: TrialTable, columns: readonly number[], scales: readonly Scale[]) {
    const of = (kind: Scale['kind']): number[] =>
      scales.flatMap((scale, at) => (scale.kind === kind ? [at] : []));
    this.#table = table;
    this.#columns = columns;
    this.#scales = scales;
    this.#continuous = of('continuous');
    this.#discrete = of('discrete');
    this.#known = this.#continuous.map(() => new Known());
  }

  /** Of the rows in `members` (ascending); `slots[row]` is a row's place among them, or −1. */
  build(members: Int32Array, slots: Int32Array, weights: Float64Array): Mixture {
    const n = members.length;
    const table = this.#table;
    const scales = this.#scales;
    this.#reserve(n + 1);
    const constants = this.#constants;
    const sigmas = this.#sigmas;
    let total = 0;
    for (let kernel = 0; kernel <= n; kernel++) total += weights[kernel] as number;
    for (let kernel = 0; kernel <= n; kernel++)
      constants[kernel] = Math.log((weights[kernel] as number) / total);
    this.#continuous.forEach((at, offset) => {
      const scale = scales[at] as Scale;
      const column = this.#columns[at] as number;
      fillSigmas(table, column, scale, slots, n, sigmas);
      this.#fill(table.columns[column] as Float64Array, members, offset, scale);
    });
    const gridded = this.#discrete.map((at, index): Gridded => {
      const scale = scales[at] as Scale;
      const column = this.#columns[at] as number;
      fillSigmas(table, column, scale, slots, n, sigmas);
      return grid(table, column, scale, at, slots, n, sigmas, constants, this.#entries[index] as Int32Array);
    });
    const categorical: Categories[] = [];
    scales.forEach(({ kind, size }, at) => {
      if (kind !== 'categorical') return;
      const values = table.columns[this.#columns[at] as number] as Float64Array;
      const choices = this.#choices[categorical.length] as Int32Array;
      for (let kernel = 0; kernel < n; kernel++)
        choices[kernel] = values[members[kernel] as number] as number;
      choices[n] = -1;
      const share = 1 / (n + 1);
      const sum = Math.log(1 + size * share);
      categorical.push({
        at,
        choices,
        own: Math.log(1 + share) - sum,
        other: Math.log(share) - sum,
        uniform: -Math.log(size),
      });
    });
    return {
      size: n + 1,
      constants,
      weights,
      continuous: this.#continuous,
      means: this.#means,
      precisions: this.#precisions,
      categorical,
      gridded,
    };
  }

  #fill(values: Float64Array, members: Int32Array, offset: number, scale: Scale): void {
    const n = members.length;
    const width = this.#continuous.length;
    const constants = this.#constants;
    const means = this.#means;
    const precisions = this.#precisions;
    const sigmas = this.#sigmas;
    const middle = (scale.low + scale.high) / 2;
    const known = this.#known[offset] as Known;
    known.reserve(n > 0 ? (members[n - 1] as number) + 1 : 0);
    for (let kernel = 0; kernel <= n; kernel++) {
      const row = kernel < n ? (members[kernel] as number) : -1;
      const mean = row < 0 ? middle : (values[row] as number);
      const sigma = sigmas[kernel] as number;
      means[kernel * width + offset] = mean;
      precisions[kernel * width + offset] = 1 / sigma;
      constants[kernel] = (constants[kernel] as number) + known.constantOf(row, mean, sigma, scale);
    }
  }

  #reserve(size: number): void {
    if (size <= this.#constants.length) return;
    const capacity = Math.max(64, 2 * size);
    const width = this.#continuous.length;
    this.#constants = new Float64Array(capacity);
    this.#sigmas = new Float64Array(capacity);
    this.#means = new Float64Array(capacity * width);
    this.#precisions = new Float64Array(capacity * width);
    this.#choices = this.#scales
      .filter(({ kind }) => kind === 'categorical')
      .map(() => new Int32Array(capacity));
    this.#entries = this.#discrete.map(() => new Int32Array(capacity));
  }
}

/** Normalizing constants by row: a trial's neighbours rarely change, and its constant with them. */
class Known {
  #means = new Float64Array(0);
  #sigmas = new Float64Array(0);
  #constants = new Float64Array(0);

  reserve(rows: number): void {
    if (rows <= this.#means.length) return;
    const [means, sigmas, constants] = [this.#means, this.#sigmas, this.#constants];
    const capacity = Math.max(64, 2 * rows);
    this.#means = new Float64Array(capacity).fill(Number.NaN);
    this.#sigmas = new Float64Array(capacity);
    this.#constants = new Float64Array(capacity);
    this.#means.set(means);
    this.#sigmas.set(sigmas);
    this.#constants.set(constants);
  }

  constantOf(row: number, mean: number, sigma: number, { low, high }: Scale): number {
    if (row >= 0 && this.#means[row] === mean && this.#sigmas[row] === sigma)
      return this.#constants[row] as number;
    const mass = normalLogMass((low - mean) / sigma, (high - mean) / sigma);
    const constant = -Math.log(sigma) - LOG_SQRT_2PI - mass;
    if (row < 0) return constant;
    this.#means[row] = mean;
    this.#sigmas[row] = sigma;
    this.#constants[row] = constant;
    return constant;
  }
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
  let kernel = -1;
  let mean = low;
  // With two or more, the first and the last look inwards only: nothing is nearer outside.
  let left = 0;
  for (let position = 0; position < count; position++) {
    const row = order[position] as number;
    const slot = slots[row] as number;
    if (slot < 0) continue;
    const value = values[row] as number;
    const gap = value - mean;
    if (kernel >= 0) {
      const sigma = left > gap ? left : gap;
      sigmas[kernel] = sigma < least ? least : sigma > range ? range : sigma;
      left = gap;
    }
    kernel = slot;
    mean = value;
  }
  if (kernel < 0) return;
  const last = n >= 2 ? left : Math.max(mean - low, high - mean);
  sigmas[kernel] = Math.max(least, Math.min(range, last));
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
  entry: Int32Array,
): Gridded {
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
