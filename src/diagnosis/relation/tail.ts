import { literalOf, type Literal } from '../claims/literal.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import type { Cursor } from './cursor.ts';
import { openRange, reading, type Reading } from './reading.ts';
import { chosenAfter, rangeOf } from './spread.ts';

/** A new value that was read, before what follows it is. */
export interface Head {
  to: Literal;
  from: Literal | null;
  next: number;
  /** It stands behind an arrow, or in a pair. */
  isArrow: boolean;
}

const OPEN_ENDED =
  /^(?:higher|more|above|larger|greater|lower|less|below|smaller|mehr|höher|weniger|plus|más)$/u;
const OLD = /^(?:baseline|old|before|vorher|alt|avant|antes|原|旧)$/u;

/** Reads on after the new value: a range, further choices, the old value in brackets. */
export class Tail {
  private readonly cursor: Cursor;
  private readonly end: number;
  private readonly head: Head;
  private readonly choices: Literal[];
  private from: Literal | null;
  private next: number;

  constructor(cursor: Cursor, head: Head, end: number) {
    this.cursor = cursor;
    this.end = end;
    this.head = head;
    this.choices = [head.to];
    this.from = head.from;
    this.next = head.next;
  }

  read(): Reading {
    while (this.next < this.end) {
      const outcome = this.step(this.cursor.tokens[this.next] as Token);
      if (outcome === 'stop') break;
      if (outcome !== 'on') return outcome;
    }
    const { cursor, head, next, end } = this;
    if (this.choices.length > 1)
      return chosenAfter(cursor, next, end) ?? reading({ kind: 'choices', values: this.choices }, next);
    if (head.to.raw.startsWith('{') && !head.to.raw.includes(':'))
      return chosenAfter(cursor, next, end) ?? openRange(head.to.raw, next);
    return reading({ kind: 'set', to: head.to, from: this.from }, next);
  }

  private step(token: Token): Reading | 'on' | 'stop' {
    const { cursor, next } = this;
    if (token.kind === 'dash' || token.kind === 'tilde') return this.readDash(token);
    if (token.kind === 'compare' && token.text === '±')
      return openRange(cursor.text(next - 1, next + 2), next + 2);
    if (token.kind === 'arrow') return this.readArrow();
    const isOr = cursor.is(next, 'or') || token.kind === 'slash' || token.kind === 'pipe';
    if (isOr || token.kind === 'comma') return this.readOther(isOr);
    if (this.choices.length > 1) return 'stop';
    if (token.kind === 'open') return this.readBracket();
    if (cursor.is(next, 'instead', 'from', 'observed') && !cursor.is(next, 'of')) {
      const old = cursor.value(cursor.step(next), this.end);
      if (!old) return 'stop';
      this.from ??= old.literal;
      this.next = old.next;
      return 'on';
    }
    if (cursor.is(next, 'unit') && !cursor.is(next, 'instead')) {
      this.next = cursor.step(next);
      return 'on';
    }
    if (!cursor.is(next, 'to') || this.head.isArrow) return 'stop';
    const high = cursor.value(cursor.step(next), this.end);
    return typeof high?.literal.value === 'number'
      ? rangeOf(cursor, this.head.to, high.literal, high.next, this.end)
      : 'stop';
  }

  /** `0.3–0.5` and `0.3 - 0.5`, but not `0.3 -0.5` or `0.4 – because`. */
  private readDash(token: Token): Reading | 'stop' {
    const { cursor, next } = this;
    const high = cursor.value(next + 1, this.end);
    const isBalanced =
      (cursor.tokens[next - 1]?.end === token.start) === (cursor.tokens[next + 1]?.start === token.end);
    const isRange =
      typeof high?.literal.value === 'number' &&
      typeof this.head.to.value === 'number' &&
      (token.kind === 'tilde' || isBalanced) &&
      cursor.tokens[next + 1]?.number?.isMultiple !== true;
    return high && isRange ? rangeOf(cursor, this.head.to, high.literal, high.next, this.end) : 'stop';
  }

