/**
 * The history as columns of numbers, kept up to date from call to call: comparing 10,000 trials by identity takes
 * microseconds, encoding them anew would take a large part of a second.
 *
 * A parameter's scale: its value (float, int), its logarithm (on a log scale), its position (choices).
 */
import type { History, Trial } from './_contract.ts';
import { isInside } from './space/active.ts';
import { indexOf, sizeOf } from './space/domain.ts';
import type { Domain, Param, Space } from './space.ts';

/** A value on its parameter's scale. */
export function toScale(domain: Domain, value: unknown): number {
  if (domain.kind === 'categorical' || domain.kind === 'ordinal') return indexOf(domain, value as never);
  return domain.isLog ? Math.log(value as number) : (value as number);
}

export class TrialTable {
  readonly params: readonly Param[];
  /** The trials of the rows, in order of number. */
  trials: Trial[] = [];
  /** Whether a row lies inside the space; the values of others are NaN. */
  readonly inside: boolean[] = [];
  /** [parameter][row]; NaN where inactive. */
  readonly columns: Float64Array[];
  /** [parameter]: rows with a value, by ascending value, then row. Only for domains with an order. */
  readonly orders: Int32Array[];
  /** [parameter]: how many rows of `orders` are in use. */
  readonly counts: number[];
  readonly #space: Space;
  readonly #keys = new Map<string, number>();
  readonly #isFinite: boolean;

  constructor(space: Space) {
    this.#space = space;
    this.params = space.params;
    this.columns = space.params.map(() => new Float64Array(64));
    this.orders = space.params.map(() => new Int32Array(64));
    this.counts = space.params.map(() => 0);
    this.#isFinite = space.params.every((param) => sizeOf(param) < Infinity);
  }

  /** How many rows have exactly these values; always 0 in spaces with a continuous parameter. */
  occurrences(values: ArrayLike<number>): number {
    return this.#isFinite ? (this.#keys.get(keyOf(values)) ?? 0) : 0;
  }

  update(history: History): void {
    let row = 0;
    for (; row < this.trials.length && row < history.length; row++) {
      const trial = history[row] as Trial;
      if (trial === this.trials[row]) continue;
      if (trial.params !== (this.trials[row] as Trial).params) break;
      this.trials[row] = trial;
    }
    if (row < this.trials.length) {
      this.trials = [];
      this.inside.length = 0;
      this.counts.fill(0);
      this.#keys.clear();
      row = 0;
    }
    for (; row < history.length; row++) this.#append(history[row] as Trial);
  }

  #append(trial: Trial): void {
    const row = this.trials.length;
    this.trials.push(trial);
    const isKnown = isInside(this.#space, trial.params);
    this.inside.push(isKnown);
    const values: number[] = [];
    this.params.forEach((param, at) => {
      const raw = trial.params[param.name];
      const value = isKnown && raw !== undefined ? toScale(param, raw) : Number.NaN;
      values.push(value);
      if (row >= (this.columns[at] as Float64Array).length) this.#grow(at);
      const column = this.columns[at] as Float64Array;
      column[row] = value;
      if (!Number.isNaN(value) && param.kind !== 'categorical') this.#insert(at, row, value);
    });
    if (isKnown && this.#isFinite) {
      const key = keyOf(values);
      this.#keys.set(key, (this.#keys.get(key) ?? 0) + 1);
    }
  }

  #grow(at: number): void {
    const column = this.columns[at] as Float64Array;
    const wider = new Float64Array(2 * column.length);
    wider.set(column);
    this.columns[at] = wider;
    const order = new Int32Array(2 * column.length);
    order.set(this.orders[at] as Int32Array);
    this.orders[at] = order;
  }

  #insert(at: number, row: number, value: number): void {
    const order = this.orders[at] as Int32Array;
    const column = this.columns[at] as Float64Array;
    const count = this.counts[at] as number;
    let from = 0;
    let to = count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((column[order[middle] as number] as number) <= value) from = middle + 1;
      else to = middle;
    }
    order.copyWithin(from + 1, from, count);
    order[from] = row;
    this.counts[at] = count + 1;
  }
}

function keyOf(values: ArrayLike<number>): string {
  return Array.prototype.map.call(values, (value: number) => value.toPrecision(12)).join(' ');
}
