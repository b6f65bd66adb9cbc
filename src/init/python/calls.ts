import type { Token } from './tokens.ts';

export interface Argument {
  /** Null for a positional one. */
  name: string | null;
  tokens: readonly Token[];
}

/** One call in a source: `parser.add_argument('--lr', type=float)`. */
export interface Call {
  /** Dotted, as written: `parser.add_argument`. */
  callee: string;
  args: readonly Argument[];
  line: number;
  /** The variable its result is assigned to, where it is. */
  target: string | null;
  /** Whether it stands behind `@`, above a function. */
  isDecorator: boolean;
  /** Positions of its first token and of its closing bracket. */
  start: number;
  end: number;
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
const isOp = (token: Token | undefined, text: string): boolean => token?.kind === 'op' && token.text === text;

/** Calls nested deeper than people write are passed over, so that no source takes long. */
const DEPTH_LIMIT = 40;

/** Every call, outer ones before those in their arguments. */
export function findCalls(tokens: readonly Token[]): Call[] {
  const calls: Call[] = [];
  const closings = matchBrackets(tokens);
  tokens.forEach((token, open) => {
    const before = tokens[open - 1];
    const end = closings.get(open);
    if (!isOp(token, '(') || before?.kind !== 'name' || end === undefined) return;
    let start = open - 1;
    while (isOp(tokens[start - 1], '.') && tokens[start - 2]?.kind === 'name') start -= 2;
    const previous = tokens[start - 1];
    if (previous?.kind === 'name' && /^(?:def|class)$/.test(previous.text)) return;
    const isDotted = !isOp(previous, '.');
    calls.push({
      callee: (isDotted ? '' : '.') + textOf(tokens.slice(start, open)),
      args: splitArguments(tokens.slice(open + 1, end)),
      line: before.line,
      target: isOp(previous, '=') && tokens[start - 2]?.kind === 'name' ? targetOf(tokens, start - 2) : null,
      isDecorator: isOp(previous, '@') && isLineStart(tokens, start - 1),
      start,
      end,
    });
  });
  return calls;
}

/** Positions of opening brackets and those that close them (the end where nothing does), down to a depth of 40. */
export function matchBrackets(tokens: readonly Token[]): Map<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind !== 'op') return;
    if (OPENING.has(text)) open.push(at);
    else if (CLOSING.has(text)) {
      const opening = open.pop();
      if (opening !== undefined && open.length < DEPTH_LIMIT) closings.set(opening, at);
    }
  });
  for (const opening of open.slice(0, DEPTH_LIMIT)) closings.set(opening, tokens.length);
  return closings;
}

/** Position of the end of the logical line that `at` is in. */
export function lineEnd(tokens: readonly Token[], at: number): number {
  let end = at;
  while (end < tokens.length && tokens[end]?.kind !== 'newline') end++;
  return end;
}

/** What stands between the commas of the outermost level. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'op') {
      if (OPENING.has(token.text)) depth++;
      else if (CLOSING.has(token.text)) depth--;
      else if (token.text === ',' && depth === 0) {
        parts.push([]);
        continue;
      }
    }
    if (token.kind !== 'newline') parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function splitArguments(tokens: readonly Token[]): Argument[] {
  return splitAtCommas(tokens).map((part) => {
    const [first, second] = part;
    return first?.kind === 'name' && isOp(second, '=')
      ? { name: first.text, tokens: part.slice(2) }
      : { name: null, tokens: part };
  });
}

function targetOf(tokens: readonly Token[], at: number): string | null {
  let start = at;
  while (isOp(tokens[start - 1], '.') && tokens[start - 2]?.kind === 'name') start -= 2;
  return textOf(tokens.slice(start, at + 1));
}

export function isLineStart(tokens: readonly Token[], at: number): boolean {
  return at === 0 || tokens[at - 1]?.kind === 'newline';
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

export function keyword(call: Call, name: string): readonly Token[] | undefined {
  return call.args.find((argument) => argument.name === name)?.tokens;
}

/** Positional arguments in order. */
export function positionals(call: Call): (readonly Token[])[] {
  return call.args.filter(({ name }) => name === null).map(({ tokens }) => tokens);
}