  /** A second arrow: `1e-3 → 1e-4 → 1e-5` decides nothing. */
  private readArrow(): Reading | 'stop' {
    const further = this.cursor.value(this.next + 1, this.end);
    if (!further) return 'stop';
    if (this.head.isArrow)
      return reading({ kind: 'choices', values: [this.head.to, further.literal] }, further.next);
    const head: Head = { to: further.literal, from: this.head.to, next: further.next, isArrow: true };
    return new Tail(this.cursor, head, this.end).read();
  }

  /** `0.3 or 0.5`, `0.3/0.5`, `0.3, 0.4 or 0.5`, `0.3 or higher`. */
  private readOther(isOr: boolean): Reading | 'on' | 'stop' {
    const { cursor, next } = this;
    const after = isOr ? cursor.step(next) : cursor.is(next + 1, 'or') ? cursor.step(next + 1) : next + 1;
    if (isOr && OPEN_ENDED.test(cursor.lower(after)))
      return openRange(cursor.text(next - 1, after + 1), after + 1);
    const other = cursor.value(after, this.end);
    if (!other || typeof other.literal.value !== typeof this.head.to.value) return 'stop';
    const hasOwnUnit = cursor.is(other.next, 'unit') && !cursor.is(next - 1, 'unit');
    if (hasOwnUnit || cursor.tokens[after]?.number?.isMultiple === true) return 'stop';
    if (!isOr && after === next + 1 && !this.listGoesOn(other.next)) return 'stop';
    this.choices.push(other.literal);
    this.next = other.next;
    return 'on';
  }

  private listGoesOn(index: number): boolean {
    const { cursor, end } = this;
    const kind = cursor.kind(index, end);
    if (kind === undefined || cursor.is(index, 'or')) return true;
    return kind === 'comma' && (cursor.value(index + 1, end) !== undefined || cursor.is(index + 1, 'or'));
  }

  /** What a bracket after the new value adds: the old value, or another choice. */
  private readBracket(): 'on' {
    const { cursor } = this;
    const close = cursor.closing(this.next, this.end);
    const start = this.next + 1;
    for (let at = start; at < close; at += 1) {
      if (cursor.is(at, 'condition', 'expect')) break;
      if (cursor.is(at, 'observed', 'from', 'instead') || OLD.test(cursor.lower(at))) {
        const old = cursor.value(cursor.skipToValue(cursor.step(at), close), close);
        if (old) {
          this.from ??= old.literal;
          break;
        }
      }
      if (at === start && cursor.is(at, 'or')) {
        const other = cursor.value(cursor.step(at), close);
        if (
          other &&
          typeof other.literal.value === typeof this.head.to.value &&
          !this.isConditional(at, close)
        ) {
          this.choices.push(other.literal);
          break;
        }
      }
    }
    this.next = close + 1;
    return 'on';
  }

  private isConditional(from: number, to: number): boolean {
    for (let at = from; at < to; at += 1) if (this.cursor.is(at, 'condition', 'later')) return true;
    return false;
  }
}

/** "60, 120 and 160": the numbers that go on from the first; undefined where there is but one. */
function listFrom(cursor: Cursor, { to, next }: Head, end: number): Literal | undefined {
  if (typeof to.value !== 'number') return undefined;
  const numbers = [to.value];
  let at = next;
  while (at < end && (cursor.kind(at) === 'comma' || cursor.is(at, 'and'))) {
    const after = cursor.kind(at) === 'comma' && cursor.is(at + 1, 'and') ? at + 2 : at + 1;
    const found = isNumber(cursor.at(after, end)) ? cursor.value(after, end) : undefined;
    if (typeof found?.literal.value !== 'number') break;
    numbers.push(found.literal.value);
    at = found.next;
  }
  return numbers.length > 1 ? literalOf(numbers, cursor.text(next - 1, at)) : undefined;
}

export function readTail(cursor: Cursor, head: Head, end: number): Reading {
  const result = new Tail(cursor, head, end).read();
  const { relation } = result;
  const list = relation.kind === 'set' ? listFrom(cursor, head, end) : undefined;
  return relation.kind === 'set' && list ? { ...result, relation: { ...relation, list } } : result;
}
