import { longDecimal } from './long-decimal.ts';

/**
 * Reads decimal numbers, NaN and infinities from bytes without making a string.
 *
 * A number is m·10^e with m the digits as an integer. For m < 10^15 and |e| ≤ 22 both are exact doubles, so one
 * multiplication or division rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990);
 * for up to 19 digits see `long-decimal.ts`; other numbers go through a string. Digits are taken four at a time where there are
 * as many: as the bytes of one integer, checked and weighted together (as in Lemire, "Number parsing at a gigabyte per second",
 * Software: Practice and Experience 51, 2021).
 */
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const UPPER_E = 69;
const LOWER_E = 101;
/** Makes a letter lower case. */
const LOWER = 32;
const LOWER_I = 105;
const WORDS = [
  { letters: [...Buffer.from('nan')], value: Number.NaN },
  { letters: [...Buffer.from('infinity')], value: Number.POSITIVE_INFINITY },
  { letters: [...Buffer.from('inf')], value: Number.POSITIVE_INFINITY },
];
/** Digits of a long number's first part, and of all of it. */
const HIGH = 15;
const LONG = 19;
/** Of four bytes at once. */
const UPPER = 0xf0f0f0f0 | 0;
const LOWER_HALVES = 0x0f0f0f0f;
const THREES = 0x30303030;
const SIXES = 0x06060606;
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

export class DecimalReader {
  /** The number last read. */
  value = 0;
  private bytes: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(new ArrayBuffer(0));

  /** Reads the number that starts at `start`. Returns the offset after it; `start` where there is none; −1 where it breaks off. */
  read(bytes: Buffer, start: number): number {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const { view } = this;
    const lastFour = bytes.length - 4;
    let at = start;
    const sign = bytes[at] as number;
    if (sign === MINUS || sign === PLUS) at++;
    /** The first digits, up to fifteen, and up to eight more. */
    let high = 0;
    let low = 0;
    let digits = 0;
    let lowDigits = 0;
    let point = -1;
    const first = at;
    for (;;) {
      if (at > lastFour) return this.readNearEnd(bytes, start);
      const four = view.getInt32(at, true);
      // A byte is a digit where its upper half is 3, and still is when 6 is added.
      const odd = ((four & UPPER) ^ THREES) | (((four + SIXES) & UPPER) ^ THREES);
      const count = odd === 0 ? 4 : (31 - Math.clz32(odd & -odd)) >> 3;
      if (count > 0) {
        const places = (four << (32 - 8 * count)) & LOWER_HALVES;
        const pairs = Math.imul(places, 10) + (places >>> 8);
        const part = (pairs & 255) * 100 + ((pairs >>> 16) & 255);
        if (lowDigits === 0 && digits + count <= HIGH) {
          high = high * (POWERS[count] as number) + part;
          if (high > 0) digits += count;
        } else {
          low = low * (POWERS[count] as number) + part;
          lowDigits += count;
        }
        at += count;
      }
      if (count === 4) continue;
      if (bytes[at] !== DOT || point >= 0) break;
      point = at++;
    }
    let byte = bytes[at] as number;
    const isNegative = sign === MINUS;
    let exponent = point < 0 ? 0 : point + 1 - at;
    if (at - first === (point < 0 ? 0 : 1)) {
      if (at === first && (byte | LOWER) >= LOWER_I) return this.word(bytes, start, at, isNegative);
      return at === start ? start : -1;
    }
    if (byte === LOWER_E || byte === UPPER_E) {
      byte = bytes[++at] as number;
      const isBelowOne = byte === MINUS;
      if (isBelowOne || byte === PLUS) byte = bytes[++at] as number;
      if (!(byte >= ZERO && byte <= NINE)) return -1;
      let power = 0;
      while (byte >= ZERO && byte <= NINE) {
        power = power * 10 + (byte - ZERO);
        byte = bytes[++at] as number;
      }
      exponent += isBelowOne ? -power : power;
    }
    let value: number;
    if (lowDigits === 0 && exponent >= -22 && exponent <= 22)
      value = exponent < 0 ? high / (POWERS[-exponent] as number) : high * (POWERS[exponent] as number);
    else {
      const isShort = lowDigits > 0 && digits + lowDigits <= LONG && exponent >= -22 && exponent <= 22;
      value = isShort ? longDecimal(high, low, lowDigits, exponent) : Number.NaN;
      if (Number.isNaN(value)) value = Number(bytes.toString('latin1', first, at));
    }
    this.value = isNegative ? -value : value;
    return at;
  }

  /** What lies in the last bytes is read from a longer copy. */
  private readNearEnd(bytes: Buffer, start: number): number {
    const copy = Buffer.alloc(bytes.length - start + 4);
    bytes.copy(copy, 0, start);
    const end = this.read(copy, 0);
    return end < 0 ? end : start + end;
  }

  private word(bytes: Buffer, start: number, at: number, isNegative: boolean): number {
    for (const { letters, value } of WORDS) {
      const end = at + letters.length;
      if (!letters.every((letter, i) => ((bytes[at + i] as number) | LOWER) === letter)) continue;
      // `nano` is no number.
      if (((bytes[end] as number) | LOWER) >= 97 && ((bytes[end] as number) | LOWER) <= 122) continue;
      this.value = isNegative ? -value : value;
      return end;
    }
    return at === start ? start : -1;
  }
}
