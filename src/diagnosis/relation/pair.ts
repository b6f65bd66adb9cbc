import { literalOf } from '../claims/literal.ts';
import type { Cursor } from './cursor.ts';
import { readFactor } from './factor.ts';
import { reading, type Direction, type Found, type Reading } from './reading.ts';
import { rangeOf } from './spread.ts';
import { readTail } from './tail.ts';

/** `V → V2`, `V (note) → V2`, `V から V2`; undefined where no arrow follows. */
export function readArrowPair(
  cursor: Cursor,
  found: Found,
  end: number,
  direction: Direction,
): Reading | undefined {
  let at = found.next;
  while (at < end && (cursor.is(at, 'unit') || cursor.kind(at) === 'close')) at += 1;
  if (cursor.kind(at, end) === 'open') {
    const close = cursor.closing(at, end);
    if (cursor.kind(close + 1, end) === 'arrow') at = close + 1;
  }
  const isArrow = cursor.kind(at, end) === 'arrow';
  if (at >= end || (!isArrow && !cursor.is(at, 'after-from'))) return undefined;
  let next = cursor.step(at);
  if (!isArrow)
    while (
      next < end &&
      cursor.is(next, 'increase', 'decrease', 'set', 'to', 'filler') &&
      !cursor.value(next, end)
    )
      next = cursor.step(next);
  const target = isArrow
    ? cursor.target(next, end)
    : (cursor.codeValue(next, end) ?? cursor.value(next, end));
  const from = found.literal;
  if (target) return readTail(cursor, { to: target.literal, from, next: target.next, isArrow: true }, end);
  if (!isArrow) return undefined;
  // An arrow to something that is no value: what stands before it is the old value at best.
  const context = { direction, preposition: 'to', from, start: next } as const;
  return (next < end ? readFactor(cursor, next, end, context) : undefined) ?? cursor.none(direction, next);
}

/** "from mean to sum": plain words after "from". */
export function readPlainPair(cursor: Cursor, index: number, end: number): Reading | undefined {
  const old = cursor.at(index, end);
  const isPlain =
    old?.kind === 'word' && /^[A-Za-z][\w-]*$/u.test(old.text) && cursor.classes(index) === undefined;
  const target = isPlain && cursor.is(index + 1, 'to') ? cursor.lastWord(index + 2, end) : undefined;
  if (!old || !target) return undefined;
  const from = literalOf(old.text, old.text, { isWord: true });
  return reading({ kind: 'set', to: target.literal, from }, target.next);
}

/** `V to V2`: a change after "from" or a verb that moves, else a range; undefined where no pair follows. */
export function readWordPair(
  cursor: Cursor,
  found: Found,
  end: number,
  isChange: boolean,
): Reading | undefined {
  let at = found.next;
  while (at < end && cursor.is(at, 'unit')) at = cursor.step(at);
  const skipsVerb = (index: number): boolean =>
    cursor.is(index, 'increase', 'decrease', 'set') && !cursor.is(index, 'to');
  if (isChange) while (at < end && skipsVerb(at)) at = cursor.step(at);
  const token = cursor.at(at, end);
  // Spanish "de 0.1 a 0.3": between two numbers "a" is no article.
  const isTo = token?.lower === 'a' || (cursor.is(at, 'to') && !cursor.is(at, 'instead'));
  if (token?.kind !== 'word' || token.code >= 0 || !isTo) return undefined;
  const target = cursor.value(cursor.step(at), end);
  if (!target) return undefined;
  const from = found.literal;
  if (!isChange || from.raw === target.literal.raw)
    return rangeOf(cursor, from, target.literal, target.next, end);
  return readTail(cursor, { to: target.literal, from, next: target.next, isArrow: true }, end);
}
