import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { tokenize, type Token } from './tokens.ts';

/** A name that a Python file gives a value to at its top. */
export interface Assignment {
  name: string;
  value: ConfigValue;
  /** Written with a dot, an exponent or a division. */
  isFloat: boolean;
  line: number;
}

const DEPTH = 30;

/**
 * Settings of a Python file that is a config: literals, `dict(…)`, lists, arithmetic on numbers and names that are
 * assigned before. What only running could tell is left out. `end`: the line from which on nothing is read.
 */
export function readAssignments(
  source: string,
  known: ReadonlyMap<string, ConfigValue> = new Map(),
  end = Infinity,
): Assignment[] {
  const tokens = tokenize(source);
  const names = new Map(known);
  const found = new Map<string, Assignment>();
  let start = 0;
  for (let at = 0; at <= tokens.length; at++) {
    if (at < tokens.length && tokens[at]?.kind !== 'newline') continue;
    const line = tokens.slice(start, at);
    start = at + 1;
    const [name, equals, ...rest] = line;
    if (!name || name.kind !== 'name' || name.column !== 0 || name.line >= end || rest.length === 0) continue;
    const annotated =
      equals?.text === ':' ? line.findIndex(({ kind, text }) => kind === 'op' && text === '=') : 1;
    if (annotated < 1 || line[annotated]?.text !== '=') continue;
    const expression = line.slice(annotated + 1);
    const value = new Expression(expression, names).read();
    if (value === undefined) {
      found.delete(name.text);
      names.delete(name.text);
      continue;
    }
    const isFloat = expression.some(
      ({ kind, text }) =>
        (kind === 'number' && /^[\d_]*(?:\.|\d[eE])/.test(text)) || (kind === 'op' && text === '/'),
    );
    names.set(name.text, value);
    found.set(name.text, {
      name: name.text,
      value,
      isFloat: isFloat && typeof value === 'number',
      line: name.line,
    });
  }
  return [...found.values()];
}

/** A recursive descent over one expression; undefined for what is not known. */
class Expression {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly names: ReadonlyMap<string, ConfigValue>;

  constructor(tokens: readonly Token[], names: ReadonlyMap<string, ConfigValue>) {
    this.tokens = tokens;
    this.names = names;
  }

  read(): ConfigValue | undefined {
    const value = this.sum();
    return this.at === this.tokens.length ? value : undefined;
  }

  private is(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'op' && token.text === text;
  }

  private take(text: string): boolean {
    const isThere = this.is(text);
    if (isThere) this.at++;
    return isThere;
  }

  private sum(): ConfigValue | undefined {
    let left = this.product();
    while (this.is('+') || this.is('-')) {
      const isPlus = this.take('+') || !this.take('-');
      const right = this.product();
      if (isPlus && typeof left === 'string' && typeof right === 'string') left += right;
      else if (isPlus && Array.isArray(left) && Array.isArray(right)) left = [...left, ...right];
      else left = calculate(left, right, (a, b) => (isPlus ? a + b : a - b));
    }
    return left;
  }

  private product(): ConfigValue | undefined {
    let left = this.power();
    for (;;) {
      if (this.take('*')) left = calculate(left, this.power(), (a, b) => a * b);
      else if (this.take('//')) left = calculate(left, this.power(), (a, b) => Math.floor(a / b));
      else if (this.take('/')) left = calculate(left, this.power(), (a, b) => a / b);
      else return left;
    }
  }

  private power(): ConfigValue | undefined {
    if (this.take('-')) return calculate(0, this.power(), (_, b) => -b);
    if (this.take('+')) return this.power();
    const base = this.atom();
    return this.take('**') ? calculate(base, this.power(), (a, b) => a ** b) : base;
  }

  private atom(): ConfigValue | undefined {
    if (++this.depth > DEPTH) return undefined;
    try {
      return this.plainAtom();
    } finally {
      this.depth--;
    }
  }

  private plainAtom(): ConfigValue | undefined {
    const token = this.tokens[this.at];
    if (!token) return undefined;
    if (token.kind === 'string') {
      let text = '';
      while (this.tokens[this.at]?.kind === 'string') text += (this.tokens[this.at++] as Token).text;
      return text;
    }
    if (token.kind === 'number') {
      this.at++;
      const value = Number(token.text.replaceAll('_', ''));
      return Number.isNaN(value) ? undefined : value;
    }
    if (this.take('[')) return this.items(']');
    if (this.take('(')) return this.items(')');
    if (this.take('{')) return this.pairs();
    if (token.kind !== 'name') return undefined;
    this.at++;
    if (token.text === 'dict' && this.take('(')) return this.keywords();
    if (token.text === 'True' || token.text === 'False') return token.text === 'True';
    if (token.text === 'None') return null;
    return this.names.get(token.text);
  }

  /** A list, a tuple, or what stands in brackets. */
  private items(close: string): ConfigValue | undefined {
    const items: (ConfigValue | undefined)[] = [];
    let hasComma = false;
    while (!this.take(close)) {
      if (this.at >= this.tokens.length) return undefined;
      items.push(this.sum());
      if (this.take(',')) hasComma = true;
      else if (!this.is(close)) return undefined;
    }
    if (close === ')' && items.length === 1 && !hasComma) return items[0];
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  private pairs(): ConfigValue | undefined {
    const result = Object.create(null) as ConfigMapping;
    while (!this.take('}')) {
      if (this.at >= this.tokens.length) return undefined;
      const key = this.sum();
      if (!this.take(':')) return undefined;
      set(result, typeof key === 'number' ? String(key) : key, this.sum());
      if (!this.take(',') && !this.is('}')) return undefined;
    }
    return result;
  }

  private keywords(): ConfigValue | undefined {
    const result = Object.create(null) as ConfigMapping;
    while (!this.take(')')) {
      const name = this.tokens[this.at++];
      if (name?.kind !== 'name' || !this.take('=')) return undefined;
      const from = this.at;
      const value = this.sum();
      // What is not known costs this key alone.
      if (!this.is(',') && !this.is(')')) this.skip(from);
      else set(result, name.text, value);
      if (!this.take(',') && !this.is(')')) return undefined;
    }
    return result;
  }

  /** Goes to the end of an argument. */
  private skip(from: number): void {
    let depth = 0;
    for (this.at = from; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at] as Token;
      if (token.kind !== 'op') continue;
      if (depth === 0 && (token.text === ',' || token.text === ')')) return;
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
    }
  }
}

function calculate(
  a: ConfigValue | undefined,
  b: ConfigValue | undefined,
  by: (a: number, b: number) => number,
): number | undefined {
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const value = by(a, b);
  return Number.isFinite(value) ? value : undefined;
}

function set(into: ConfigMapping, key: ConfigValue | undefined, value: ConfigValue | undefined): void {
  if (typeof key !== 'string' || value === undefined || /^(?:__proto__|constructor|prototype)$/.test(key))
    return;
  into[key] = value;
}
