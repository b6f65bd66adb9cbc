/**
 * The fast path of tables: rows of plain numbers, read from bytes without making a string.
 *
 * A number is m·10^e with m the digits as an integer. For m ≤ 2^53 and |e| ≤ 22 both are exact doubles, so one
 * multiplication or division rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990);
 * all others, and everything else that is not a plain cell, are left to the caller.
 */
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const UPPER_E = 69;
const LOWER_E = 101;
const EXACT = 2 ** 53;
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

export class NumberRows {
  /** Cells of the row last read. */
  readonly values: Float64Array;
  readonly present: Uint8Array;
  private readonly delimiter: number;
  private readonly columns: number;

  constructor(columns: number, delimiter: string) {
    this.values = new Float64Array(columns);
    this.present = new Uint8Array(columns);
    this.columns = columns;
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** Reads the row that starts at `start`. Returns the offset after its newline, −1 where it is no row of plain numbers. */
  read(bytes: Buffer, start: number): number {
    const { delimiter, columns, values, present } = this;
    let at = start;
    for (let column = 0; column < columns; column++) {
      let byte = bytes[at] as number;
      while (byte === SPACE) byte = bytes[++at] as number;
      const isNegative = byte === MINUS;
      if (isNegative || byte === PLUS) byte = bytes[++at] as number;
      let mantissa = 0;
      let digits = 0;
      let exponent = 0;
      while (byte >= ZERO && byte <= 57) {
        mantissa = mantissa * 10 + (byte - ZERO);
        digits++;
        byte = bytes[++at] as number;
      }
      if (byte === DOT) {
        byte = bytes[++at] as number;
        while (byte >= ZERO && byte <= 57) {
          mantissa = mantissa * 10 + (byte - ZERO);
          digits++;
          exponent--;
          byte = bytes[++at] as number;
        }
      }
      if (digits > 0) {
        if (byte === LOWER_E || byte === UPPER_E) {
          byte = bytes[++at] as number;
          const isBelowOne = byte === MINUS;
          if (isBelowOne || byte === PLUS) byte = bytes[++at] as number;
          if (!(byte >= ZERO && byte <= 57)) return -1;
          let power = 0;
          while (byte >= ZERO && byte <= 57) {
            power = power * 10 + (byte - ZERO);
            byte = bytes[++at] as number;
          }
          exponent += isBelowOne ? -power : power;
        }
        if (mantissa > EXACT || exponent < -22 || exponent > 22) return -1;
        const value =
          exponent < 0 ? mantissa / (POWERS[-exponent] as number) : mantissa * (POWERS[exponent] as number);
        values[column] = isNegative ? -value : value;
        present[column] = 1;
      } else if (bytes[at - 1] === DOT || bytes[at - 1] === MINUS || bytes[at - 1] === PLUS) return -1;
      else present[column] = 0;
      while (byte === SPACE) byte = bytes[++at] as number;
      if (column < columns - 1) {
        if (byte !== delimiter) return -1;
        at++;
      } else {
        if (byte === RETURN) byte = bytes[++at] as number;
        if (byte !== NEWLINE) return -1;
        at++;
      }
    }
    return at;
  }
}
