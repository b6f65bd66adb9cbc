/**
 * Chooses which points of a long log stay, so that memory is bounded and nothing that counts is lost.
 *
 * Always kept: for every metric its first, last, lowest and highest point and its first NaN or infinity (so best values
 * and where they were reached stay exact), all points of metrics that are logged rarely (validation once an epoch among
 * a million training steps), and the newest points, which may still grow. Of the others every second, fourth, eighth … stays;
 * points dropped in earlier rounds count, so that old and new stretches are equally dense.
 */
import type { Column, Rows } from './rows.ts';

/** Points of a curve before it is thinned. */
export const POINT_LIMIT = 20_000;
/** Numbers held at most: the more metrics, the fewer points. */
const CELL_LIMIT = 300_000;
const NEWEST = 256;

/** What a former round did: rows before `until` stand for `stride` logged points of a metric each. */
export interface Thinning {
  until: number;
  strides: number[];
}

/** A metric of many points: of the old ones each stands for `stride`, from now on for `next`. `since`: points since the last one kept. */
interface Dense {
  present: Uint8Array;
  stride: number;
  next: number;
  since: number;
}

export function pointLimit(columns: number): number {
  return Math.max(1000, Math.min(POINT_LIMIT, Math.floor(CELL_LIMIT / Math.max(1, columns))));
}

/** Marks the rows to keep (1) and updates `thinning`, `until` being the position before rows are dropped. */
export function chooseKept(rows: Rows, thinning: Thinning, limit: number): Uint8Array {
  const newest = Math.max(0, rows.count - NEWEST);
  const keep = new Uint8Array(rows.count).fill(1, newest);
  const rare = limit / (2 * Math.max(1, rows.columns.length));
  const dense: Dense[] = [];
  /** Strides of the metrics that every row has: those alike are due together. */
  const everywhere = new Set<number>();
  rows.columns.forEach((column, id) => {
    const stride = thinning.strides[id] ?? 1;
    const gap = column.present.indexOf(0);
    const isWhole = gap < 0 || gap >= rows.count;
    const old = isWhole ? thinning.until : countPresent(column.present, 0, thinning.until);
    const fresh = isWhole
      ? rows.count - thinning.until
      : countPresent(column.present, thinning.until, rows.count);
    thinning.strides[id] = stride;
    if (old + fresh <= rare) {
      for (let row = 0; row < newest; row++) if (column.present[row] === 1) keep[row] = 1;
      return;
    }
    markLandmarks(column, rows.count, keep);
    const share = (limit * (old + fresh)) / rows.count;
    let next = stride;
    while ((old * stride + fresh) / next > share) next *= 2;
    thinning.strides[id] = next;
    if (old + fresh === rows.count) {
      if (everywhere.has(stride)) return;
      everywhere.add(stride);
    }
    dense.push({ present: column.present, stride, next, since: next });
  });
  markDue(dense, thinning.until, newest, keep);
  thinning.until = newest;
  return keep;
}

/** Marks of the rows before `newest` those that are marked or due for some metric; those before `until` are old. */
function markDue(dense: readonly Dense[], until: number, newest: number, keep: Uint8Array): void {
  for (let row = 0; row < newest; row++) {
    let isDue = keep[row] === 1;
    for (let i = 0; i < dense.length; i++) {
      const entry = dense[i] as Dense;
      if (entry.present[row] !== 1) continue;
      entry.since += row < until ? entry.stride : 1;
      if (entry.since >= entry.next) isDue = true;
    }
    if (!isDue) continue;
    keep[row] = 1;
    for (let i = 0; i < dense.length; i++) {
      const entry = dense[i] as Dense;
      if (entry.present[row] === 1) entry.since = 0;
    }
  }
}

/*
 * The loops below are functions of their own that do nothing after them: V8 (of Node 20, at least) replaces a running loop by compiled
 * code which it leaves again, each time it is run, for whatever follows and had not been run when it was compiled.
 */

function countPresent(present: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += present[row] as number;
  return sum;
}

/** Places in `landmarks`. */
const LOWEST = 0;
const HIGHEST = 1;
const BROKEN = 2;
const landmarks = new Int32Array(3);

function markLandmarks({ values, present }: Column, count: number, keep: Uint8Array): void {
  const first = present.indexOf(1);
  const last = present.lastIndexOf(1, count - 1);
  // Where there is no such value the first stands for it.
  landmarks.fill(first);
  findLandmarks(values, present, first, last);
  keep[first] = 1;
  keep[last] = 1;
  for (const row of landmarks) keep[row] = 1;
}

/** Finds the lowest and highest value, each the first such, and the first that is not finite. */
function findLandmarks(values: Float64Array, present: Uint8Array, first: number, last: number): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let isBroken = false;
  for (let row = first; row <= last; row++) {
    const value = values[row] as number;
    if ((value >= low && value <= high) || present[row] !== 1) continue;
    // What is not finite has no difference.
    if (value - value !== 0) {
      if (!isBroken) landmarks[BROKEN] = row;
      isBroken = true;
      continue;
    }
    if (value < low) {
      low = value;
      landmarks[LOWEST] = row;
    }
    if (value > high) {
      high = value;
      landmarks[HIGHEST] = row;
    }
  }
}
