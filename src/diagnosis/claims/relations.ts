import type { Phrase } from '../text/phrases.ts';
import { roundSanely } from '../text/numbers.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { choiceCategory } from '../words/choices.ts';
import { FACTOR_WORDS, FRACTION_WORDS, NUMBER_VALUES, type WordClass } from '../words/classes.ts';
import type { Relation } from './claim.ts';
import { literalOf, parseLiteral, tokenLiteral, type Literal } from './literal.ts';

export type Direction = 'increase' | 'decrease' | null;

/** What was read after (or before) the name of a setting. */
export interface Reading {
  relation: Relation;
  /** Index after the last token that belongs to it. */
  end: number;
  /** The only value given is one that holds now or held before. */
  isObserved: boolean;
  /** The value is given as an example. */
  isExample: boolean;
}

export interface RelationInput {
  tokens: readonly Token[];
  phrases: readonly (Phrase | undefined)[];
  direction: Direction;
  /** The clause has a verb that sets or changes something, so that "to X" gives the new value. */
  hasVerb: boolean;
  /** The verb moves a value ("change", "increase"), so that "0.1 to 0.4" is a change and no range. */
  isMove: boolean;
  /** Bare words are values (tables, config lines). */
  acceptsWords: boolean;
}

const MAX_UNKNOWN = 7;
/** After the old value a sentence may argue for a while before it comes to the new one. */
const MAX_ARGUMENT = 18;
const WITH = /^(?:with|mit|avec|con|con|met|с)$/u;
const LIGHT =
  /^(?:the|a|an|about|approximately|around|roughly|ca|circa|etwa|environ|only|just|value|values|of|be|exactly|say|un|une|el|la|le|ein|einen|eine|der|den|das|something|like|maximum|max|minimum|wert|約|约|大约|約)$/u;

function isPlainWord(token: Token | undefined): token is Token {
  return token !== undefined && token.kind === 'word' && /^[A-Za-z][\w-]*$/u.test(token.text);
}

/** Reads what stands beside a name: `from 0.1 to 0.4`, `= 0.4`, `10× lower`, `(0.1 → 0.4)`, `0.3–0.5, start with 0.4`. */
export class RelationReader {
  private readonly input: RelationInput;

  constructor(input: RelationInput) {
    this.input = input;
  }

  private is(index: number, ...classes: WordClass[]): boolean {
    const phrase = this.input.phrases[index];
    return phrase !== undefined && classes.some((name) => phrase.classes.has(name));
  }

  private token(index: number, end: number): Token | undefined {
    return index >= 0 && index < end ? this.input.tokens[index] : undefined;
  }

  private step(index: number): number {
    return index + (this.input.phrases[index]?.length ?? 1);
  }

  /** The value at `index`, articles and "about" skipped; undefined where none stands there. */
  private value(index: number, end: number): { literal: Literal; next: number } | undefined {
    let at = index;
    for (let skipped = 0; skipped < 3; skipped += 1) {
      const token = this.token(at, end);
      if (token === undefined) return undefined;
      if (token.kind === 'tilde' || (LIGHT.test(token.lower) && token.kind === 'word')) at += 1;
      else break;
    }
    const token = this.token(at, end);
    if (token === undefined) return undefined;
    const isCode = token.code >= 0 || this.input.acceptsWords;
    const isChoice = token.kind === 'word' && choiceCategory(token.text) !== undefined;
    const literal = tokenLiteral(token, isCode || isChoice);
    if (!literal) return undefined;
    if (isCode && literal.isWord && this.input.phrases[at] !== undefined && token.code < 0 && !isChoice) {
      const classes = this.input.phrases[at]?.classes;
      if (classes !== undefined && !classes.has('absent')) return undefined;
    }
    return { literal, next: at + 1 };
  }

  /** "from mean to sum". */
  private wordPair(index: number, end: number): Reading | undefined {
    const old = this.token(index, end);
    const target = isPlainWord(old) && this.is(index + 1, 'to') ? this.lastWord(index + 2, end) : undefined;
    if (!target || !old || this.input.phrases[index] !== undefined) return undefined;
    return this.make(
      { kind: 'set', to: target.literal, from: literalOf(old.text, old.text, { isWord: true }) },
      target.next,
    );
  }

