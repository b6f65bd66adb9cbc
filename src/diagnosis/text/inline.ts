import { SOFT_BREAK } from './html.ts';
import { Finder, pairBackticks } from './finder.ts';
import type { SourceLine } from './lines.ts';

export interface Span {
  start: number;
  end: number;
}

/** The text of one leaf as a reader sees it: markup gone, code and strong spans remembered, struck-out text left out. */
export interface Leaf {
  text: string;
  /** 1-based line of the file where the leaf starts. */
  line: number;
  /** Offset in `text` and file line of each physical line. */
  breaks: readonly { offset: number; line: number }[];
  code: readonly Span[];
  strong: readonly Span[];
  /** Whether words were struck out (`~~like this~~`). */
  hasStruck: boolean;
}

const LATEX: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '·',
  to: '→',
  rightarrow: '→',
  Rightarrow: '→',
  longrightarrow: '→',
  mapsto: '→',
  approx: '~',
  sim: '~',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  pm: '±',
};

class InlineReader {
  private out: string[] = [];
  private length = 0;
  private readonly code: Span[] = [];
  private readonly strong: Span[] = [];
  private strongFrom: number | null = null;
  private hasStruck = false;
  private readonly brackets: number[] = [];
  private readonly text: string;
  private readonly ticks: Map<number, number>;
  private readonly strikes: Finder;
  private readonly closers: Finder;
  private readonly ends: Finder;
  readonly breaks: { offset: number; line: number }[];
  private readonly lineNumbers: readonly number[];

  constructor(lines: readonly SourceLine[]) {
    this.text = lines
      .map(({ text }) => text.replace(/(?: {2}|\\)$/u, SOFT_BREAK).replace(/^\s+/u, ''))
      .join('\n');
    this.lineNumbers = lines.map((line) => line.line);
    this.ticks = this.text.includes('`') ? pairBackticks(this.text) : new Map();
    this.strikes = new Finder(this.text, '~~');
    this.closers = new Finder(this.text, ']');
    this.ends = new Finder(this.text, ')');
    this.breaks = [{ offset: 0, line: this.lineNumbers[0] ?? 1 }];
  }

  private put(text: string): void {
    this.out.push(text);
    this.length += text.length;
  }

  read(): Leaf {
    const { text } = this;
    let at = 0;
    while (at < text.length) at = this.step(at);
    return {
      text: this.out.join(''),
      line: this.breaks[0]?.line ?? 1,
      breaks: this.breaks,
      code: this.code,
      strong: this.strong,
      hasStruck: this.hasStruck,
    };
  }

