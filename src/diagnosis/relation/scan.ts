import type { Literal } from '../claims/literal.ts';
import { roundSanely } from '../text/numbers.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { FACTOR_WORDS, FRACTION_WORDS, type WordClass } from '../words/classes.ts';
import { Cursor, type CursorInput } from './cursor.ts';
import { readAmount, readFactor, type FactorContext, type Preposition } from './factor.ts';
import { readArrowPair, readPlainPair, readWordPair } from './pair.ts';
import { reading, type Direction, type Found, type Reading } from './reading.ts';
import { MOVES_ITSELF, NOW, DROPS, GOES, LASTS, ON_OFF, WITH, ends } from './scan-words.ts';
import { betweenAt, boundAt } from './spread.ts';
import { readTail } from './tail.ts';

/** Words that say nothing of the value, before a value is no longer expected. */
const MAX_UNKNOWN = 7;
/** After the old value a sentence may argue for a while before it comes to the new one. */
const MAX_ARGUMENT = 18;
const MAX_DEPTH = 3;
/** A reading ends the scan; a number is where it goes on; 'stop' ends it without one. */
type Step = Reading | number | 'stop';

/** One pass over the window of a name: what is said of its value. */
class Scan {
  private readonly cursor: Cursor;
  private readonly start: number;
  private readonly end: number;
  private readonly depth: number;
  private direction: Direction;
  private preposition: Preposition = 'none';
  private unknown = 0;
  private from: Literal | null = null;
  private isObserved = false;
  private isExample = false;
  private isDescribed = false;
  private hasDirectionWord = false;
  private sawFrom = false;
  private isRange = false;
  /** What a bracket says, where nothing outside of it says more. */
  private aside: Reading | null = null;

  constructor(cursor: Cursor, start: number, end: number, direction: Direction, depth: number) {
    this.cursor = cursor;
    this.start = start;
    this.end = end;
    this.direction = direction;
    this.depth = depth;
  }

  read(): Reading {
    let at = this.start;
    while (at < this.end && this.unknown <= (this.isObserved ? MAX_ARGUMENT : MAX_UNKNOWN)) {
      const step = this.step(at, this.cursor.tokens[at] as Token);
      if (step === 'stop') break;
      if (typeof step !== 'number') return step;
      at = step;
    }
    if (this.aside) {
      const { relation } = this.aside;
      return { ...this.aside, relation: relation.kind === 'set' ? { ...relation, isLone: true } : relation };
    }
    if (this.isObserved && this.from)
      return reading({ kind: 'set', to: this.from, from: null }, at, { isObserved: true });
    return this.cursor.none(this.direction, Math.min(at, this.end));
  }

  private get factorContext(): FactorContext {
    const { direction, preposition, from, start } = this;
    return { direction, preposition, from, start };
  }

  private step(at: number, token: Token): Step {
    const { cursor, end } = this;
    if (at === this.start || (at === this.start + 1 && cursor.kind(at - 1) === 'colon')) {
      const isEnd = ends(cursor.kind(at + 1, end)) || cursor.is(at + 1, 'and', 'but');
      const isSwitch = ON_OFF.test(token.lower) && token.code < 0 && isEnd;
      if (isSwitch) return reading({ kind: 'toggle', on: !/^(?:off|aus)$/u.test(token.lower) }, at + 1);
    }
    if (token.kind === 'open') return this.readBracket(at);
    if (token.kind === 'arrow') return this.readArrow(at);
    if (token.kind === 'colon' || token.kind === 'equals' || token.text === '==') return this.readAssign(at);
    if (token.kind === 'compare') return boundAt(cursor, at, end) ?? cursor.none(this.direction, at + 1);
    if (token.kind === 'up' || token.kind === 'down')
      return this.turn(token.kind === 'up' ? 'increase' : 'decrease', at + 1);
    const factor = readFactor(cursor, at, end, this.factorContext);
    if (factor) return factor;
    if (token.kind === 'comma' || token.kind === 'dash') return this.readSeparator(at, token);
    const between = betweenAt(cursor, at, end);
    if (between) return between;
    const classes = token.code < 0 ? cursor.classes(at) : undefined;
    const word = classes ? this.readWord(at, token, classes) : undefined;
    return word ?? this.readValue(at);
  }

  private turn(direction: Direction, next: number): number {
    this.direction = direction;
    this.hasDirectionWord = true;
    return next;
  }

  private under(preposition: Preposition, next: number): number {
    this.preposition = preposition;
    return next;
  }

  private readBracket(at: number): Step {
    const close = this.cursor.closing(at, this.end);
    if (this.depth < MAX_DEPTH) {
      const inner = new Scan(this.cursor, at + 1, close, this.direction, this.depth + 1).read();
      const { relation } = inner;
      const isPair = relation.kind === 'set' && relation.from !== null;
      if (isPair && !inner.isObserved && !inner.isExample) return { ...inner, end: close + 1 };
      if (inner.isObserved && relation.kind === 'set') this.from ??= relation.to;
      else if (relation.kind !== 'none') this.aside ??= { ...inner, end: close + 1 };
    }
    return close + 1;
  }

