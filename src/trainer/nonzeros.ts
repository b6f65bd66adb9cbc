/**
 * The nonzero entries of a batch, by row and by column. Four fifths of a digit's pixels are background, and ReLU and
 * dropout silence most hidden units, so that the products of a layer only visit what is there.
 */
import type { Arena, Block } from './arena.ts';

/** Slice s is `indices[start[s] … start[s + 1])` with their `values`. */
export class Slices {
  readonly start: Int32Array;
  readonly indices: Block;
  readonly values: Block;
  readonly #arena: Arena;

  constructor(arena: Arena, slices: number, capacity: number) {
    this.#arena = arena;
    this.start = new Int32Array(slices + 1);
    this.indices = arena.reserve(capacity);
    this.values = arena.reserve(capacity);
  }

  open(): { indices: Int32Array; values: Float32Array } {
    return { indices: this.#arena.integers(this.indices), values: this.#arena.floats(this.values) };
  }
}

export class Nonzeros {
  readonly byRow: Slices;
  readonly byColumn: Slices;

  constructor(arena: Arena, rows: number, width: number) {
    this.byRow = new Slices(arena, rows, rows * width);
    this.byColumn = new Slices(arena, width, rows * width);
  }

  /** Lists the first `rows` rows of `dense`, which lie `stride` floats apart. */
  collectRows(dense: Float32Array, rows: number, stride: number): void {
    const { start } = this.byRow;
    const { indices, values } = this.byRow.open();
    const width = this.byColumn.start.length - 1;
    let count = 0;
    for (let row = 0; row < rows; row++) {
      start[row] = count;
      const offset = row * stride;
      for (let column = 0; column < width; column++) {
        const value = dense[offset + column]!;
        // Always written, counted when not zero: no branch to mispredict.
        indices[count] = column;
        values[count] = value;
        count += value === 0 ? 0 : 1;
      }
    }
    start[rows] = count;
  }

  /** Lists the same entries by column (a counting sort of the rows' lists). */
  indexColumns(rows: number): void {
    const rowStart = this.byRow.start;
    const { indices: columns, values } = this.byRow.open();
    const { start } = this.byColumn;
    const { indices: rowIndices, values: columnValues } = this.byColumn.open();
    const count = rowStart[rows]!;
    // First start[c + 1] counts column c − 1; after the sums it is where column c is written, and ends as its end.
    start.fill(0);
    for (let i = 0; i < count; i++) {
      const column = columns[i]!;
      if (column + 2 < start.length) start[column + 2]!++;
    }
    for (let c = 2; c < start.length; c++) start[c]! += start[c - 1]!;
    for (let row = 0; row < rows; row++) {
      for (let i = rowStart[row]!; i < rowStart[row + 1]!; i++) {
        const at = start[columns[i]! + 1]!++;
        rowIndices[at] = row;
        columnValues[at] = values[i]!;
      }
    }
  }
}
