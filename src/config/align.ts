import { equalValues } from './lookup.ts';
import type { ConfigValue } from './value.ts';

/** A run of items that differ: `count` items of the old list from `start` become `items`. */
export interface Gap {
  start: number;
  count: number;
  items: ConfigValue[];
}

const TABLE_LIMIT = 250_000;

/** The gaps between two lists when as many items as possible are kept in order, last gap first. */
export function alignItems(from: readonly ConfigValue[], to: readonly ConfigValue[]): Gap[] {
  let head = 0;
  while (head < from.length && head < to.length && equalValues(from[head], to[head])) head++;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    equalValues(from[from.length - 1 - tail], to[to.length - 1 - tail])
  ) {
    tail++;
  }
  const a = from.slice(head, from.length - tail);
  const b = to.slice(head, to.length - tail);
  const gaps: Gap[] = [];
  let gap: Gap = { start: head, count: 0, items: [] };
  const close = (next: number): void => {
    if (gap.count > 0 || gap.items.length > 0) gaps.push(gap);
    gap = { start: next, count: 0, items: [] };
  };
  const common = a.length * b.length > TABLE_LIMIT ? undefined : commonLengths(a, b);
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const isKept = common !== undefined && i < a.length && j < b.length && equalValues(a[i], b[j]);
    if (isKept) {
      i++;
      j++;
      close(head + i);
    } else if (j < b.length && (i === a.length || at(common, i, j + 1) > at(common, i + 1, j))) {
      gap.items.push(b[j++] as ConfigValue);
    } else if (i < a.length) {
      gap.count++;
      i++;
    } else {
      gap.items.push(b[j++] as ConfigValue);
    }
  }
  close(0);
  return gaps.reverse();
}

function at(table: number[][] | undefined, i: number, j: number): number {
  return table?.[i]?.[j] ?? 0;
}

/** `table[i][j]`: length of the longest common subsequence of `a` from i and `b` from j. */
function commonLengths(a: readonly ConfigValue[], b: readonly ConfigValue[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = table[i] as number[];
    const below = table[i + 1] as number[];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = equalValues(a[i], b[j])
        ? (below[j + 1] as number) + 1
        : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return table;
}
