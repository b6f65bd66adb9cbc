import { DecimalReader } from '../decimal.ts';

/**
 * The fast path of JSON lines: trainers write the same keys again and again, so that lines differ in their numbers only.
 * A template holds the bytes between the numbers; a line that has them at the same places is read without parsing it.
 */
export class LineTemplate {
  /** Numbers of the line last read, in the order in which they stand. */
  readonly values: number[] = [];
  private readonly parts: Buffer[];
  private readonly decimal = new DecimalReader();

  private constructor(parts: Buffer[]) {
    this.parts = parts;
  }

  /** The template of a line; undefined where its numbers are not `expected`, so that one cannot stand for the other. */
  static of(line: string, expected: readonly number[]): LineTemplate | undefined {
    const parts: Buffer[] = [];
    const values: number[] = [];
    let from = 0;
    for (const match of line.matchAll(STRING_OR_NUMBER)) {
      const digits = match[2];
      if (digits === undefined) continue;
      const start = match.index + (match[1] as string).length;
      parts.push(Buffer.from(line.slice(from, start)));
      values.push(Number(digits));
      from = start + digits.length;
    }
    parts.push(Buffer.from(`${line.slice(from)}\n`));
    const isSame =
      values.length === expected.length && values.every((value, i) => Object.is(value, expected[i]));
    return isSame ? new LineTemplate(parts) : undefined;
  }

  /** Reads the line that starts at `start`. Returns the offset after its newline, −1 where it does not fit. */
  read(bytes: Buffer, start: number): number {
    const { decimal, parts, values } = this;
    let at = start;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Buffer;
      const { length } = part;
      for (let j = 0; j < length; j++) if (bytes[at + j] !== part[j]) return -1;
      at += length;
      if (i === parts.length - 1) break;
      const end = decimal.read(bytes, at);
      if (end <= at) return -1;
      values[i] = decimal.value;
      at = end;
    }
    return at;
  }
}

/** Strings are passed over; a number counts where it follows a colon. */
const STRING_OR_NUMBER =
  /"(?:[^"\\]|\\.)*"|(:\s*)(-?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|NaN|Infinity))(?=\s*[,}])/g;