  /** `config: scheduler.name: cosine annealing`: the rest of a code span after its separator. */
  private codeValue(index: number, end: number): { literal: Literal; next: number } | undefined {
    const first = this.token(index, end);
    if (first === undefined || first.code < 0) return undefined;
    let last = index;
    for (let at = index; at < end; at += 1) {
      const token = this.input.tokens[at] as Token;
      if (
        token.code !== first.code ||
        ['arrow', 'comma', 'comment', 'open', 'semicolon', 'pipe'].includes(token.kind)
      )
        break;
      last = at;
    }
    if (last === index) return undefined;
    const text = this.input.tokens.slice(index, last + 1).map((token) => token.text);
    // Only runs without blanks are one value (`a/b`, `v1.2:x`); words beside one another are prose.
    for (let at = index; at < last; at += 1)
      if ((this.input.tokens[at]?.end ?? 0) !== (this.input.tokens[at + 1]?.start ?? 0)) return undefined;
    const literal = parseLiteral(text.join(''));
    return literal && { literal, next: last + 1 };
  }

  /** `$(…)` or `${…}` in code: text for a shell, of which no word is a value. */
  private isSubstitution(index: number, end: number): boolean {
    const token = this.token(index, end);
    return token !== undefined && token.code >= 0 && token.text === '$';
  }

  private none(end: number, traits: Partial<Reading> = {}): Reading {
    const verb = this.input.direction ?? (this.input.hasVerb ? 'set' : null);
    return { relation: { kind: 'none', verb }, end, isObserved: false, isExample: false, ...traits };
  }

  private make(relation: Relation, end: number, traits: Partial<Reading> = {}): Reading {
    return { relation, end, isObserved: false, isExample: false, ...traits };
  }

  /** Multiplies, where the text gives a factor; a decrease by a factor above one divides. */
  private scale(factor: number, direction: Direction, from: Literal | null, end: number): Reading {
    const applied = direction === 'decrease' && factor > 1 ? 1 / factor : factor;
    return this.make({ kind: 'scale', factor: roundSanely(applied), from }, end);
  }

  read(start: number, end: number): Reading {
    return this.scan(start, end, this.input.direction, 0);
  }

