import { literalOf, parseLiteral, tokenLiteral, type Literal } from '../claims/literal.ts';
import type { Phrase } from '../text/phrases.ts';
import type { Token, TokenKind } from '../text/tokens.ts';
import { choiceCategory } from '../words/choices.ts';
import type { WordClass } from '../words/classes.ts';
import { reading, type Direction, type Found, type Reading } from './reading.ts';

export interface CursorInput {
  tokens: readonly Token[];
  phrases: readonly (Phrase | undefined)[];
  /** The clause has a verb that sets or changes something, so that "to X" gives the new value. */
  hasVerb: boolean;
  /** The verb moves a value ("change", "increase"), so that "0.1 to 0.4" is a change and no range. */
  isMove: boolean;
  /** Bare words are values (tables, config lines). */
  acceptsWords: boolean;
  /** The setting is a length of time, which "for" leads on to. */
  isDuration?: boolean;
}

const LIGHT =
  /^(?:the|a|an|about|approximately|around|roughly|ca|circa|etwa|environ|only|just|value|values|of|be|exactly|say|un|une|el|la|le|ein|einen|eine|der|den|das|something|like|maximum|max|minimum|wert|約|约|大约|約)$/u;
const COUNTS = /^(?:times|fois|veces|vezes|volte|раза?|fold)$/u;
const CODE_ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'arrow',
  'comma',
  'comment',
  'open',
  'semicolon',
  'pipe',
]);
const CLAUSE_ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>(['comma', 'open', 'dash', 'comment']);

/** Looks at tokens and the phrases over them; knows what a value is and where a bracket closes. */
export class Cursor {
  readonly tokens: readonly Token[];
  readonly hasVerb: boolean;
  readonly isMove: boolean;
  readonly isDuration: boolean;
  private readonly phrases: readonly (Phrase | undefined)[];
  private readonly acceptsWords: boolean;

  constructor(input: CursorInput) {
    this.tokens = input.tokens;
    this.phrases = input.phrases;
    this.hasVerb = input.hasVerb;
    this.isMove = input.isMove;
    this.isDuration = input.isDuration ?? false;
    this.acceptsWords = input.acceptsWords;
  }

  classes(index: number): ReadonlySet<WordClass> | undefined {
    return this.phrases[index]?.classes;
  }

  is(index: number, ...classes: WordClass[]): boolean {
    const own = this.phrases[index]?.classes;
    return own !== undefined && classes.some((name) => own.has(name));
  }

  at(index: number, end: number): Token | undefined {
    return index >= 0 && index < end ? this.tokens[index] : undefined;
  }

  kind(index: number, end = this.tokens.length): TokenKind | undefined {
    return this.at(index, end)?.kind;
  }

  lower(index: number): string {
    return this.tokens[index]?.lower ?? '';
  }

  /** Index after the phrase at `index`. */
  step(index: number): number {
    return index + (this.phrases[index]?.length ?? 1);
  }

  text(from: number, to: number): string {
    return this.tokens
      .slice(from, to)
      .map((token) => token.text)
      .join(' ');
  }

  /** Index of the bracket that closes the one at `open`, else `end`. */
  closing(open: number, end: number): number {
    let depth = 0;
    for (let at = open; at < end; at += 1) {
      const kind = this.tokens[at]?.kind;
      if (kind === 'open') depth += 1;
      else if (kind === 'close') {
        depth -= 1;
        if (depth === 0) return at;
      }
    }
    return end;
  }

  /** Direction that the word at `index` gives, else the one of the clause. */
  directionAt(index: number, otherwise: Direction): Direction {
    if (this.is(index, 'decrease')) return 'decrease';
    return this.is(index, 'increase') ? 'increase' : otherwise;
  }

  none(direction: Direction, end: number): Reading {
    return reading({ kind: 'none', verb: direction ?? (this.hasVerb ? 'set' : null) }, end);
  }

  /** The value at `index`, articles and "about" skipped; undefined where none stands there. */
  value(index: number, end: number): Found | undefined {
    let at = index;
    for (let skipped = 0; skipped < 3; skipped += 1) {
      const token = this.at(at, end);
      if (token === undefined) return undefined;
      if (token.kind === 'tilde' || (LIGHT.test(token.lower) && token.kind === 'word')) at += 1;
      else break;
    }
    const token = this.at(at, end);
    if (token === undefined) return undefined;
    // "three times": how many, of what stands elsewhere.
    if (COUNTS.test(this.at(at + 1, end)?.lower ?? '') && this.tokens[at + 1]?.code === -1) return undefined;
    const isCode = token.code >= 0 || this.acceptsWords;
    const isChoice = token.kind === 'word' && choiceCategory(token.text) !== undefined;
    const literal = tokenLiteral(token, isCode || isChoice);
    if (!literal) return undefined;
    const classes = token.code < 0 && literal.isWord && !isChoice ? this.classes(at) : undefined;
    if (isCode && classes !== undefined && !classes.has('absent')) return undefined;
    return { literal, next: at + 1 };
  }

  /** `name: efficientnet/b0`: a run of code without blanks that is one value. */
  codeValue(index: number, end: number): Found | undefined {
    const first = this.at(index, end);
    if (first === undefined || first.code < 0) return undefined;
    let last = index;
    for (let at = index; at < end; at += 1) {
      const token = this.tokens[at] as Token;
      if (token.code !== first.code || CODE_ENDS.has(token.kind)) break;
      if (at > index && token.start !== this.tokens[at - 1]?.end) return undefined;
      last = at;
    }
    if (last === index) return undefined;
    const texts = this.tokens.slice(index, last + 1).map((token) => token.text);
    const literal = parseLiteral(texts.join(''));
    return literal && { literal, next: last + 1 };
  }

  /** A bare word that ends the clause: `none → step`. */
  lastWord(index: number, end: number): Found | undefined {
    const token = this.at(index, end);
    const after = this.kind(index + 1, end);
    if (token?.kind !== 'word' || (after !== undefined && !CLAUSE_ENDS.has(after))) return undefined;
    const classes = this.classes(index);
    if (classes !== undefined && !classes.has('absent') && choiceCategory(token.text) === undefined)
      return undefined;
    const literal = tokenLiteral(token, true);
    return literal && { literal, next: index + 1 };
  }

  /** `$(…)` or `${…}` in code: text for a shell, of which no word is a value. */
  substitution(index: number, end: number): Literal | undefined {
    const token = this.at(index, end);
    if (token === undefined || token.code < 0 || token.text !== '$') return undefined;
    const text = this.text(index, end);
    return literalOf(text, text);
  }

  /** What an arrow at `index - 1` points to. */
  target(index: number, end: number): Found | undefined {
    return this.codeValue(index, end) ?? this.value(index, end) ?? this.lastWord(index, end);
  }

  /** Skips "only", "is", ":" and the like before a value. */
  skipToValue(index: number, end: number): number {
    let at = index;
    while (at < end && !this.value(at, end)) {
      const kind = this.kind(at, end);
      const isLight = kind === 'colon' || kind === 'tilde' || kind === 'equals';
      if (!isLight && !this.is(at, 'only', 'filler', 'of')) break;
      at = this.step(at);
    }
    return at;
  }
}
