import { parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { configError } from '../errors.ts';
import { isRefusedKey } from '../intended.ts';
import { lineNumber } from '../lines.ts';

/** A JSON text as places: offsets are UTF-16 positions, `end` is exclusive. */
export type JsonNode =
  | { kind: 'scalar'; value: null | boolean | number | string; start: number; end: number }
  | { kind: 'object' | 'array'; entries: JsonEntry[]; start: number; end: number };

export type JsonCollection = Extract<JsonNode, { entries: unknown }>;

export interface JsonEntry {
  /** Undefined in arrays. */
  key: string | undefined;
  start: number;
  value: JsonNode;
  /** Offset of the comma behind it. */
  comma: number | undefined;
}

export interface JsonComment {
  start: number;
  end: number;
  isBlock: boolean;
}

const MAX_DEPTH = 500;

export interface ReadJson {
  root: JsonNode;
  comments: JsonComment[];
}

/** Reads JSON, or JSON with comments where the file has some. Bare NaN, single quotes and the like are refused. */
export function readJson(text: string, file: string): ReadJson {
  const source = text.replace(/^\uFEFF/, ' ');
  const errors: ParseError[] = [];
  try {
    const comments = commentsOf(source);
    const isRelaxed = comments.length > 0 || file.toLowerCase().endsWith('.jsonc');
    const tree = parseTree(source, errors, { allowTrailingComma: isRelaxed, disallowComments: false });
    const [error] = errors;
    if (error !== undefined || tree === undefined) throw syntaxError(error, source, file);
    return { root: new Builder(source, file).node(tree, 0), comments };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(file, undefined, error);
  }
}

class Builder {
  readonly #text: string;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  node(node: Node, depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw tooDeep(this.#file, lineNumber(this.#text, node.offset));
    const place = { start: node.offset, end: node.offset + node.length };
    const children = node.children ?? [];
    if (node.type === 'array') {
      const entries = children.map((child) => this.#entry(undefined, child, child, depth));
      return { kind: 'array', entries, ...place };
    }
    if (node.type !== 'object') return { kind: 'scalar', value: scalarOf(node), ...place };
    const starts = new Map<string, number>();
    const entries = children.map((property) => {
      const [name, value] = property.children ?? [];
      const key = String(name?.value);
      if (value === undefined) throw syntaxError(undefined, this.#text, this.#file);
      this.#checkKey(key, property.offset, starts);
      return this.#entry(key, property, value, depth);
    });
    return { kind: 'object', entries, ...place };
  }

  #entry(key: string | undefined, whole: Node, value: Node, depth: number): JsonEntry {
    const after = skipTrivia(this.#text, value.offset + value.length);
    const comma = this.#text[after] === ',' ? after : undefined;
    return { key, start: whole.offset, value: this.node(value, depth + 1), comma };
  }

  #checkKey(key: string, offset: number, starts: Map<string, number>): void {
    const first = starts.get(key);
    starts.set(key, offset);
    if (isRefusedKey(key)) {
      const place = { file: this.#file, line: lineNumber(this.#text, offset), remedy: 'Use another key.' };
      throw configError('CONFIG_KEY_REFUSED', `The key '${key}' is refused.`, place);
    }
    if (first === undefined) return;
    const place = {
      file: this.#file,
      line: lineNumber(this.#text, offset),
      remedy: 'Remove one of the two.',
    };
    const line = lineNumber(this.#text, first);
    const message = `The key '${key}' stands twice in one object (first on line ${line}).`;
    throw configError('CONFIG_DUPLICATE_KEY', message, place);
  }
}

function scalarOf(node: Node): null | boolean | number | string {
  const value: unknown = node.value;
  const isScalar = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
  return isScalar ? value : null;
}

/** The first character from `offset` on that is neither white space nor comment. */
function skipTrivia(text: string, offset: number): number {
  const trivia = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = offset;
  trivia.exec(text);
  return trivia.lastIndex;
}

function commentsOf(text: string): JsonComment[] {
  const comments: JsonComment[] = [];
  visit(text, {
    onComment(start, length) {
      comments.push({ start, end: start + length, isBlock: text[start + 1] === '*' });
    },
  });
  return comments;
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is expected',
  CloseBracketExpected: 'a closing bracket is expected',
  EndOfFileExpected: 'nothing may follow the first value',
  UnexpectedEndOfComment: 'a comment is not closed',
  UnexpectedEndOfString: 'a string is not closed on its line',
  UnexpectedEndOfNumber: 'a number is cut off',
  InvalidUnicode: 'an escape \\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'the escape sequence is not known',
  InvalidCharacter: 'a control character stands in a string',
  InvalidNumberFormat: 'the number is not written as JSON writes it',
};

function syntaxError(error: ParseError | undefined, text: string, file: string): Error {
  const offset = error?.offset ?? 0;
  const line = lineNumber(text, offset);
  const word = /^[-+]?[\w.]+/.exec(text.slice(offset, offset + 40))?.[0] ?? text[offset] ?? 'the end';
  if (/^[-+]?(?:NaN|Infinity|inf|nan)$/.test(word)) {
    return configError('CONFIG_SYNTAX', `${word} is not JSON, though Python writes it.`, {
      file,
      line,
      remedy: 'Write a number, null, or a string that the trainer understands.',
    });
  }
  if (text[offset] === '}' || text[offset] === ']') {
    const isTrailing = /,\s*$/.test(text.slice(0, offset));
    if (isTrailing) {
      const remedy = 'Remove the comma.';
      return configError('CONFIG_SYNTAX', 'A comma stands before a closing bracket.', { file, line, remedy });
    }
  }
  const expectation = error === undefined ? undefined : EXPECTATIONS[printParseErrorCode(error.error)];
  const message = expectation ?? `${JSON.stringify(word)} is not understood`;
  const remedy = 'Correct the line; an editor that knows JSON shows the place.';
  return configError('CONFIG_SYNTAX', `The JSON cannot be read: ${message}.`, { file, line, remedy });
}

function tooDeep(file: string, line?: number, cause?: unknown): Error {
  const remedy = 'Make it flatter.';
  return configError('CONFIG_TOO_DEEP', 'The config is nested too deeply.', { file, line, remedy, cause });
}
