import type { Literal } from '../claims/literal.ts';
import { roundSanely } from '../text/numbers.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { FACTOR_WORDS, FRACTION_WORDS, NUMBER_VALUES } from '../words/classes.ts';
import type { Cursor } from './cursor.ts';
import { reading, type Direction, type Reading } from './reading.ts';
import { readTail } from './tail.ts';

/** Preposition that governs the next value. */
export type Preposition = 'none' | 'assign' | 'to' | 'from' | 'by' | 'of';

export interface FactorContext {
  direction: Direction;
  preposition: Preposition;
  from: Literal | null;
  /** Where the window starts; some spellings count only right beside the name. */
  start: number;
}

const TIMES = /^(?:times|mal|fois|veces|vezes|volte|раза?)$/u;
/** "three times higher than": there the comparative stands in a phrase of its own. */
const MORE = /^(?:higher|larger|greater|more)$/u;
const LESS = /^(?:lower|smaller|less)$/u;
const COMPARED = /^(?:as|the|its|longer|so|plus|más|mais|più)$/u;
const OTHER_WHOLE = /^(?:new|peak|max|maximum|total|full|other)$/u;
const MULTIPLICATION =
  /^(?:factor|faktor|facteur|фактор|倍数|multiple|multipl\w*|divid\w*|divis\w*|diviser|teile?n?|dividieren|moltiplicare|除以|乘以|разделить|делить|умножить)$/u;

/** Multiplies, where the text gives a factor; a decrease by a factor above one divides. */
function scaled(factor: number, direction: Direction, from: Literal | null, end: number): Reading {
  const applied = direction === 'decrease' && factor > 1 ? 1 / factor : factor;
  return reading({ kind: 'scale', factor: roundSanely(applied), from }, end);
}

/** An explicit pair or target later in the clause outweighs a factor: `10× (1e-3 → 1e-4)`, `by half, to 0.2`. */
function pairIn(cursor: Cursor, start: number, end: number): Reading | undefined {
  for (let at = start; at < Math.min(end, start + 10); at += 1) {
    const token = cursor.tokens[at] as Token;
    const isTo = cursor.is(at, 'to') && token.kind === 'word' && !cursor.is(at, 'of');
    if (token.kind === 'arrow' || isTo) {
      const target = cursor.value(at + 1, end);
      const from = cursor.value(at - 1, at)?.literal ?? null;
      if (target && !FRACTION_WORDS.has(cursor.lower(at + 1)))
        return readTail(cursor, { to: target.literal, from, next: target.next, isArrow: true }, end);
    }
    if (cursor.is(at, 'and', 'but')) return undefined;
  }
  return undefined;
}

/** `10×`, `10 ×`, `× 0.1`, `x10`, `/ 10`, `five times larger`. */
function readNumericFactor(
  cursor: Cursor,
  at: number,
  end: number,
  context: FactorContext,
): Reading | undefined {
  const token = cursor.tokens[at] as Token;
  const next = cursor.at(at + 1, end);
  const { direction, from, start, preposition } = context;
  if (TIMES.test(next?.lower ?? '') && token.code < 0) {
    const factor = token.number?.value ?? NUMBER_VALUES.get(token.lower);
    const word = cursor.lower(at + 2);
    const isLess = cursor.is(at + 2, 'decrease') || LESS.test(word);
    const isCompared = isLess || cursor.is(at + 2, 'increase') || MORE.test(word) || COMPARED.test(word);
    if (factor !== undefined && isCompared)
      return scaled(factor, isLess ? 'decrease' : 'increase', from, at + 3);
  }
  const isSpaced = isNumber(token) && next?.kind === 'times' && !isNumber(cursor.at(at + 2, end));
  if (isNumber(token) && (token.number.isMultiple || isSpaced)) {
    const after = at + (token.number.isMultiple ? 1 : 2);
    const own = cursor.directionAt(after, direction);
    return (
      pairIn(cursor, after, end) ?? scaled(token.number.value, own, from, after + (own === direction ? 0 : 1))
    );
  }
  const isBeside = at === start || preposition === 'by' || /^scal(?:e[sd]?|ing)$/u.test(cursor.lower(at - 1));
  // "seq_len *= 2", "lr /= 10"
  const operand = next?.kind === 'equals' ? cursor.at(at + 2, end) : undefined;
  if (isNumber(operand) && at === start && (token.kind === 'times' || token.kind === 'slash'))
    return scaled(operand.number.value, token.kind === 'slash' ? 'decrease' : null, from, at + 3);
  if (token.kind === 'times' && isNumber(next) && isBeside)
    return scaled(next.number.value, direction, from, at + 2);
  if (token.lower === 'x' && isNumber(next) && at === start)
    return scaled(next.number.value, direction, from, at + 2);
  if (token.kind === 'word' && /^x\d+(?:\.\d+)?$/u.test(token.lower))
    return scaled(Number(token.lower.slice(1)), direction, from, at + 1);
  const divisor = token.kind === 'slash' && at === start && isNumber(next) ? next.number.value : 0;
  return Number.isInteger(divisor) && divisor > 1 ? scaled(1 / divisor, null, from, at + 2) : undefined;
}

