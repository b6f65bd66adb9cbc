import { readNumber } from './number.ts';

/** What a literal stands for; NaN and infinities are numbers. Mappings have no prototype. */
export type Literal = null | boolean | number | string | Literal[] | LiteralMapping;
export interface LiteralMapping {
  [key: string]: Literal;
}

export interface ParsedLiteral {
  value: Literal;
  /** Offset after the literal. */
  end: number;
  /** The text ended within it; `value` holds what there was. */
  isCut: boolean;
}

const DEPTH_LIMIT = 64;
const BARE = /[^\s,:;[\]{}()"'=]+/y;
const SPACE = /\s*/y;
const KEYWORDS = new Map<string, Literal>([
  ['null', null],
  ['None', null],
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
]);

/**
 * Reads JSON as Python writes it and Python's own reprs: bare NaN and Infinity, single quotes, True, None, tuples,
 * trailing commas, `tensor(0.5)`, `np.float64(0.5)`. Undefined where no literal starts at `start`.
 */
export function parseLiteral(text: string, start = 0): ParsedLiteral | undefined {
  const reader = new LiteralReader(text, start);
  try {
    return { value: reader.value(0), end: reader.at, isCut: false };
  } catch (error) {
    if (error === CUT && reader.outermost !== undefined)
      return { value: reader.outermost, end: text.length, isCut: true };
    if (error === CUT || error === BROKEN) return undefined;
    throw error;
  }
}

const CUT = Symbol('the text ends here');
const BROKEN = Symbol('not a literal');

class LiteralReader {
  at: number;
  /** The collection that holds all others: what remains of it where the text is cut. */
  outermost: Literal | undefined;
  private readonly text: string;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  /** `attach` hears of a collection before it is filled, so that one that the text's end cuts is not lost. */
  value(depth: number, attach?: (collection: Literal) => void): Literal {
    if (depth > DEPTH_LIMIT) throw BROKEN;
    const first = this.peek();
    if (first === '{') return this.mapping(depth, attach);
    if (first === '[') return this.sequence(depth, ']', attach);
    if (first === '(') return this.sequence(depth, ')', attach);
    if (first === '"' || first === "'") return this.string(first);
    return this.bare(depth);
  }

  private mapping(depth: number, attach?: (collection: Literal) => void): LiteralMapping {
    const mapping = Object.create(null) as LiteralMapping;
    this.outermost ??= mapping;
    attach?.(mapping);
    this.at++;
    while (this.peek() !== '}') {
      const quote = this.peek();
      const key = quote === '"' || quote === "'" ? this.string(quote) : this.word();
      if (this.peek() !== ':') throw BROKEN;
      this.at++;
      const put = (value: Literal): void => {
        if (key !== '__proto__' && key !== 'constructor' && key !== 'prototype') mapping[key] = value;
      };
      put(this.value(depth + 1, put));
      this.separator('}');
    }
    this.at++;
    return mapping;
  }

  private sequence(depth: number, close: string, attach?: (collection: Literal) => void): Literal[] {
    const items: Literal[] = [];
    this.outermost ??= items;
    attach?.(items);
    this.at++;
    while (this.peek() !== close) {
      const index = items.length;
      const put = (value: Literal): void => {
        items[index] = value;
      };
      put(this.value(depth + 1, put));
      this.separator(close);
    }
    this.at++;
    return items;
  }

  private string(quote: string): string {
    const { text } = this;
    const start = this.at + 1;
    let end = start;
    let isEscaped = false;
    while (end < text.length && text[end] !== quote) {
      if (text[end] === '\\') {
        isEscaped = true;
        end++;
      }
      end++;
    }
    if (end >= text.length) throw CUT;
    this.at = end + 1;
    const inner = text.slice(start, end);
    return isEscaped ? unescape(inner) : inner;
  }

  /** A number, a keyword, or a call such as `tensor(0.5)`, which stands for its first argument. */
  private bare(depth: number): Literal {
    const word = this.word();
    if (this.text[this.at] === '(' && /^[A-Za-z_]/.test(word)) {
      const call = this.sequence(depth + 1, ')');
      return call[0] ?? null;
    }
    // Within a call: `device='cuda:0'`.
    if (this.text[this.at] === '=') {
      this.at++;
      return this.value(depth + 1);
    }
    if (this.at >= this.text.length) throw CUT;
    const keyword = KEYWORDS.get(word);
    if (keyword !== undefined) return keyword;
    const number = readNumber(word);
    if (number === undefined) throw BROKEN;
    return number;
  }

  private word(): string {
    BARE.lastIndex = this.at;
    const word = BARE.exec(this.text)?.[0];
    if (word === undefined) throw this.at >= this.text.length ? CUT : BROKEN;
    this.at += word.length;
    return word;
  }

  private separator(close: string): void {
    const next = this.peek();
    if (next === ',') this.at++;
    else if (next !== close) throw BROKEN;
  }

  /** The next character that is no space. */
  private peek(): string {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
    const next = this.text[this.at];
    if (next === undefined) throw CUT;
    return next;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, unicode, hex, other) => {
    const code: unknown = unicode ?? hex;
    if (typeof code === 'string') return String.fromCharCode(Number.parseInt(code, 16));
    return other === 'n' ? '\n' : other === 't' ? '\t' : String(other);
  });
}
