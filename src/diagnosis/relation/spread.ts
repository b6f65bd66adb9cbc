import type { Literal } from '../claims/literal.ts';
import type { Cursor } from './cursor.ts';
import { openRange, reading, type Reading } from './reading.ts';

const CHOICE_WINDOW = 14;

/** "…, start with 0.4" after a range or a list. */
export function chosenAfter(cursor: Cursor, start: number, end: number): Reading | undefined {
  for (let at = start; at < Math.min(end, start + CHOICE_WINDOW); at += 1) {
    if (!cursor.is(at, 'choose')) continue;
    let next = cursor.step(at);
    while (next < end && !cursor.value(next, end)) {
      const kind = cursor.kind(next, end);
      const isLight = kind === 'colon' || kind === 'equals' || kind === 'tilde';
      if (!isLight && !cursor.is(next, 'filler', 'of', 'to', 'copula')) break;
      next = cursor.step(next);
    }
    const picked = cursor.value(next, end);
    if (picked) return reading({ kind: 'set', to: picked.literal, from: null }, picked.next);
  }
  return undefined;
}

/** `0.3–0.5`: decides nothing unless the text goes on to choose. */
export function rangeOf(cursor: Cursor, low: Literal, high: Literal, next: number, end: number): Reading {
  const chosen = chosenAfter(cursor, next, end);
  if (chosen) return chosen;
  const numbers = [low.value, high.value]
    .filter((value): value is number => typeof value === 'number')
    .sort((a, b) => a - b);
  const text = `${low.raw}–${high.raw}`;
  return reading({ kind: 'range', text, low: numbers[0] ?? null, high: numbers[1] ?? null }, next);
}

/** `< 0.3`, `at most 0.5`: a bound; undefined where no value follows. */
export function boundAt(cursor: Cursor, at: number, end: number): Reading | undefined {
  const bound = cursor.value(cursor.step(at), end);
  return bound && openRange(cursor.text(at, bound.next), bound.next);
}

/** `between 0.3 and 0.5` */
export function betweenAt(cursor: Cursor, at: number, end: number): Reading | undefined {
  if (!/^(?:between|zwischen|entre|между|介于)$/u.test(cursor.lower(at))) return undefined;
  const low = cursor.value(at + 1, end);
  const high = low && cursor.value(cursor.step(low.next), end);
  return low && high && rangeOf(cursor, low.literal, high.literal, high.next, end);
}