  private readArrow(at: number): Step {
    const target = this.cursor.target(at + 1, this.end);
    if (!target) return this.under('assign', at + 1);
    return this.finish(target, true);
  }

  private readAssign(at: number): Step {
    if (this.preposition !== 'to' && this.preposition !== 'by') this.preposition = 'assign';
    const shell = this.cursor.substitution(at + 1, this.end);
    if (shell) return reading({ kind: 'set', to: shell, from: this.from }, this.end);
    const raw = this.cursor.codeValue(at + 1, this.end);
    return raw && this.preposition === 'assign' ? this.finish(raw, false) : at + 1;
  }

  /** A comma or dash ends the window unless what follows goes on about the value. */
  private readSeparator(at: number, token: Token): Step {
    const { cursor } = this;
    const isDashBefore = token.kind === 'dash' && at === this.start && isNumber(cursor.at(at + 1, this.end));
    const goesOn =
      isDashBefore ||
      cursor.is(at + 1, 'from', 'to', 'observed', 'by', 'choose', 'copula', 'described') ||
      cursor.at(at + 1, this.end)?.number?.isMultiple === true ||
      this.isPronounAt(at + 1) ||
      (this.isObserved && NOW.test(cursor.lower(at + 1))) ||
      (this.isObserved && cursor.is(at + 1, 'increase', 'decrease', 'set', 'modal', 'instead'));
    return token.kind === 'comma' && !goesOn ? 'stop' : at + 1;
  }

  /** "As for the rate, halve it": the verb goes on about the name. */
  private isPronounAt(at: number): boolean {
    const { cursor } = this;
    const isVerb = cursor.is(at, 'increase', 'decrease', 'set') || FACTOR_WORDS.has(cursor.lower(at));
    return isVerb && cursor.is(cursor.step(at), 'pronoun') && cursor.step(at) < this.end;
  }

  /** What a phrase says; undefined where it says nothing here, so that it may still be a value. */
  private readWord(at: number, token: Token, classes: ReadonlySet<WordClass>): Step | undefined {
    const { cursor, end } = this;
    const next = cursor.step(at);
    if (classes.has('condition') || classes.has('expect')) return 'stop';
    if (classes.has('keep') && !classes.has('set')) return reading({ kind: 'keep' }, next);
    if (classes.has('example')) {
      this.isExample = true;
      return this.under('of', next);
    }
    if (classes.has('observed') || (classes.has('copula') && !classes.has('of')))
      return this.readTold(next, classes);
    if (classes.has('described')) {
      this.isDescribed = true;
      return this.under('assign', next);
    }
    const old = classes.has('instead') ? cursor.value(next, end) : undefined;
    if (old) {
      this.from = old.literal;
      return old.next;
    }
    const isFree = this.preposition === 'none' || this.preposition === 'assign';
    if ((classes.has('enable') || classes.has('disable')) && this.unknown <= 2 && isFree)
      return reading({ kind: 'toggle', on: classes.has('enable') }, next);
    if (classes.has('most') && !classes.has('to')) {
      // "crank dropout up to 0.4" is no bound.
      const isMove = cursor.isMove || this.hasDirectionWord || GOES.test(cursor.lower(at - 1));
      if (token.lower.startsWith('up') && isMove) {
        this.turn('increase', next);
        return this.under('to', next);
      }
      const bound = boundAt(cursor, at, end);
      if (bound) return bound;
    }
    if (classes.has('increase') || classes.has('decrease')) {
      if (this.preposition === 'none') this.preposition = 'of';
      return this.turn(classes.has('increase') ? 'increase' : 'decrease', next);
    }
    if (cursor.isDuration && LASTS.test(token.lower) && cursor.value(next, end))
      return this.under('of', next);
    if (DROPS.test(token.lower)) return this.turn('decrease', next);
    return this.readPreposition(next, classes) ?? this.readFiller(at, next, classes);
  }

  /** "is currently 0.1", "was 0.1": the old value, unless an arrow follows it. */
  private readTold(next: number, classes: ReadonlySet<WordClass>): Step {
    const { cursor, end } = this;
    const seen = cursor.value(cursor.skipToValue(next, end), end);
    if (!seen) {
      if (classes.has('observed')) this.preposition = 'from';
      this.unknown += classes.has('copula') ? 1 : 0;
      return next;
    }
    const pair = readArrowPair(cursor, seen, end, this.direction);
    return pair ?? this.setOld(seen);
  }

  private setOld(found: Found): number {
    this.from = found.literal;
    this.isObserved = true;
    this.preposition = 'none';
    this.unknown = 0;
    return found.next;
  }

