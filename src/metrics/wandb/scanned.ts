/** Takes rows: the keys and values from `from` to `to`, which may be overwritten, the bits of the keys together, the step. */
export interface RowTaker {
  put(ids: Int32Array, values: Float64Array, from: number, to: number, bits: number, step: number): void;
}

/** What the scanner found, in arrays: rows and, between them, fragments that it leaves. */
export interface Scanned {
  /** Of each entry: cells of a row, or −1 for a fragment. */
  readonly counts: Int32Array;
  /** Of each entry: the bits of a row's keys, or where the fragment begins. */
  readonly marks: Int32Array;
  readonly steps: Float64Array;
  /** Of the cells of all rows: their keys' numbers and their values. */
  readonly ids: Int32Array;
  readonly values: Float64Array;
}

/** Hands on the first `entries` in their order; fragments by their place behind `base`. */
export function deliver(
  { counts, marks, steps, ids, values }: Scanned,
  entries: number,
  base: number,
  rows: RowTaker,
  onLeft: (at: number) => void,
): void {
  let cell = 0;
  for (let entry = 0; entry < entries; entry++) {
    const count = counts[entry] as number;
    const mark = marks[entry] as number;
    if (count < 0) onLeft(mark - base);
    else rows.put(ids, values, cell, (cell += count), mark, steps[entry] as number);
  }
}
