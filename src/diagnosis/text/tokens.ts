import { CJK_TERMS, LONGEST_CJK_TERM } from '../words/cjk.ts';
import { SOFT_BREAK } from './html.ts';
import { readNumber, skipNumeral, type NumberReading } from './numbers.ts';

export type TokenKind =
  | 'word'
  | 'number'
  | 'string'
  | 'list'
  | 'flag'
  | 'arrow'
  | 'equals'
  | 'colon'
  | 'comma'
  | 'semicolon'
  | 'stop'
  | 'newline'
  | 'open'
  | 'close'
  | 'dash'
  | 'slash'
  | 'times'
  | 'compare'
  | 'tilde'
  | 'up'
  | 'down'
  | 'pipe'
  | 'comment'
  | 'other';

export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
  text: string;
  /** Lower case, without surrounding underscores. */
  lower: string;
  /** Number of the code span it stands in, else -1. */
  code: number;
  number: NumberReading | null;
}

export function isNumber(token: Token | undefined): token is Token & { number: NumberReading } {
  return token !== undefined && token.number !== null;
}

const WORD =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー])[\p{L}\p{M}_](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー])[\p{L}\p{M}\p{N}_]|[.\-'’](?=[\p{Script=Latin}\p{Script=Cyrillic}\p{N}_])|\[\d{1,3}\])*/uy;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]/u;
const DOTTED_ABBREVIATION = /(?:e\.\s?g|i\.\s?e|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ex|p\.\s?ej)\./iuy;
const PLAIN_ABBREVIATION =
  /(?:vs|approx|ca|cf|resp|incl|nr|fig|sec|eq|al|bzw|ggf|evtl|aprox|env|inkl|mind|rec|conf)\.(?=\s)/iuy;
const ARROW = /(?:[-=~]{1,3}>+|→|⇄)/uy;
const FLAG = /--[a-zA-Z][\w.-]{0,80}/uy;
const QUOTED = /"[^"\n]{0,200}"|'[^'\n]{0,200}'/uy;
const LIST = /\[[^[\]{}\n]{0,400}(?:\[[^[\]{}\n]{0,200}\][^[\]{}\n]{0,200}){0,12}\]|\{[^[\]{}\n]{0,400}\}/uy;
const TUPLE = /\(\s*[+-]?[\d.][\d._e+-]{0,20}(?:\s*,\s*[+-]?[\d.][\d._e+-]{0,20}){1,40}\s*,?\s*\)/uy;
const COMPARE = /(?:<=|>=|==|!=|[<>≤≥±≠])/uy;

const SINGLE: Readonly<Record<string, TokenKind>> = {
  '∈': 'equals',
  '=': 'equals',
  ':': 'colon',
  ',': 'comma',
  ';': 'semicolon',
  '(': 'open',
  ')': 'close',
  '–': 'dash',
  '—': 'dash',
  '-': 'dash',
  '/': 'slash',
  '÷': 'slash',
  '×': 'times',
  '*': 'times',
  '~': 'tilde',
  '↑': 'up',
  '⬆': 'up',
  '▲': 'up',
  '↗': 'up',
  '↓': 'down',
  '⬇': 'down',
  '▼': 'down',
  '↘': 'down',
  '|': 'pipe',
  '#': 'comment',
};

