/** Bits of the eight dots of a braille cell, by row and column (Unicode 28xx). */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** A drawing area of `columns` × `rows` cells with 2 × 4 dots each; (0, 0) is the upper left dot. */
export class BrailleCanvas {
  readonly columns: number;
  readonly rows: number;
  readonly #cells: Uint8Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = new Uint8Array(columns * rows);
  }

  dot(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.columns * 2 || y >= this.rows * 4) return;
    const bit = (DOTS[y & 3] as readonly [number, number])[x & 1] as number;
    const at = (y >> 2) * this.columns + (x >> 1);
    this.#cells[at] = (this.#cells[at] as number) | bit;
  }

  /** A straight line between two dots, both included. */
  line(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let step = 0; step <= steps; step++) {
      this.dot(Math.round(x0 + ((x1 - x0) * step) / steps), Math.round(y0 + ((y1 - y0) * step) / steps));
    }
  }

  /** Dots of a cell as bits; 0 where it is empty. */
  cell(column: number, row: number): number {
    return this.#cells[row * this.columns + column] ?? 0;
  }
}

export const brailleOf = (bits: number): string => String.fromCodePoint(0x2800 + bits);