  private step(at: number): number {
    const char = this.text.charAt(at);
    switch (char) {
      case '\n':
        this.put('\n');
        this.breaks.push({ offset: this.length, line: this.lineNumbers[this.breaks.length] ?? 1 });
        return at + 1;
      case '\\':
        return this.readEscape(at);
      case '`':
        return this.readCode(at);
      case '*':
      case '_':
        return this.readEmphasis(at, char);
      case '~':
        return this.readStrike(at);
      case '!':
      case '[':
      case ']':
        return this.readLink(at, char);
      case '^':
        return this.readPower(at);
      case '$':
        return at + 1;
      case 'h':
        return this.readUrl(at);
      default: {
        const plain = /(?:[^\n\\`*_~![\]^$h]|h(?!ttps?:))+/uy;
        plain.lastIndex = at;
        const run = plain.exec(this.text)?.[0] ?? char;
        this.put(run);
        return at + run.length;
      }
    }
  }

  private readEscape(at: number): number {
    const next = this.text.charAt(at + 1);
    const word = /[a-zA-Z]{2,20}/uy;
    word.lastIndex = at + 1;
    const command = word.exec(this.text)?.[0];
    const symbol = command === undefined ? undefined : LATEX[command];
    if (command !== undefined && symbol !== undefined) {
      this.put(symbol);
      return at + 1 + command.length;
    }
    const isEscape = /[!-/:-@[-`{-~]/u.test(next);
    this.put(isEscape ? next : '\\');
    return isEscape ? at + 2 : at + 1;
  }

  private readCode(at: number): number {
    let length = 1;
    while (this.text.charAt(at + length) === '`') length += 1;
    const close = this.ticks.get(at) ?? -1;
    if (close < 0) return at + length;
    const content = this.text
      .slice(at + length, close)
      .replaceAll(SOFT_BREAK, ' ')
      .trim();
    const start = this.length;
    // A span over several lines keeps them, so that lines stay countable.
    for (const [index, piece] of content.split('\n').entries()) {
      if (index > 0) this.step(this.text.indexOf('\n', at));
      this.put(piece);
    }
    const missing = this.text.slice(at, close).split('\n').length - content.split('\n').length;
    for (let count = 0; count < missing; count += 1) this.step(this.text.indexOf('\n', at));
    if (content !== '') this.code.push({ start, end: start + content.length });
    // `epoch`s: what stands in code is a name of its own, whatever touches it.
    if (/[\p{L}\p{N}_]/u.test(this.text.charAt(close + length))) this.put(' ');
    return close + length;
  }

  private readEmphasis(at: number, char: string): number {
    let length = 1;
    while (this.text.charAt(at + length) === char) length += 1;
    const before = at === 0 ? ' ' : this.text.charAt(at - 1);
    const after = this.text.charAt(at + length) || ' ';
    const isWord = /[\p{L}\p{N}]/u;
    const isLiteral =
      (/\s/u.test(before) && /\s/u.test(after)) ||
      (char === '_' && (isWord.test(before) || before === '_') && (isWord.test(after) || after === '_')) ||
      (char === '*' && length === 1 && /[\d)]/u.test(before) && /[\d(]/u.test(after)) ||
      (char === '*' && length === 1 && after === '=') ||
      (char === '_' && length === 1);
    if (isLiteral) this.put(this.text.slice(at, at + length));
    else if (this.strongFrom === null) {
      if (!/\s/u.test(after)) this.strongFrom = this.length;
    } else {
      if (this.length > this.strongFrom) this.strong.push({ start: this.strongFrom, end: this.length });
      this.strongFrom = null;
    }
    return at + length;
  }

  private readStrike(at: number): number {
    if (this.text.charAt(at + 1) !== '~') {
      this.put('~');
      return at + 1;
    }
    const close = this.strikes.from(at + 2);
    if (close < 0) return at + 2;
    const struck = this.text.slice(at + 2, close);
    if (/[\p{L}\p{N}]/u.test(struck)) this.hasStruck = true;
    this.put(' ');
    for (let index = at; index < close; index += 1) if (this.text.charAt(index) === '\n') this.step(index);
    return close + 2;
  }

  private readLink(at: number, char: string): number {
    if (char === '!') {
      if (this.text.charAt(at + 1) === '[') {
        const close = this.closers.from(at + 2);
        if (close > 0 && this.text.charAt(close + 1) === '(') {
          const end = this.ends.from(close);
          if (end > 0 && !this.text.slice(at, Math.min(end, at + 600)).includes('\n')) return end + 1;
        }
      }
      this.put('!');
      return at + 1;
    }
    if (char === '[') {
      const footnote = /\[\^[\w-]{1,20}\]:?/uy;
      footnote.lastIndex = at;
      const note = footnote.exec(this.text);
      if (note) return at + note[0].length;
      this.brackets.push(this.out.length);
      this.put('[');
      return at + 1;
    }
    const open = this.brackets.pop();
    if (this.text.charAt(at + 1) === '(' && open !== undefined) {
      const end = this.ends.from(at + 2);
      const target = end > 0 && end - at < 600 ? this.text.slice(at + 2, end) : '\n';
      if (/^(?:[a-z]+:|[#./]|[\w-]+\.\w)[^\n]*$/iu.test(target)) {
        // The bracket becomes a space so that offsets already taken stay true.
        this.out[open] = ' ';
        return end + 1;
      }
    }
    this.put(']');
    return at + 1;
  }

  private readPower(at: number): number {
    const power = /\^\{\s*([+-]?\d{1,3})\s*\}/uy;
    power.lastIndex = at;
    const match = power.exec(this.text);
    this.put(match ? `^${match[1]}` : '^');
    return match ? at + match[0].length : at + 1;
  }

  private readUrl(at: number): number {
    const url = /https?:\/\/[^\s<>|]{1,2000}/uy;
    url.lastIndex = at;
    const match = url.exec(this.text);
    if (!match) this.put('h');
    else if (match[0].endsWith(')')) return at + match[0].length - 1;
    return match ? at + match[0].length : at + 1;
  }
}

/** Reads the inline markup of a leaf in one linear pass. */
export function readInline(lines: readonly SourceLine[]): Leaf {
  return new InlineReader(lines).read();
}

/** 1-based file line of an offset in a leaf's text. */
export function lineAt(leaf: Leaf, offset: number): number {
  let low = 0;
  let high = leaf.breaks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((leaf.breaks[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return leaf.breaks[low]?.line ?? leaf.line;
}
