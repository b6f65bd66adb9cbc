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

export function pointLimit(columns: number): number {
  return Math.max(1000, Math.min(POINT_LIMIT, Math.floor(CELL_LIMIT / Math.max(1, columns))));
}

/** Marks the rows to keep (1) and updates `thinning`, `until` being the position before rows are dropped. */
export function chooseKept(rows: Rows, thinning: Thinning, limit: number): Uint8Array {
  const newest = Math.max(0, rows.count - NEWEST);
  const keep = new Uint8Array(rows.count).fill(1, newest);
  const rare = limit / (2 * Math.max(1, rows.columns.length));
  /** `since`: logged points since the last one kept. */
  const dense: { column: Column; stride: number; next: number; since: number }[] = [];
  rows.columns.forEach((column, id) => {
    const stride = thinning.strides[id] ?? 1;
    const old = countPresent(column, 0, thinning.until);
    const fresh = countPresent(column, thinning.until, rows.count);
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
    dense.push({ column, stride, next, since: Number.POSITIVE_INFINITY });
  });
  for (let row = 0; row < newest; row++) {
    let isDue = keep[row] === 1;
    for (const entry of dense) {
      if (entry.column.present[row] !== 1) continue;
      entry.since += row < thinning.until ? entry.stride : 1;
      if (entry.since >= entry.next) isDue = true;
    }
    if (!isDue) continue;
    keep[row] = 1;
    for (const entry of dense) if (entry.column.present[row] === 1) entry.since = 0;
  }
  thinning.until = newest;
  return keep;
}

function countPresent({ present }: Column, from: number, to: number): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += present[row] as number;
  return sum;
}

function markLandmarks({ values, present }: Column, count: number, keep: Uint8Array): void {
  let first = -1;
  let last = -1;
  let lowest = -1;
  let highest = -1;
  let broken = -1;
  for (let row = 0; row < count; row++) {
    if (present[row] !== 1) continue;
    const value = values[row] as number;
    if (first < 0) first = row;
    last = row;
    if (!Number.isFinite(value)) {
      if (broken < 0) broken = row;
      continue;
    }
    if (lowest < 0 || value < (values[lowest] as number)) lowest = row;
    if (highest < 0 || value > (values[highest] as number)) highest = row;
  }
  for (const row of [first, last, lowest, highest, broken]) if (row >= 0) keep[row] = 1;
}
