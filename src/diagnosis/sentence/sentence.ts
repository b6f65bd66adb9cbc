import type { ReadContext } from '../claims/context.ts';
import type { CursorInput } from '../relation/cursor.ts';
import type { Direction, Reading } from '../relation/reading.ts';
import { readRelation } from '../relation/scan.ts';
import { readPhrases, type Phrase } from '../text/phrases.ts';
import type { Statement } from '../text/statements.ts';
import type { Token, TokenKind } from '../text/tokens.ts';
import type { WordClass } from '../words/classes.ts';

type WindowTraits = Pick<CursorInput, 'hasVerb' | 'isMove'> & {
  direction: Direction;
  acceptsWords?: boolean;
  isDuration?: boolean;
};

function depthsOf(tokens: readonly Token[]): number[] {
  const out: number[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'close') depth = Math.max(0, depth - 1);
    out.push(depth);
    if (token.kind === 'open') depth += 1;
  }
  return out;
}

/** One statement under reading (its label already removed): tokens, phrases, bracket depths, surroundings. */
export class Sentence {
  readonly statement: Statement;
  readonly tokens: readonly Token[];
  readonly phrases: readonly (Phrase | undefined)[];
  readonly context: ReadContext;
  readonly acceptsWords: boolean;
  private readonly depths: readonly number[];

  constructor(statement: Statement, tokens: readonly Token[], context: ReadContext, acceptsWords: boolean) {
    this.statement = statement;
    this.tokens = tokens;
    this.phrases = readPhrases(tokens);
    this.depths = depthsOf(tokens);
    this.context = context;
    this.acceptsWords = acceptsWords;
  }

  is(at: number, ...classes: WordClass[]): boolean {
    const own = this.phrases[at]?.classes;
    return own !== undefined && classes.some((name) => own.has(name));
  }

  kind(at: number): TokenKind | undefined {
    return this.tokens[at]?.kind;
  }

  lower(at: number): string {
    return this.tokens[at]?.lower ?? '';
  }

  /** How many brackets are open at `at`. */
  depth(at: number): number {
    return this.depths[at] ?? 0;
  }

  /** Index after the phrase at `at`. */
  step(at: number): number {
    return at + (this.phrases[at]?.length ?? 1);
  }

  text(): string {
    return this.statement.leaf.text.slice(this.tokens[0]?.start ?? 0, this.tokens.at(-1)?.end);
  }

  /** What the tokens from `start` to `end` say of a value. */
  readWindow(start: number, end: number, traits: WindowTraits): Reading {
    const { tokens, phrases, acceptsWords } = this;
    return readRelation({ tokens, phrases, acceptsWords, ...traits }, start, end);
  }
}
