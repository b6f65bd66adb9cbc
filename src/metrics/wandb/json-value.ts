import { DecimalReader } from '../decimal.ts';
import { parseLiteral } from '../literal.ts';

const QUOTE = 34;
const BRACE = 123;
const DEPTH_LIMIT = 8;
const LENGTH_LIMIT = 1_000_000;
const WORDS = new Set(['NaN', 'Infinity', '-Infinity']);
const NUMBER = /^-?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|NaN|Infinity)$/i;
const NUMBER_LIMIT = 400;
const decimal = new DecimalReader();

/** The number that a JSON text is: plain, bare NaN or infinite, or one of these quoted, as W&B writes them. Undefined: it is none. */
export function numberIn(bytes: Buffer, start: number, end: number): number | undefined {
  const first = bytes[start];
  if (first === QUOTE) {
    if (end - start > 11) return undefined;
    const word = bytes.toString('latin1', start + 1, end - 1);
    return WORDS.has(word) ? Number(word) : undefined;
  }
  if (start >= end) return undefined;
  if (decimal.read(bytes, start) === end) return decimal.value;
  // What lies behind the value may look like more of it.
  const text = end - start > NUMBER_LIMIT ? '' : bytes.toString('latin1', start, end);
  return NUMBER.test(text) ? Number(text) : undefined;
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