  private scan(start: number, end: number, initial: Direction, depth: number): Reading {
    let at = start;
    let direction = initial;
    let prep: 'none' | 'assign' | 'to' | 'from' | 'by' | 'of' = 'none';
    let unknown = 0;
    let from: Literal | null = null;
    let isObserved = false;
    let isExample = false;
    let hasDirectionWord = false;
    let sawFrom = false;
    let isRange = false;
    let aside: Reading | null = null;
    while (at < end && unknown <= (isObserved ? MAX_ARGUMENT : MAX_UNKNOWN)) {
      const token = this.input.tokens[at] as Token;
      const phrase = this.input.phrases[at];
      if (token.kind === 'open') {
        const close = this.closing(at, end);
        const inner: Reading | null = depth < 3 ? this.scan(at + 1, close, direction, depth + 1) : null;
        if (inner) {
          const { relation } = inner;
          if (relation.kind === 'set' && !inner.isObserved && !inner.isExample && relation.from !== null)
            return { ...inner, end: close + 1 };
          if (inner.isObserved && relation.kind === 'set') from ??= relation.to;
          else if (relation.kind !== 'none' && aside === null) aside = { ...inner, end: close + 1 };
        }
        at = close + 1;
        continue;
      }
      if (token.kind === 'arrow') {
        const target = this.codeValue(at + 1, end) ?? this.value(at + 1, end) ?? this.lastWord(at + 1, end);
        if (target)
          return this.tail(
            { to: target.literal, from, next: target.next, direction, isArrow: true },
            end,
            depth,
          );
        prep = 'assign';
        at += 1;
        continue;
      }
      if (
        token.kind === 'colon' ||
        token.kind === 'equals' ||
        (token.kind === 'compare' && token.text === '==')
      ) {
        if (prep !== 'to' && prep !== 'by') prep = 'assign';
        at += 1;
        if (this.isSubstitution(at, end)) {
          const text = this.text(at, end);
          return this.make({ kind: 'set', to: literalOf(text, text), from }, end);
        }
        const raw = this.codeValue(at, end);
        if (raw && prep === 'assign')
          return this.tail({ to: raw.literal, from, next: raw.next, direction, isArrow: false }, end, depth);
        continue;
      }
      if (token.kind === 'compare') return this.comparison(at, end);
      if (token.kind === 'up' || token.kind === 'down') {
        direction = token.kind === 'up' ? 'increase' : 'decrease';
        hasDirectionWord = true;
        at += 1;
        continue;
      }
      const scaled = this.readScale(at, end, prep, direction, from, start);
      if (scaled) return scaled;
      if (token.kind === 'comma' || token.kind === 'dash') {
        const next = this.token(at + 1, end);
        const goesOn =
          this.is(at + 1, 'from', 'to', 'observed', 'by', 'choose', 'copula') ||
          (token.kind === 'dash' && at === start && isNumber(next)) ||
          (isObserved && this.is(at + 1, 'increase', 'decrease', 'set', 'modal', 'instead'));
        if (!goesOn && token.kind === 'comma' && !(at === start)) break;
        if (token.kind === 'comma' && !goesOn) break;
        at += 1;
        continue;
      }
      if (/^(?:between|zwischen|entre|между|介于)$/u.test(token.lower)) {
        const low = this.value(at + 1, end);
        const high = low && this.value(this.step(low.next), end);
        if (low && high) return this.rangeOf(low.literal, high.literal, high.next, end);
      }
      if (phrase && token.code < 0) {
        const classes = phrase.classes;
        const next = this.step(at);
        if (classes.has('condition') || classes.has('expect')) break;
        if (classes.has('keep') && !classes.has('set')) return this.make({ kind: 'keep' }, next);
        if (classes.has('example')) {
          isExample = true;
          prep = 'of';
          at = next;
          continue;
        }
        if (classes.has('observed') || (classes.has('copula') && !classes.has('of'))) {
          const seen = this.value(this.skipOnly(next, end), end);
          if (seen) {
            const later = this.arrowAfter(seen, end, direction, depth);
            if (later) return later;
            from = seen.literal;
            isObserved = true;
            at = seen.next;
            prep = 'none';
            unknown = 0;
          } else {
            if (classes.has('observed')) prep = 'from';
            at = next;
            unknown += classes.has('copula') ? 1 : 0;
          }
          continue;
        }
        if (classes.has('instead')) {
          const old = this.value(next, end);
          if (old) {
            from = old.literal;
            at = old.next;
            continue;
          }
        }
        if (classes.has('enable') || classes.has('disable')) {
          const on = classes.has('enable');
          if (unknown <= 2 && (prep === 'none' || prep === 'assign'))
            return this.make({ kind: 'toggle', on }, next);
        }
        if (classes.has('most') && /^up$/u.test(token.lower) && (this.input.isMove || hasDirectionWord)) {
          // "crank dropout up to 0.4"
          prep = 'to';
          at = next;
          continue;
        }
        if (classes.has('most') && !classes.has('to')) {
          const bound = this.value(next, end);
          if (bound)
            return this.make(
              { kind: 'range', text: this.text(at, bound.next), low: null, high: null },
              bound.next,
            );
        }
        if (classes.has('increase') || classes.has('decrease')) {
          direction = classes.has('increase') ? 'increase' : 'decrease';
          hasDirectionWord = true;
          at = next;
          if (prep === 'none') prep = 'of';
          continue;
        }
        const target = classes.has('to') || classes.has('of') || classes.has('by') || classes.has('from');
        if (target && !(classes.has('filler') && !this.value(next, end))) {
          if (classes.has('by') && !classes.has('of') && !classes.has('to')) prep = 'by';
          else if (classes.has('by') && (direction !== null || hasDirectionWord) && !classes.has('to'))
            prep = 'by';
          else if (classes.has('from')) {
            const words = this.wordPair(next, end);
            if (words) return words;
            sawFrom = true;
            prep = classes.has('of') ? 'of' : 'from';
          } else if (classes.has('to')) prep = 'to';
          else if (prep !== 'by' && prep !== 'to' && prep !== 'from') prep = 'of';
          at = next;
          continue;
        }
        if (classes.has('set') || classes.has('modal') || classes.has('choose') || classes.has('run')) {
          if (/^(?:passe|passent|passer|passa|pasa|goes|moves|changes)$/u.test(token.lower)) sawFrom = true;
          at = next;
          if (prep === 'none' && (classes.has('modal') || classes.has('choose'))) prep = 'of';
          continue;
        }
        if (classes.has('range')) {
          isRange = true;
          prep = 'of';
          at = next;
          continue;
        }
        const isFraction =
          FRACTION_WORDS.has(this.token(next, end)?.lower ?? '') ||
          FACTOR_WORDS.has(this.token(next, end)?.lower ?? '');
        if ((classes.has('filler') || classes.has('pronoun')) && (prep !== 'to' || isFraction)) {
          at = next;
          continue;
        }
        if (classes.has('and') || classes.has('but') || classes.has('or')) {
          if (unknown === 0 && prep === 'none') break;
          unknown += 2;
          at = next;
          continue;
        }
      }
      if (prep === 'by' && /^(?:factor|faktor|facteur|fattore|fator)$/u.test(token.lower)) {
        at += 1;
        continue;
      }
      const found =
        prep === 'assign' ||
        prep === 'to' ||
        prep === 'from' ||
        prep === 'by' ||
        prep === 'of' ||
        unknown === 0
          ? this.value(at, end)
          : undefined;
      if (found && (unknown === 0 || prep !== 'none')) {
        const { literal } = found;
        // "dropout after conv 3 with 4 heads": an amount of something else.
        const isForeign = unknown > 0 && prep === 'of' && WITH.test(this.input.tokens[at - 1]?.lower ?? '');
        if (prep === 'by')
          return this.readShift(literal, found.next, direction, from, end) ?? this.none(found.next);
        const pair =
          this.arrowAfter(found, end, direction, depth) ??
          this.pairAfter(
            found,
            end,
            !isRange && (sawFrom || prep === 'from' || this.input.isMove || hasDirectionWord),
            depth,
          );
        if (pair) return isExample ? { ...pair, isExample } : pair;
        if (prep === 'from') {
          from = literal;
          isObserved = true;
          at = found.next;
          prep = 'none';
          unknown = 0;
          continue;
        }
        const mayCross = prep === 'to' ? this.input.hasVerb || hasDirectionWord || unknown === 0 : true;
        if (mayCross && !isForeign && !(unknown > 0 && literal.isWord)) {
          const reading = this.tail(
            { to: literal, from, next: found.next, direction, isArrow: false },
            end,
            depth,
          );
          return isExample ? { ...reading, isExample } : reading;
        }
      }
      unknown += 1;
      prep = 'none';
      at += 1;
    }
    if (aside) return { ...aside, relation: this.markLone(aside.relation) };
    if (isObserved && from) return this.make({ kind: 'set', to: from, from: null }, at, { isObserved: true });
    return this.none(Math.min(at, end));
  }

