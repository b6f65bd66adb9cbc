import { longDecimal } from './long-decimal.ts';

/**
 * Reads decimal numbers, NaN and infinities from bytes without making a string.
 *
 * A number is m·10^e with m the digits as an integer. For m ≤ 2^53 and |e| ≤ 22 both are exact doubles, so one
 * multiplication or division rounds correctly (Clinger, "How to read floating point numbers accurately", PLDI 1990);
 * for up to 19 digits see `long-decimal.ts`; other numbers go through a string.
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
const EXACT = 2 ** 53;
/** Digits of a long number's first part, and of all of it. */
const HIGH = 15;
const LONG = 19;
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

export class DecimalReader {
  /** The number last read. */
  value = 0;

  /** Reads the number that starts at `start`. Returns the offset after it; `start` where there is none; −1 where it breaks off. */
  read(bytes: Buffer, start: number): number {
    let at = start;
    let byte = bytes[at] as number;
    const isNegative = byte === MINUS;
    if (isNegative || byte === PLUS) byte = bytes[++at] as number;
    let mantissa = 0;
    let exponent = 0;
    const first = at;
    while (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = bytes[++at] as number;
    }
    let digits = at - first;
    if (byte === DOT) {
      const point = at;
      byte = bytes[++at] as number;
      while (byte >= ZERO && byte <= NINE) {
        mantissa = mantissa * 10 + (byte - ZERO);
        byte = bytes[++at] as number;
      }
      exponent = point + 1 - at;
      digits -= exponent;
    }
    if (digits === 0) {
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
    if (mantissa > EXACT || exponent < -22 || exponent > 22) value = this.long(bytes, first, at, exponent);
    else if (exponent < 0) value = mantissa / (POWERS[-exponent] as number);
    else value = mantissa * (POWERS[exponent] as number);
    this.value = isNegative ? -value : value;
    return at;
  }

  /** The digits from `first` to `end` once more, in two parts. */
  private long(bytes: Buffer, first: number, end: number, exponent: number): number {
    let high = 0;
    let low = 0;
    let digits = 0;
    for (let at = first; at < end && digits <= LONG; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) {
        if (byte === DOT) continue;
        break;
      }
      if (digits > 0 || byte !== ZERO) digits++;
      if (digits <= HIGH) high = high * 10 + (byte - ZERO);
      else low = low * 10 + (byte - ZERO);
    }
    const isShort = digits > HIGH && digits <= LONG && exponent >= -22 && exponent <= 22;
    const value = isShort ? longDecimal(high, low, digits - HIGH, exponent) : Number.NaN;
    return Number.isNaN(value) ? Number(bytes.toString('latin1', first, end)) : value;
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
