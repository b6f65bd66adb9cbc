import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import { configError } from '../errors.ts';
import { isRefusedKey } from '../intended.ts';
import { lineNumber } from '../lines.ts';
import type {
  TomlArray,
  TomlBraces,
  TomlHolder,
  TomlNode,
  TomlPair,
  TomlScalar,
  TomlSection,
  TomlTable,
} from './tree.ts';

export interface ReadToml {
  root: TomlTable;
  /** In the order of the text; the first is the root's. */
  sections: TomlSection[];
  comments: { start: number; end: number }[];
  opaque: { start: number; end: number }[];
}

const MAX_DEPTH = 500;

export function readToml(text: string, file: string): ReadToml {
  const source = text.replace(/^\uFEFF/, ' ');
  try {
    return new Reader(source, file).read(parseTOML(source));
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, error);
    if (!(error instanceof ParseError)) throw error;
    const isMissing = error.message.startsWith('Unspecified values');
    // A missing value is told at the line break behind it.
    const line = lineNumber(source, isMissing ? error.index - 1 : error.index);
    if (error.message.startsWith('Defining a key multiple times')) {
      const message = 'A key or table is defined twice.';
      const remedy = 'Remove one of the two.';
      throw configError('CONFIG_DUPLICATE_KEY', message, { file, line, remedy, cause: error });
    }
    const what = isMissing
      ? 'a value is missing'
      : error.message.charAt(0).toLowerCase() + error.message.slice(1);
    const message = `The TOML cannot be read: ${what}.`;
    const remedy = 'Correct the line; strings need quotes, words other than true and false are not values.';
    throw configError('CONFIG_SYNTAX', message, { file, line, remedy, cause: error });
  }
}

function tooDeep(file: string, cause?: unknown): Error {
  const remedy = 'Make it flatter.';
  return configError('CONFIG_TOO_DEEP', 'The config is nested too deeply.', { file, remedy, cause });
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #opaque: { start: number; end: number }[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  read(program: AST.TOMLProgram): ReadToml {
    const start = 0;
    const first: TomlSection = { kind: 'section', path: [], start, headerEnd: start, pairs: [] };
    const root = table('root', start, first);
    const sections = [first];
    for (const item of program.body[0].body) {
      if (item.type === 'TOMLKeyValue') this.#addPair(root, this.#pair(item, first, 0));
      else sections.push(this.#section(root, item));
    }
    const comments = program.comments.map(({ range }) => ({ start: range[0], end: range[1] }));
    return { root, sections, comments, opaque: this.#opaque };
  }

  #section(root: TomlTable, item: AST.TOMLTable): TomlSection {
    const [start] = item.range;
    const close = this.#text.indexOf(']', item.key.range[1]);
    const headerEnd = item.kind === 'array' ? close + 2 : close + 1;
    const section: TomlSection = { kind: 'section', path: item.resolvedKey, start, headerEnd, pairs: [] };
    const own = this.#reach(root, section, item.kind === 'array');
    for (const pair of item.body) this.#addPair(own, this.#pair(pair, section, 0));
    return section;
  }

  /** The table a header names, made with everything above it that does not exist yet. */
  #reach(root: TomlTable, section: TomlSection, isElement: boolean): TomlTable {
    let at = root;
    const keys = section.path.filter((key): key is string => typeof key === 'string');
    for (const [depth, key] of keys.entries()) {
      this.#checkKey(key, section.start);
      const isLast = depth === keys.length - 1;
      let child = at.children.get(key);
      if (isLast && isElement) {
        const element = table('element', section.start, section);
        if (child?.kind === 'tables') child.items.push(element);
        else at.children.set(key, { kind: 'tables', items: [element] });
        return element;
      }
      if (child === undefined) {
        child = table('implicit', section.start, undefined);
        at.children.set(key, child);
      }
      const next = child.kind === 'tables' ? child.items.at(-1) : child;
      if (next?.kind !== 'table') throw this.#shadowed(section.start);
      at = next;
    }
    at.style = 'section';
    at.holder = section;
    at.start = section.start;
    return at;
  }

  #addPair(own: TomlTable, pair: TomlPair): void {
    pair.holder.pairs.push(pair);
    let at = own;
    for (const [depth, key] of pair.keys.entries()) {
      this.#checkKey(key, pair.start);
      if (depth === pair.keys.length - 1) {
        at.children.set(key, pair.value);
        at.pairs.set(key, pair);
        return;
      }
      let child = at.children.get(key);
      if (child === undefined) {
        child = table('dotted', pair.start, pair.holder, pair.keys.slice(0, depth + 1));
        at.children.set(key, child);
      }
      if (child.kind !== 'table') throw this.#shadowed(pair.start);
      child.end = pair.value.end;
      at = child;
    }
  }

  #pair(item: AST.TOMLKeyValue, holder: TomlHolder, depth: number): TomlPair {
    if (item.key.keys.length > MAX_DEPTH) throw tooDeep(this.#file);
    const keys = item.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
    const value = this.#node(item.value, depth);
    return { keys, start: item.range[0], value, comma: this.#comma(item.range[1]), holder };
  }

  #node(node: AST.TOMLContentNode, depth: number): TomlPair['value'] {
    if (depth > MAX_DEPTH) throw tooDeep(this.#file);
    const [start, end] = node.range;
    if (node.type === 'TOMLArray') {
      const items = node.elements.map((item) => ({
        value: this.#node(item, depth + 1),
        comma: this.#comma(item.range[1]),
      }));
      return { kind: 'array', items, start, end } satisfies TomlArray;
    }
    if (node.type === 'TOMLInlineTable') {
      const braces: TomlBraces = { kind: 'braces', start, end, pairs: [] };
      const own = table('inline', start, braces);
      for (const item of node.body) this.#addPair(own, this.#pair(item, braces, depth + 1));
      return Object.assign(own, { end });
    }
    if (this.#text.slice(start, end).includes('\n')) this.#opaque.push({ start, end });
    const isDate = node.kind.includes('date') || node.kind.includes('time');
    const value = 'datetime' in node ? node.datetime : node.value;
    return { kind: 'scalar', value, isDate, start, end } satisfies TomlScalar;
  }

  #comma(offset: number): number | undefined {
    const trivia = /(?:\s|#[^\n]*)*/y;
    trivia.lastIndex = offset;
    trivia.exec(this.#text);
    return this.#text[trivia.lastIndex] === ',' ? trivia.lastIndex : undefined;
  }

  #checkKey(key: string, offset: number): void {
    if (!isRefusedKey(key)) return;
    const place = { file: this.#file, line: lineNumber(this.#text, offset), remedy: 'Use another key.' };
    throw configError('CONFIG_KEY_REFUSED', `The key '${key}' is refused.`, place);
  }

  #shadowed(offset: number): Error {
    const place = {
      file: this.#file,
      line: lineNumber(this.#text, offset),
      remedy: 'Remove one of the two.',
    };
    return configError('CONFIG_DUPLICATE_KEY', 'A key is defined both as a value and as a table.', place);
  }
}

function table(
  style: TomlTable['style'],
  start: number,
  holder: TomlHolder | undefined,
  prefix: readonly string[] = [],
): TomlTable {
  const children = new Map<string, TomlNode>();
  return { kind: 'table', style, children, pairs: new Map(), holder, prefix, start, end: start };
}
