/** Python source as tokens: as much of the grammar as finding calls and literals takes. Nothing is ever executed. */

export interface Token {
  /** `fstring`: its text is what stands in the source, fields included. */
  kind: 'name' | 'number' | 'string' | 'fstring' | 'op' | 'newline';
  /** Strings are decoded. */
  text: string;
  /** From 1. */
  line: number;
  /** From 0; of the first token of a logical line this is its indentation. */
  column: number;
}

const SPACE = /[ \t\f\u00A0]+|\\\r?\n|#[^\n]*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?[jJ]?/y;
const STRING_START = /([rRbBuUfFtT]{0,2})("""|'''|"|')/y;
const OPERATOR = /\*\*|->|:=|[=!<>+\-*/%&|^@]=|\/\/|\.\.\.|<<|>>|[^\s\p{L}\p{N}_]/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const add = (kind: Token['kind'], text: string): void => {
    tokens.push({ kind, text, line, column: at - lineStart });
  };
  const advance = (length: number): void => {
    for (let i = at; i < at + length; i++) {
      if (source[i] !== '\n') continue;
      line++;
      lineStart = i + 1;
    }
    at += length;
  };
  while (at < source.length) {
    const space = match(SPACE);
    if (space) {
      advance(space[0].length);
      continue;
    }
    if (source[at] === '\n' || source[at] === '\r') {
      if (source[at] === '\n' && depth === 0 && tokens.at(-1)?.kind !== 'newline') add('newline', '\n');
      advance(1);
      continue;
    }
    const string = match(STRING_START);
    if (string) {
      const [opening, prefix = '', quote = '"'] = string;
      const end = endOfString(source, at + opening.length, quote);
      const inner = source.slice(at + opening.length, end);
      const isRaw = /r/i.test(prefix);
      add(/[ft]/i.test(prefix) ? 'fstring' : 'string', isRaw ? inner : decode(inner));
      advance(Math.min(source.length, end + quote.length) - at);
      continue;
    }
    const name = match(NAME);
    const number = name ? null : match(NUMBER);
    const found = name ?? number ?? match(OPERATOR);
    if (!found) {
      advance(1);
      continue;
    }
    const [text] = found;
    if (!name && !number) {
      if ('([{'.includes(text)) depth++;
      else if (')]}'.includes(text)) depth = Math.max(0, depth - 1);
    }
    add(name ? 'name' : number ? 'number' : 'op', text);
    advance(text.length);
  }
  return tokens;
}

/** Index of the closing quote; a string that is never closed ends with its line (or with the file). */
function endOfString(source: string, from: number, quote: string): number {
  for (let i = from; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (quote.length === 1 && source[i] === '\n') return i;
    else if (source.startsWith(quote, i)) return i;
  }
  return source.length;
}

function decode(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\(?:\r?\n|(.))/gsu, (whole, char: string | undefined) =>
        char === undefined ? '' : (ESCAPES[char] ?? (/["'\\]/.test(char) ? char : whole)),
      )
    : text;
}
