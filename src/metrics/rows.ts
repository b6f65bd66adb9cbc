import type { WideRow } from './_contract.ts';

/** A value logged for a key once more: another, or the same. */
export type Again = 'replaced' | 'repeated';

/**
 * Points as columns of numbers, found again by their (epoch, step).
 *
 * NaN is both a value that trainings log and the sign of an absent epoch or step: values therefore carry a presence flag,
 * keys do not. A log normally grows in the order of its keys; then nothing but a comparison with the last key is needed,
 * and the index of keys is built only when a key comes out of order.
 */
export class Rows {
  count = 0;
  epochs = new Float64Array(64);
  steps = new Float64Array(64);
  readonly columns: Column[] = [];
  /** 1 for rows that changed since `clearChanged`. */
  changed = new Uint8Array(64);
  /** Since the last new row an earlier one was returned to. */
  hasGoneBack = false;
  private index: Map<number, Map<number, number>> | undefined;
  /** All keys so far came in ascending order and had the same parts. */
  private ordered = true;

  /** The row of a key, made where it is new. Rows without any key are always new. */
  at(epoch: number, step: number): number {
    const last = this.count - 1;
    if (last < 0) return this.append(epoch, step);
    const lastEpoch = this.epochs[last] as number;
    const lastStep = this.steps[last] as number;
    const hasEpoch = !Number.isNaN(epoch);
    const hasStep = !Number.isNaN(step);
    const hadEpoch = !Number.isNaN(lastEpoch);
    const hadStep = !Number.isNaN(lastStep);
    const isSameEpoch = epoch === lastEpoch || (!hasEpoch && !hadEpoch);
    const isSameStep = step === lastStep || (!hasStep && !hadStep);
    if (!hasEpoch && !hasStep) {
      this.ordered = false;
      return this.append(epoch, step);
    }
    if (isSameEpoch && isSameStep) return last;
    if (this.ordered) {
      if (hasEpoch === hadEpoch && hasStep === hadStep && (isSameEpoch ? step > lastStep : epoch > lastEpoch))
        return this.append(epoch, step);
      this.ordered = false;
    }
    this.index ??= this.buildIndex();
    const known = this.index.get(epoch)?.get(step);
    if (known === undefined) return this.append(epoch, step);
    if (known < last) this.hasGoneBack = true;
    return known;
  }

  /** Returns what happened to a value that was there, where the log had gone back, as after a resume. */
  set(row: number, column: number, value: number): Again | undefined {
    const { values, present } = this.columns[column] as Column;
    const isAgain = this.hasGoneBack && present[row] === 1;
    const again = isAgain ? (Object.is(values[row], value) ? 'repeated' : 'replaced') : undefined;
    values[row] = value;
    present[row] = 1;
    this.changed[row] = 1;
    return again;
  }

  /** Sets what `from` holds from its place `at` on, where the log has not gone back. */
  setAll(row: number, from: WideRow, at: number): void {
    const { columns: own } = this;
    const { columns, values, to } = from;
    for (let i = at; i < to; i++) {
      const id = columns[i] as number;
      if (id < 0) continue;
      const column = own[id] as Column;
      column.values[row] = values[i] as number;
      column.present[row] = 1;
    }
    this.changed[row] = 1;
  }

  /** Takes away what `columns` hold from the step (or epoch) `from` on, and the rows left empty. Returns whether anything went. */
  clear(columns: readonly number[], from: number): boolean {
    const keep = new Uint8Array(this.count).fill(1);
    let hasGone = false;
    for (let row = 0; row < this.count; row++) {
      const step = this.steps[row] as number;
      if (!((Number.isNaN(step) ? (this.epochs[row] as number) : step) >= from)) continue;
      for (const id of columns) {
        const { present } = this.columns[id] as Column;
        hasGone ||= present[row] === 1;
        present[row] = 0;
      }
      if (this.columns.every(({ present }) => present[row] === 0)) keep[row] = 0;
    }
    if (hasGone) this.retain(keep, -1);
    return hasGone;
  }

  rekey(row: number, epoch: number, step: number): void {
    this.epochs[row] = epoch;
    this.steps[row] = step;
    this.changed[row] = 1;
    this.ordered = false;
    this.index = undefined;
  }

  addColumn(): number {
    return this.columns.push(new Column(this.epochs.length)) - 1;
  }

  /** Keeps the rows marked in `keep`, in their order. Returns the new position of `row`, −1 where it went. */
  retain(keep: Uint8Array, row: number): number {
    const room = new Int32Array(this.count);
    const places = room.subarray(0, findKept(keep, this.count, room));
    for (const column of this.columns) column.keep(places, this.count);
    pick(this.epochs, places);
    pick(this.steps, places);
    pickFlags(this.changed, places, this.count);
    this.changed.fill(0, places.length, this.count);
    this.count = places.length;
    this.index = undefined;
    return row < 0 ? row : places.indexOf(row);
  }

  clearChanged(): void {
    this.changed.fill(0, 0, this.count);
  }

  private append(epoch: number, step: number): number {
    if (this.count === this.epochs.length) this.grow();
    const row = this.count++;
    this.hasGoneBack = false;
    this.epochs[row] = epoch;
    this.steps[row] = step;
    if (this.index) remember(this.index, epoch, step, row);
    return row;
  }

  private grow(): void {
    const capacity = this.epochs.length * 2;
    this.epochs = enlarge(this.epochs, capacity);
    this.steps = enlarge(this.steps, capacity);
    const changed = new Uint8Array(capacity);
    changed.set(this.changed);
    this.changed = changed;
    for (const column of this.columns) column.grow(capacity);
  }

  private buildIndex(): Map<number, Map<number, number>> {
    const index = new Map<number, Map<number, number>>();
    for (let row = 0; row < this.count; row++) {
      remember(index, this.epochs[row] as number, this.steps[row] as number, row);
    }
    return index;
  }
}

export class Column {
  values: Float64Array<ArrayBuffer>;
  present: Uint8Array<ArrayBuffer>;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
    this.present = new Uint8Array(capacity);
  }

  grow(capacity: number): void {
    this.values = enlarge(this.values, capacity);
    const present = new Uint8Array(capacity);
    present.set(this.present);
    this.present = present;
  }

  /** Keeps what lies at `places` of the first `count`. */
  keep(places: Int32Array, count: number): void {
    pick(this.values, places);
    pickFlags(this.present, places, count);
    this.present.fill(0, places.length, count);
  }
}

/** Puts into `places` where `keep` is set. Returns how many those are. */
function findKept(keep: Uint8Array, count: number, places: Int32Array): number {
  let size = 0;
  for (let place = 0; place < count; place++) if (keep[place] === 1) places[size++] = place;
  return size;
}

/** Moves what lies at `places`, which ascend, to the front. */
function pick(values: Float64Array, places: Int32Array): void {
  for (let i = 0; i < places.length; i++) values[i] = values[places[i] as number] as number;
}

function pickFlags(flags: Uint8Array, places: Int32Array, count: number): void {
  const gap = flags.indexOf(0);
  // Where all are set, they are so in any order.
  if (gap >= 0 && gap < count)
    for (let i = 0; i < places.length; i++) flags[i] = flags[places[i] as number] as number;
}

function enlarge(old: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(capacity);
  next.set(old);
  return next;
}

function remember(index: Map<number, Map<number, number>>, epoch: number, step: number, row: number): void {
  if (Number.isNaN(epoch) && Number.isNaN(step)) return;
  const steps = index.get(epoch);
  if (steps) steps.set(step, row);
  else index.set(epoch, new Map([[step, row]]));
}