/** A factor at `at`, in figures or words (`halve`, `to a third of`); undefined where none stands there. */
export function readFactor(
  cursor: Cursor,
  at: number,
  end: number,
  context: FactorContext,
): Reading | undefined {
  const numeric = readNumericFactor(cursor, at, end, context);
  if (numeric) return numeric;
  const token = cursor.tokens[at] as Token;
  if (token.code >= 0 || token.kind !== 'word') return undefined;
  const { direction, preposition, from } = context;
  const takesFraction =
    preposition === 'to' || preposition === 'by' || preposition === 'of' || cursor.lower(at + 1) === 'of';
  const factor =
    FACTOR_WORDS.get(token.lower) ?? (takesFraction ? FRACTION_WORDS.get(token.lower) : undefined);
  if (factor === undefined) return undefined;
  const explicit = pairIn(cursor, at + 1, end);
  if (explicit) return explicit;
  // "a tenth of the new peak": a fraction of something else.
  const whole = cursor.tokens.slice(at + 1, Math.min(end, at + 5)).map((word) => word.lower);
  if (whole[0] === 'of' && whole.some((word) => OTHER_WHOLE.test(word)))
    return cursor.none(direction, at + 1);
  if (preposition === 'by' && direction !== null && factor < 1)
    return scaled(direction === 'decrease' ? 1 - factor : 1 + factor, null, from, at + 1);
  return scaled(factor, factor >= 1 ? direction : 'decrease', from, at + 1);
}

/** After "by": a factor, a percentage, or an amount; undefined where the direction is not said. */
export function readAmount(
  cursor: Cursor,
  literal: Literal,
  next: number,
  end: number,
  context: FactorContext,
): Reading | undefined {
  const explicit = pairIn(cursor, next, end);
  if (explicit) return explicit;
  if (typeof literal.value !== 'number') return undefined;
  const amount = Math.abs(literal.value);
  const { direction, from } = context;
  if (cursor.tokens.slice(0, next).some((token) => MULTIPLICATION.test(token.lower)))
    return scaled(amount, direction, from, next);
  if (/^(?:orders?|größenordnung)$/u.test(cursor.lower(next)) || cursor.lower(next - 1) === 'order')
    return scaled(10 ** amount, direction, from, next + 3);
  if (direction === null) return undefined;
  const sign = direction === 'increase' ? 1 : -1;
  const isPoint = /^(?:points?|pp|percentage)$/u.test(cursor.lower(next));
  if (literal.isPercent && !isPoint)
    return reading({ kind: 'scale', factor: roundSanely(1 + (sign * amount) / 100), from }, next);
  return reading({ kind: 'shift', delta: sign * (literal.isPercent ? amount / 100 : amount) }, next);
}