  private readPreposition(next: number, classes: ReadonlySet<WordClass>): Step | undefined {
    const governs = classes.has('to') || classes.has('of') || classes.has('by') || classes.has('from');
    if (!governs || (classes.has('filler') && !this.cursor.value(next, this.end))) return undefined;
    if (classes.has('by') && !classes.has('to') && (!classes.has('of') || this.direction !== null))
      return this.under('by', next);
    if (classes.has('from')) {
      const words = readPlainPair(this.cursor, next, this.end);
      if (words) return words;
      this.sawFrom = true;
      return this.under(classes.has('of') ? 'of' : 'from', next);
    }
    if (classes.has('to')) return this.under('to', next);
    const isBound = this.preposition === 'by' || this.preposition === 'to' || this.preposition === 'from';
    return isBound ? next : this.under('of', next);
  }

  private readFiller(at: number, next: number, classes: ReadonlySet<WordClass>): Step | undefined {
    const { cursor } = this;
    if (classes.has('set') || classes.has('modal') || classes.has('choose') || classes.has('run')) {
      if (MOVES_ITSELF.test(cursor.lower(at))) this.sawFrom = true;
      const leads = classes.has('modal') || classes.has('choose');
      return this.preposition === 'none' && leads ? this.under('of', next) : next;
    }
    if (classes.has('range')) {
      this.isRange = true;
      return this.under('of', next);
    }
    const isFraction = FRACTION_WORDS.has(cursor.lower(next)) || FACTOR_WORDS.has(cursor.lower(next));
    if ((classes.has('filler') || classes.has('pronoun')) && (this.preposition !== 'to' || isFraction))
      return next;
    if (!classes.has('and') && !classes.has('but') && !classes.has('or')) return undefined;
    if (this.unknown === 0 && this.preposition === 'none') return 'stop';
    this.unknown += 2;
    return next;
  }

  /** The value at `at`, if one may stand there; else one more word that says nothing. */
  private readValue(at: number): Step {
    const { cursor, end } = this;
    if (this.preposition === 'by' && /^(?:factor|faktor|facteur|fattore|fator)$/u.test(cursor.lower(at)))
      return at + 1;
    const found = this.preposition !== 'none' || this.unknown === 0 ? cursor.value(at, end) : undefined;
    const step = found && this.readFound(found, at);
    if (step !== undefined) return step;
    this.unknown += 1;
    return this.under('none', at + 1);
  }

  /** "+50%", "+20": what is added to the value, not the value. */
  private readSigned({ literal, next }: Found): Reading | undefined {
    const number = this.cursor.tokens[next - 1]?.number;
    const sign = number?.sign ?? null;
    if (typeof literal.value !== 'number' || sign === null) return undefined;
    const { from } = this;
    if (literal.isPercent)
      return reading({ kind: 'scale', factor: roundSanely(1 + literal.value / 100), from }, next);
    return sign === '+' ? reading({ kind: 'shift', delta: literal.value }, next) : undefined;
  }

  private readFound(found: Found, at: number): Step | undefined {
    const { cursor, end, preposition } = this;
    // "Replace the optimizer by SGD".
    if (preposition === 'by' && typeof found.literal.value === 'string') return this.finish(found, false);
    if (preposition === 'by')
      return (
        readAmount(cursor, found.literal, found.next, end, this.factorContext) ??
        cursor.none(this.direction, found.next)
      );
    const signed = preposition === 'none' || preposition === 'assign' ? this.readSigned(found) : undefined;
    if (signed) return signed;
    const isChange =
      !this.isRange && (this.sawFrom || preposition === 'from' || cursor.isMove || this.hasDirectionWord);
    const pair =
      readArrowPair(cursor, found, end, this.direction) ?? readWordPair(cursor, found, end, isChange);
    if (pair) return this.isExample ? { ...pair, isExample: true } : pair;
    if (preposition === 'from') return this.setOld(found);
    if (this.unknown > 0) {
      // "dropout after conv 3 with 4 heads": an amount of something else.
      const isForeign = preposition === 'of' && WITH.test(cursor.lower(at - 1));
      const isUnled = preposition === 'to' && !cursor.hasVerb && !this.hasDirectionWord;
      if (isForeign || isUnled || found.literal.isWord) return undefined;
    }
    return this.finish(found, false);
  }

  private finish(found: Found, isArrow: boolean): Reading {
    const head = { to: found.literal, from: this.from, next: found.next, isArrow };
    const result = readTail(this.cursor, head, this.end);
    const isDescribed = this.isDescribed && result.relation.kind === 'set' && result.relation.from === null;
    return { ...result, isExample: result.isExample || (this.isExample && !isArrow), isDescribed };
  }
}

/** Reads what stands beside a name: `from 0.1 to 0.4`, `= 0.4`, `10× lower`, `(0.1 → 0.4)`, `0.3–0.5, start with 0.4`. */
export function readRelation(
  input: CursorInput & { direction: Direction },
  start: number,
  end: number,
): Reading {
  return new Scan(new Cursor(input), start, end, input.direction, 0).read();
}