function take(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The longest known term at `at`, else the run up to the next known one. */
function takeCjk(text: string, at: number): string {
  let end = at;
  while (end < text.length && CJK.test(text.charAt(end))) {
    for (let length = Math.min(LONGEST_CJK_TERM, text.length - end); length > 0; length -= 1) {
      const term = text.slice(end, end + length);
      if (CJK_TERMS.has(term)) return end === at ? term : text.slice(at, end);
    }
    end += 1;
  }
  return text.slice(at, Math.max(end, at + 1));
}

function isWordEdge(text: string, at: number): boolean {
  return at === 0 || !/[\p{Script=Latin}\p{Script=Cyrillic}\p{N}_]/u.test(text.charAt(at - 1));
}

const ITEM = String.raw`(?:[+-]?[\d.][\d._eE+-]*%?|"[^"]*"|'[^']*'|[\p{L}_][\p{L}\p{N}_.-]*(?:\s*:\s*[^,]{1,60})?|\[[^\]]*\])`;
const VALUE_LIST = new RegExp(String.raw`^[[{]\s*(?:${ITEM}(?:\s*,\s*${ITEM})*\s*,?)?\s*[\]}]$`, 'u');

/** Whether `[…]` or `{…}` holds values rather than prose (`[0.9, 0.999]`, not `[see below]`). */
function isValueList(text: string): boolean {
  return VALUE_LIST.test(text);
}

function lower(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

/** Splits a leaf's text into tokens; `codes` are its code spans in order. Linear: every pattern is anchored and bounded. */
export function tokenize(text: string, codes: readonly { start: number; end: number }[] = []): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let span = 0;
  const push = (kind: TokenKind, end: number, number: NumberReading | null = null): void => {
    const raw = text.slice(at, end);
    while (span < codes.length && (codes[span]?.end ?? 0) <= at) span += 1;
    const code = span < codes.length && (codes[span]?.start ?? 0) <= at ? span : -1;
    tokens.push({ kind, start: at, end, text: raw, lower: lower(raw), code, number });
    at = end;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t') at += 1;
    else if (char === '\n') push('newline', at + 1);
    else if (char === SOFT_BREAK) push('stop', at + 1);
    else {
      while (span < codes.length && (codes[span]?.end ?? 0) <= at) span += 1;
      const isCode = (codes[span]?.start ?? Infinity) <= at;
      const tuple = isCode && char === '(' && isWordEdge(text, at) ? take(TUPLE, text, at) : undefined;
      if (tuple === undefined) readToken(text, at, char, push);
      else push('list', at + tuple.length);
    }
  }
  return tokens;
}

function readToken(
  text: string,
  at: number,
  char: string,
  push: (kind: TokenKind, end: number, number?: NumberReading | null) => void,
): void {
  const code = char.charCodeAt(0);
  const isEdge = isWordEdge(text, at);
  const next = text.charAt(at + 1);
  const isDigit = code >= 48 && code <= 57;
  if (isDigit || (isEdge && (char === '.' || char === '+' || char === '-') && /^[.\d]/u.test(next))) {
    const startsNumber = isDigit || /^[+-]?\.?\d/u.test(text.slice(at, at + 3));
    const isSigned = char === '+' || char === '-';
    const previous = text.charAt(at - 1);
    const mayBeSigned = at === 0 || /[\s([{=:,>→/`'"|]/u.test(previous);
    if (startsNumber && (!isSigned || mayBeSigned)) {
      const reading = readNumber(text, at);
      if (reading) return push('number', reading.end, reading);
      const end = skipNumeral(text, at);
      // Names such as `16-mixed` or `3x3` may be values in code.
      return push(/^\d+-[a-z]\w*$/iu.test(text.slice(at, end)) ? 'word' : 'other', end);
    }
  }
  const arrow = take(ARROW, text, at);
  if (arrow !== undefined) return push('arrow', at + arrow.length);
  if (char === '-' && next === '-' && (at === 0 || /[\s(`]/u.test(text.charAt(at - 1)))) {
    const flag = take(FLAG, text, at);
    if (flag !== undefined) return push('flag', at + flag.length);
  }
  if (char === '"' || (char === "'" && isEdge)) {
    const quoted = take(QUOTED, text, at);
    if (quoted !== undefined) return push('string', at + quoted.length);
    return push('other', at + 1);
  }
  if (char === '[' || char === '{') {
    const list = take(LIST, text, at);
    if (list !== undefined && isValueList(list)) return push('list', at + list.length);
    return push('other', at + 1);
  }
  const compare = take(COMPARE, text, at);
  if (compare !== undefined) return push('compare', at + compare.length);
  if (char === '.' || char === '!' || char === '?') {
    const ends = next === '' || /[\s"')\]]/u.test(next) || CJK.test(next);
    return push(ends ? 'stop' : 'other', at + 1);
  }
  const single = SINGLE[char];
  if (single !== undefined) return push(single, at + 1);
  const dotted = take(DOTTED_ABBREVIATION, text, at) ?? take(PLAIN_ABBREVIATION, text, at);
  if (dotted !== undefined && isEdge) return push('word', at + dotted.length);
  const word = take(WORD, text, at);
  if (word !== undefined) return push('word', at + word.length);
  if (CJK.test(char)) return push('word', at + takeCjk(text, at).length);
  return push('other', at + ((text.codePointAt(at) as number) > 0xffff ? 2 : 1));
}
