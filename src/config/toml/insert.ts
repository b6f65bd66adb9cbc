import type { Mark } from '../comment.ts';
import { lineBreak, lineEnd, lineStart } from '../lines.ts';
import { insertListed } from '../listed.ts';
import { emptyMapping, isMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import { locate } from './document.ts';
import type { TomlDocument } from './document.ts';
import { markToml } from './mark.ts';
import { renderKey, renderToml } from './render.ts';
import { aboveComments, sectionsOf, startsWith } from './sections.ts';
import { endOf } from './tree.ts';
import type { TomlBraces, TomlNode, TomlSection, TomlTable, TomlTables } from './tree.ts';

/** Writes a new key, or a new item before the list position at the end of `path`. */
export function insertToml(
  session: Session<TomlDocument>,
  path: ConfigPath,
  value: ConfigValue,
  mark: Mark,
): void {
  const { document } = session;
  let depth = path.length - 1;
  while (locate(document.root, path.slice(0, depth)) === undefined) depth--;
  const parent = locate(document.root, path.slice(0, depth))?.node;
  const plan = parent === undefined ? undefined : planInsertion(document, parent, path, depth, value);
  if (plan === undefined) return;
  session.change(plan.cuts);
  markToml(session, path, mark, plan.made);
}

interface Insertion {
  cuts: Cut[];
  /** The section that was made, with those below it unless `isExact`. */
  made?: { path: ConfigPath; isExact: boolean };
}

function planInsertion(
  document: TomlDocument,
  parent: TomlNode,
  path: ConfigPath,
  depth: number,
  value: ConfigValue,
): Insertion | undefined {
  const { text, file } = document;
  const key = path[depth] as string | number;
  const rest = path.slice(depth + 1);
  if (parent.kind === 'scalar') return undefined;
  if (parent.kind === 'tables') return insertElement(document, parent, path, depth, nested(rest, value));
  if (parent.kind === 'array') {
    const entries = parent.items.map(({ value: item, comma }) => ({ ...placeOf(item), comma }));
    const added = renderToml(nested(rest, value), { file });
    return { cuts: insertListed(text, { ...placeOf(parent), entries }, Number(key), added) };
  }
  const { holder } = parent;
  if (holder?.kind === 'braces') {
    return { cuts: insertInBraces(document, parent, holder, String(key), nested(rest, value)) };
  }
  if (holder !== undefined && parent.style === 'dotted') {
    const keys = [...parent.prefix, ...path.slice(depth).map(String)];
    const line = `${keys.map(renderKey).join('.')} = ${renderToml(value, { file })}`;
    const last = holder.pairs.findLast((pair) => startsWith(pair.keys, parent.prefix));
    return { cuts: [lineBelow(text, last?.value.end ?? endOf(holder), line, last?.start)] };
  }
  const needsSection = rest.length > 0 || (isMapping(value) && Object.keys(value).length > 0);
  if (holder === undefined) return insertAboveImplicit(document, path, depth, value);
  if (!needsSection) {
    const line = `${renderKey(String(key))} = ${renderToml(value, { file })}`;
    return { cuts: [pairInSection(document, holder, line)] };
  }
  const lines = sectionLines(document, path, value);
  return {
    cuts: [sectionBelow(text, holder.path.length === 0 ? text.length : endOf(holder), lines)],
    made: { path: path.slice(0, depth + 1), isExact: false },
  };
}

function placeOf(node: TomlNode): { start: number; end: number } {
  return 'end' in node ? { start: node.start, end: node.end } : { start: 0, end: 0 };
}

function nested(path: ConfigPath, value: ConfigValue): ConfigValue {
  return path.reduceRight<ConfigValue>((inner, key) => {
    return typeof key === 'number' ? [inner] : Object.assign(emptyMapping(), { [key]: inner });
  }, value);
}

function insertInBraces(
  { text, file }: TomlDocument,
  parent: TomlTable,
  braces: TomlBraces,
  key: string,
  value: ConfigValue,
): Cut[] {
  const added = `${[...parent.prefix, key].map(renderKey).join('.')} = ${renderToml(value, { file })}`;
  const entries = braces.pairs.map((pair) => ({ start: pair.start, end: pair.value.end, comma: pair.comma }));
  const last = braces.pairs.findLastIndex((pair) => startsWith(pair.keys, parent.prefix));
  if (entries.length === 0) return [{ start: braces.start, end: braces.end, text: `{ ${added} }` }];
  return insertListed(text, { start: braces.start, end: braces.end, entries }, last + 1, added);
}

/** A pair as the last one of its section; in a root without pairs, above the first section. */
function pairInSection(document: TomlDocument, section: TomlSection, line: string): Cut {
  const { text } = document;
  const last = section.pairs.at(-1);
  if (last !== undefined || section.path.length > 0) {
    return lineBelow(text, last?.value.end ?? section.headerEnd, line, last?.start ?? section.start);
  }
  const first = document.sections[1];
  const at = first === undefined ? text.length : aboveComments(document, first.start);
  const eol = lineBreak(text, at);
  return { start: at, end: at, text: line + eol + eol };
}

function lineBelow(text: string, offset: number, line: string, like: number | undefined): Cut {
  const end = lineEnd(text, offset);
  const start = lineStart(text, like ?? offset);
  const indent = /^[ \t]*/.exec(text.slice(start, like ?? offset))?.[0] ?? '';
  return { start: end, end, text: lineBreak(text, offset) + indent + line };
}

/** Header and pairs for a table at `path`; where the value is none, the last key of the path is a pair of the one above. */
function sectionLines(
  document: TomlDocument,
  path: ConfigPath,
  value: ConfigValue,
  isElement = false,
): string[] {
  if (!isMapping(value) || (Object.keys(value).length === 0 && !isElement)) {
    return [header(path.slice(0, -1)), pairLine(document, String(path.at(-1)), value)];
  }
  const isTable = (item: ConfigValue): item is ConfigMapping =>
    isMapping(item) && Object.keys(item).length > 0;
  const entries = Object.entries(value);
  const pairs = entries
    .filter(([, item]) => !isTable(item))
    .map(([key, item]) => pairLine(document, key, item));
  const tables = entries
    .filter(([, item]) => isTable(item))
    .flatMap(([key, item]) => ['', ...sectionLines(document, [...path, key], item)]);
  const isNeeded = pairs.length > 0 || isElement;
  const head = isElement ? `[${header(path)}]` : header(path);
  return isNeeded ? [head, ...pairs, ...tables] : tables.slice(1);
}

function header(path: ConfigPath): string {
  return `[${path
    .filter((key) => typeof key === 'string')
    .map(renderKey)
    .join('.')}]`;
}

function pairLine({ file }: TomlDocument, key: string, value: ConfigValue): string {
  return `${renderKey(key)} = ${renderToml(value, { file })}`;
}

function sectionBelow(text: string, offset: number, lines: readonly string[]): Cut {
  const eol = lineBreak(text, offset);
  const isEnd = text.slice(offset).trim() === '';
  const content = /^[\s\S]*[^\s\uFEFF]/.exec(text)?.[0].length ?? 0;
  if (content === 0) return { start: text.length, end: text.length, text: lines.join(eol) + eol };
  const at = isEnd ? content : lineEnd(text, offset);
  return { start: at, end: at, text: eol + eol + lines.join(eol) };
}

function sectionAbove(document: TomlDocument, offset: number, lines: readonly string[]): Cut {
  const eol = lineBreak(document.text, offset);
  const at = aboveComments(document, offset);
  return { start: at, end: at, text: lines.join(eol) + eol + eol };
}

/** `[a.b]` exists, `[a]` does not: it is written above. */
function insertAboveImplicit(
  document: TomlDocument,
  path: ConfigPath,
  depth: number,
  value: ConfigValue,
): Insertion {
  const first = sectionsOf(document, path.slice(0, depth))[0];
  const lines = sectionLines(document, path, value);
  const isPair = lines[0] === header(path.slice(0, depth));
  const made = { path: isPair ? path.slice(0, depth) : path.slice(0, depth + 1), isExact: isPair };
  return { cuts: [sectionAbove(document, first?.start ?? 0, lines)], made };
}

function insertElement(
  document: TomlDocument,
  tables: TomlTables,
  path: ConfigPath,
  depth: number,
  value: ConfigValue,
): Insertion {
  const at = path.slice(0, depth);
  const index = Number(path[depth]);
  const lines = sectionLines(document, [...at, index], value, true);
  const next = tables.items[index];
  const made = { path: path.slice(0, depth + 1), isExact: false };
  if (next !== undefined) return { cuts: [sectionAbove(document, next.start, lines)], made };
  const end = Math.max(...sectionsOf(document, at).map(endOf));
  return { cuts: [sectionBelow(document.text, end, lines)], made };
}