  private markLone(relation: Relation): Relation {
    return relation.kind === 'set' ? { ...relation, isLone: true } : relation;
  }

  private skipOnly(index: number, end: number): number {
    let at = index;
    while (
      at < end &&
      (this.is(at, 'only') ||
        this.is(at, 'filler') ||
        this.is(at, 'of') ||
        ['colon', 'tilde', 'equals'].includes(this.input.tokens[at]?.kind ?? ''))
    ) {
      if (this.value(at, end)) break;
      at = this.step(at);
    }
    return at;
  }

  private closing(open: number, end: number): number {
    let depth = 0;
    for (let at = open; at < end; at += 1) {
      const kind = this.input.tokens[at]?.kind;
      if (kind === 'open') depth += 1;
      else if (kind === 'close') {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return end;
  }

  private text(from: number, to: number): string {
    return this.input.tokens
      .slice(from, to)
      .map((token) => token.text)
      .join(' ');
  }

  private comparison(at: number, end: number): Reading {
    const bound = this.value(at + 1, end);
    if (!bound) return this.none(at + 1);
    return this.make({ kind: 'range', text: this.text(at, bound.next), low: null, high: null }, bound.next);
  }

  /** `10×`, `× 0.1`, `half`, `to a third of`, `by 10x`, `by a factor of 3`, `/ 10`. */
  private readScale(
    at: number,
    end: number,
    prep: string,
    direction: Direction,
    from: Literal | null,
    start: number,
  ): Reading | undefined {
    const token = this.input.tokens[at] as Token;
    const next = this.token(at + 1, end);
    const times = this.readTimes(at, end, direction, from);
    if (times) return times;
    if (
      token.number?.isMultiple ||
      (token.number && next?.kind === 'times' && !isNumber(this.token(at + 2, end)))
    ) {
      const after = at + (token.number.isMultiple ? 1 : 2);
      const word = this.input.phrases[after]?.classes;
      const own: Direction = word?.has('decrease')
        ? 'decrease'
        : word?.has('increase')
          ? 'increase'
          : direction;
      const explicit = this.pairIn(after, end);
      return explicit ?? this.scale(token.number.value, own, from, after + (own === direction ? 0 : 1));
    }
    const counted = token.number?.value ?? NUMBER_VALUES.get(token.lower);
    if (
      counted !== undefined &&
      token.code < 0 &&
      /^(?:times|mal|fois|veces|vezes|volte|раза?)$/u.test(next?.lower ?? '') &&
      (this.is(at + 2, 'increase', 'decrease') ||
        /^(?:as|the|its|longer|so|plus|más|mais|più)$/u.test(this.token(at + 2, end)?.lower ?? ''))
    )
      return this.scale(counted, this.is(at + 2, 'decrease') ? 'decrease' : 'increase', from, at + 3);
    if (token.kind === 'times' && next?.number && (at === start || prep === 'by'))
      return this.scale(next.number.value, direction, from, at + 2);
    if (token.kind === 'word' && /^x$/iu.test(token.text) && next?.number && at === start)
      return this.scale(next.number.value, direction, from, at + 2);
    if (token.kind === 'other' && /^[xX]\d/u.test(token.text)) return undefined;
    if (token.kind === 'word' && /^[x]\d+(?:\.\d+)?$/u.test(token.lower))
      return this.scale(Number(token.lower.slice(1)), direction, from, at + 1);
    if (
      token.kind === 'slash' &&
      next?.number &&
      at === start &&
      Number.isInteger(next.number.value) &&
      next.number.value > 1
    )
      return this.scale(1 / next.number.value, null, from, at + 2);
    if (token.code >= 0 || token.kind !== 'word') return undefined;
    const factor =
      FACTOR_WORDS.get(token.lower) ??
      (prep === 'to' || prep === 'by' || prep === 'of' ? FRACTION_WORDS.get(token.lower) : undefined);
    if (factor === undefined) return undefined;
    const explicit = this.pairIn(at + 1, end);
    if (explicit) return explicit;
    // "a tenth of the new peak": a fraction of something else.
    const whole = this.input.tokens.slice(at + 1, Math.min(end, at + 5)).map((word) => word.lower);
    if (whole[0] === 'of' && whole.some((word) => /^(?:new|peak|max|maximum|total|full|other)$/u.test(word)))
      return this.none(at + 1);
    if (prep === 'by' && direction !== null && factor < 1)
      return this.scale(direction === 'decrease' ? 1 - factor : 1 + factor, null, from, at + 1);
    return this.scale(factor, factor >= 1 ? direction : 'decrease', from, at + 1);
  }

  /** `five times larger`, `3 times the current value`. */
  private readTimes(
    at: number,
    end: number,
    direction: Direction,
    from: Literal | null,
  ): Reading | undefined {
    const token = this.input.tokens[at] as Token;
    if (!/^(?:times|mal|fois|veces|vezes|раз|раза)$/u.test(this.token(at + 1, end)?.lower ?? ''))
      return undefined;
    const factor = token.number?.value ?? NUMBER_VALUES.get(token.lower);
    if (factor === undefined || token.code >= 0) return undefined;
    const own: Direction = this.is(at + 2, 'decrease')
      ? 'decrease'
      : this.is(at + 2, 'increase')
        ? 'increase'
        : direction;
    return this.scale(factor, own, from, at + 3);
  }

  /** An explicit pair or target later in the clause outweighs a factor: `10× (1e-3 → 1e-4)`, `by half, to 0.2`. */
  private pairIn(start: number, end: number): Reading | undefined {
    for (let at = start; at < Math.min(end, start + 10); at += 1) {
      const token = this.input.tokens[at] as Token;
      const isTo = this.is(at, 'to') && token.kind === 'word' && !this.is(at, 'of');
      if (token.kind === 'arrow' || isTo) {
        const target = this.value(at + 1, end);
        const before = this.value(at - 1, at);
        if (target && !FRACTION_WORDS.has(this.input.tokens[at + 1]?.lower ?? ''))
          return this.tail(
            {
              to: target.literal,
              from: before?.literal ?? null,
              next: target.next,
              direction: null,
              isArrow: true,
            },
            end,
            1,
          );
      }
      if (this.is(at, 'and', 'but')) return undefined;
    }
    return undefined;
  }

  /** After "by": a factor, a percentage, or an amount. */
  private readShift(
    literal: Literal,
    next: number,
    direction: Direction,
    from: Literal | null,
    end: number,
  ): Reading | undefined {
    const target = this.pairIn(next, end);
    if (target) return target;
    if (typeof literal.value !== 'number') return undefined;
    const amount = Math.abs(literal.value);
    if (
      this.input.tokens
        .slice(0, next)
        .some(
          (token, index) =>
            /^(?:factor|faktor|facteur|фактор|倍数|multiple|multipl\w*|divid\w*|divis\w*|diviser|teile?n?|除以|乘以|разделить|делить|умножить|multiplied|multiply|multiplying|multiplizieren|multiplier|multiplicar|moltiplicare|divide|dividing|divided|dividieren|teilen|divisez|dividir|dividere)$/u.test(
              token.lower,
            ) && index < next,
        )
    )
      return this.scale(amount, direction, from, next);
    const isPoint = /^(?:points?|pp|percentage)$/u.test(this.input.tokens[next]?.lower ?? '');
    if (literal.isPercent && !isPoint) {
      if (direction === null) return undefined;
      return this.make(
        {
          kind: 'scale',
          factor: roundSanely(direction === 'increase' ? 1 + amount / 100 : 1 - amount / 100),
          from,
        },
        next,
      );
    }
    if (
      /^(?:orders?|größenordnung)$/u.test(this.input.tokens[next]?.lower ?? '') ||
      /^(?:order)$/u.test(this.input.tokens[next - 1]?.lower ?? '')
    )
      return this.scale(10 ** amount, direction, from, next + 3);
    if (direction === null) return undefined;
    const delta = literal.isPercent ? amount / 100 : amount;
    return this.make({ kind: 'shift', delta: direction === 'increase' ? delta : -delta }, next);
  }

  /** `V → V2` or `V から V2`, also `V → V2 → V3`, which decides nothing. */
  private arrowAfter(
    found: { literal: Literal; next: number },
    end: number,
    direction: Direction,
    depth: number,
  ): Reading | undefined {
    let at = found.next;
    while (at < end && (this.is(at, 'unit') || this.input.tokens[at]?.kind === 'close')) at += 1;
    if (this.input.tokens[at]?.kind === 'open') {
      const close = this.closing(at, end);
      if (this.input.tokens[close + 1]?.kind === 'arrow') at = close + 1;
    }
    const token = this.token(at, end);
    if (token === undefined) return undefined;
    const isArrow = token.kind === 'arrow';
    if (!isArrow && !this.is(at, 'after-from')) return undefined;
    let next = this.step(at);
    if (!isArrow)
      while (
        next < end &&
        this.is(next, 'increase', 'decrease', 'set', 'to', 'filler') &&
        !this.value(next, end)
      )
        next = this.step(next);
    const target =
      this.codeValue(next, end) ?? this.value(next, end) ?? (isArrow ? this.lastWord(next, end) : undefined);
    if (!target) {
      if (!isArrow) return undefined;
      // An arrow to something that is no value: what stands before it is the old value at best.
      const scaled = next < end ? this.readScale(next, end, 'to', direction, found.literal, next) : undefined;
      return scaled ?? this.none(next);
    }
    return this.tail(
      { to: target.literal, from: found.literal, next: target.next, direction, isArrow: true },
      end,
      depth,
    );
  }

  /** A bare word that ends the clause: `none → step`. */
  private lastWord(index: number, end: number): { literal: Literal; next: number } | undefined {
    const token = this.token(index, end);
    const after = this.token(index + 1, end);
    if (
      token?.kind !== 'word' ||
      (after !== undefined && !['comma', 'open', 'dash', 'comment'].includes(after.kind))
    )
      return undefined;
    const classes = this.input.phrases[index]?.classes;
    if (classes !== undefined && !classes.has('absent') && choiceCategory(token.text) === undefined)
      return undefined;
    const literal = tokenLiteral(token, true);
    return literal && { literal, next: index + 1 };
  }

  /** `V to V2`: a change after "from" or a verb, else a range. Also `V–V2`. */
  private pairAfter(
    found: { literal: Literal; next: number },
    end: number,
    isChange: boolean,
    depth: number,
  ): Reading | undefined {
    let at = found.next;
    while (at < end && this.is(at, 'unit')) at = this.step(at);
    const skipsVerb = (index: number): boolean =>
      this.is(index, 'increase', 'decrease', 'set') && !this.is(index, 'to');
    if (isChange) while (at < end && skipsVerb(at)) at = this.step(at);
    const token = this.token(at, end);
    if (token === undefined) return undefined;
    // Spanish "de 0.1 a 0.3": between two numbers "a" is no article.
    if (
      (token.lower === 'a' || (this.is(at, 'to') && !this.is(at, 'instead'))) &&
      token.kind === 'word' &&
      token.code < 0
    ) {
      const target = this.value(this.step(at), end);
      if (!target) return undefined;
      if (isChange && found.literal.raw !== target.literal.raw)
        return this.tail(
          { to: target.literal, from: found.literal, next: target.next, direction: null, isArrow: true },
          end,
          depth,
        );
      return this.rangeOf(found.literal, target.literal, target.next, end);
    }
    return undefined;
  }

  private rangeOf(low: Literal, high: Literal, next: number, end: number): Reading {
    const chosen = this.chosenAfter(next, end);
    if (chosen) return chosen;
    const numbers = [low.value, high.value]
      .filter((value): value is number => typeof value === 'number')
      .sort((a, b) => a - b);
    return this.make(
      { kind: 'range', text: `${low.raw}–${high.raw}`, low: numbers[0] ?? null, high: numbers[1] ?? null },
      next,
    );
  }

  /** "…, start with 0.4" after a range or a list. */
  private chosenAfter(start: number, end: number): Reading | undefined {
    for (let at = start; at < Math.min(end, start + 14); at += 1) {
      if (!this.is(at, 'choose')) continue;
      let next = this.step(at);
      while (
        next < end &&
        (this.is(next, 'filler', 'of', 'to', 'copula') ||
          ['colon', 'equals', 'tilde'].includes(this.input.tokens[next]?.kind ?? '')) &&
        !this.value(next, end)
      )
        next = this.step(next);
      const picked = this.value(next, end);
      if (picked) return this.make({ kind: 'set', to: picked.literal, from: null }, picked.next);
    }
    return undefined;
  }

  /** Reads on after the new value: a range, further choices, the old value in brackets. */
  private tail(
    given: { to: Literal; from: Literal | null; next: number; direction: Direction; isArrow: boolean },
    end: number,
    depth: number,
  ): Reading {
    let { from, next } = given;
    const choices: Literal[] = [given.to];
    while (next < end) {
      const token = this.input.tokens[next] as Token;
      if (token.kind === 'dash' || (token.kind === 'tilde' && given.to.raw !== '')) {
        const high = this.value(next + 1, end);
        const isTight =
          token.kind === 'tilde' ||
          (this.input.tokens[next - 1]?.end === token.start) ===
            (this.input.tokens[next + 1]?.start === token.end);
        if (
          high &&
          isTight &&
          typeof high.literal.value === 'number' &&
          typeof given.to.value === 'number' &&
          this.input.tokens[next + 1]?.number?.isMultiple !== true
        )
          return this.rangeOf(given.to, high.literal, high.next, end);
        break;
      }
      if (token.kind === 'compare' && token.text === '±')
        return this.make(
          { kind: 'range', text: this.text(next - 1, next + 2), low: null, high: null },
          next + 2,
        );
      if (token.kind === 'arrow') {
        const further = this.value(next + 1, end);
        if (!further) break;
        if (given.isArrow)
          return this.make({ kind: 'choices', values: [given.to, further.literal] }, further.next);
        from = given.to;
        return this.tail(
          { ...given, to: further.literal, from, next: further.next, isArrow: true },
          end,
          depth,
        );
      }
      const isOr = this.is(next, 'or') || token.kind === 'slash' || token.kind === 'pipe';
      if (isOr || token.kind === 'comma') {
        const after = isOr ? this.step(next) : this.is(next + 1, 'or') ? this.step(next + 1) : next + 1;
        if (
          isOr &&
          /^(?:higher|more|above|larger|greater|lower|less|below|smaller|mehr|höher|weniger|plus|más)$/u.test(
            this.input.tokens[after]?.lower ?? '',
          )
        )
          return this.make(
            { kind: 'range', text: this.text(next - 1, after + 1), low: null, high: null },
            after + 1,
          );
        const other = this.value(after, end);
        const unitAfter = other && this.is(other.next, 'unit') && !this.is(next - 1, 'unit');
        const isFactor = other !== undefined && this.input.tokens[after]?.number?.isMultiple === true;
        const sameKind =
          other !== undefined &&
          typeof other.literal.value === typeof given.to.value &&
          !isFactor &&
          !unitAfter;
        if (!sameKind) break;
        if (!isOr && after === next + 1 && !this.listGoesOn(other.next, end)) break;
        choices.push(other.literal);
        next = other.next;
        continue;
      }
      if (choices.length > 1) break;
      if (token.kind === 'open') {
        const close = this.closing(next, end);
        const inside = this.readAside(next + 1, close, given.to);
        if (inside.choices) choices.push(...inside.choices);
        from ??= inside.from;
        next = close + 1;
        continue;
      }
      if (this.is(next, 'instead', 'from', 'observed') && !this.is(next, 'of')) {
        const old = this.value(this.step(next), end);
        if (!old) break;
        from ??= old.literal;
        next = old.next;
        continue;
      }
      if (this.is(next, 'unit') && !this.is(next, 'instead')) {
        next = this.step(next);
        continue;
      }
      if (token.kind === 'number' || this.is(next, 'to')) {
        const paired = this.is(next, 'to') && !given.isArrow ? this.value(this.step(next), end) : undefined;
        if (paired && typeof paired.literal.value === 'number')
          return this.rangeOf(given.to, paired.literal, paired.next, end);
      }
      break;
    }
    if (choices.length > 1)
      return this.chosenAfter(next, end) ?? this.make({ kind: 'choices', values: choices }, next);
    if (/^[{]/u.test(given.to.raw) && !given.to.raw.includes(':'))
      return (
        this.chosenAfter(next, end) ??
        this.make({ kind: 'range', text: given.to.raw, low: null, high: null }, next)
      );
    return this.make({ kind: 'set', to: given.to, from }, next);
  }

  private listGoesOn(index: number, end: number): boolean {
    const token = this.token(index, end);
    if (token === undefined) return true;
    return (
      (token.kind === 'comma' && this.value(index + 1, end) !== undefined) ||
      this.is(index, 'or') ||
      (token.kind === 'comma' && this.is(index + 1, 'or'))
    );
  }

  /** What a bracket after the new value adds: the old value, or another choice. */
  private readAside(
    start: number,
    end: number,
    to: Literal,
  ): { from: Literal | null; choices: Literal[] | null } {
    for (let at = start; at < end; at += 1) {
      if (this.is(at, 'condition', 'expect')) return { from: null, choices: null };
      if (
        this.is(at, 'observed', 'from', 'instead') ||
        /^(?:baseline|old|before|vorher|alt|avant|antes|原|旧)$/u.test(this.input.tokens[at]?.lower ?? '')
      ) {
        const old = this.value(this.skipOnly(this.step(at), end), end);
        if (old) return { from: old.literal, choices: null };
      }
      if (at === start && this.is(at, 'or')) {
        const other = this.value(this.step(at), end);
        const isConditional = this.input.tokens
          .slice(at, end)
          .some((_, offset) => this.is(at + offset, 'condition', 'later'));
        if (other && !isConditional && typeof other.literal.value === typeof to.value)
          return { from: null, choices: [other.literal] };
      }
    }
    return { from: null, choices: null };
  }
}
