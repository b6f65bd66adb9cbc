import { DecimalReader } from '../decimal.ts';

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;

/** The fast path of tables: rows of plain numbers. Rows with anything else in them are left to the caller. */
export class NumberRows {
  /** Cells of the row last read. */
  readonly values: Float64Array;
  readonly present: Uint8Array;
  private readonly delimiter: number;
  private readonly columns: number;
  private readonly decimal = new DecimalReader();

  constructor(columns: number, delimiter: string) {
    this.values = new Float64Array(columns);
    this.present = new Uint8Array(columns);
    this.columns = columns;
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** Reads the row that starts at `start`. Returns the offset after its newline, −1 where it is no row of plain numbers. */
  read(bytes: Buffer, start: number): number {
    const { decimal, delimiter, columns, values, present } = this;
    let at = start;
    for (let column = 0; column < columns; column++) {
      while (bytes[at] === SPACE) at++;
      const end = decimal.read(bytes, at);
      if (end < 0) return -1;
      if (end > at) {
        values[column] = decimal.value;
        present[column] = 1;
      } else present[column] = 0;
      at = end;
      while (bytes[at] === SPACE) at++;
      if (column < columns - 1) {
        if (bytes[at] !== delimiter) return -1;
      } else {
        if (bytes[at] === RETURN) at++;
        if (bytes[at] !== NEWLINE) return -1;
      }
      at++;
    }
    return at;
  }
}
