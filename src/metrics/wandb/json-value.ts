import { DecimalReader } from '../decimal.ts';
import { parseLiteral } from '../literal.ts';

const QUOTE = 34;
const BRACE = 123;
const DEPTH_LIMIT = 8;
const LENGTH_LIMIT = 1_000_000;
const WORDS = new Set(['NaN', 'Infinity', '-Infinity']);
const NUMBER = /^-?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|NaN|Infinity)$/i;
const NUMBER_LIMIT = 400;
/** Longest number that Python or Go print of a double, and somewhat more. */
const ALONE = 40;

export class JsonNumber {
  /** The number last read. */
  value = 0;
  private readonly decimal = new DecimalReader();
  /** The value alone: what lies behind it may look like more of it. */
  private readonly alone = Buffer.alloc(ALONE + 1);
  private readonly aloneDecimal = new DecimalReader();

  /** Whether the JSON text from `start` to `end` is a number: plain, bare NaN or infinite, or one of these quoted, as W&B writes them. */
  read(bytes: Buffer, start: number, end: number): boolean {
    const { decimal } = this;
    if (decimal.read(bytes, start) === end && end > start) {
      this.value = decimal.value;
      return true;
    }
    return this.readOdd(bytes, start, end);
  }

  private readOdd(bytes: Buffer, start: number, end: number): boolean {
    const length = end - start;
    if (length <= 0 || length > NUMBER_LIMIT) return false;
    if (bytes[start] === QUOTE) {
      const word = length > 11 ? '' : bytes.toString('latin1', start + 1, end - 1);
      this.value = Number(word);
      return WORDS.has(word);
    }
    if (length <= ALONE) {
      bytes.copy(this.alone, 0, start, end);
      this.alone[length] = 0;
      const { aloneDecimal } = this;
      if (aloneDecimal.read(this.alone, 0) === length) {
        this.value = aloneDecimal.value;
        return true;
      }
    }
    const text = bytes.toString('latin1', start, end);
    this.value = Number(text);
    return NUMBER.test(text);
  }
}

/** The numbers in a JSON object, by their paths; none where it is a medium, which says so by its `_type`. */
export function numbersIn(bytes: Buffer, start: number, end: number): [path: string[], value: number][] {
  if (bytes[start] !== BRACE || end - start > LENGTH_LIMIT) return [];
  const text = bytes.toString('utf8', start, end);
  const literal = parseLiteral(text);
  const found: [string[], number][] = [];
  if (literal && !literal.isCut) collect(literal.value, [], found);
  return found;
}

function collect(value: unknown, path: string[], found: [string[], number][]): void {
  if (typeof value === 'number') found.push([path, value]);
  if (value === null || typeof value !== 'object' || Array.isArray(value) || path.length >= DEPTH_LIMIT)
    return;
  if ('_type' in value) return;
  for (const [key, item] of Object.entries(value)) collect(item, [...path, key], found);
}
