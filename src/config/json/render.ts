import { configError } from '../errors.ts';
import { lineBreak, lineEnd, lineStart } from '../lines.ts';
import { isMapping } from '../lookup.ts';
import { formatNumber, styleOf } from '../number.ts';
import type { ConfigValue } from '../value.ts';
import type { JsonDocument } from './document.ts';
import type { JsonCollection, JsonNode } from './tree.ts';

/** How the file is laid out. */
export interface JsonLayout {
  /** One step of indentation: spaces or a tab. */
  unit: string;
  colon: string;
  comma: string;
  /** Short lists stand on one line. */
  hasInlineLists: boolean;
  eol: string;
}

const WIDTH = 72;

export function layoutOf(document: JsonDocument): JsonLayout {
  const { text, root } = document;
  const collections = collectionsOf(root).filter((node) => node.entries.length > 0);
  const lists = collections.filter((node) => node.kind === 'array');
  const colon = /"(:[ \t]*)/.exec(text)?.[1] ?? ': ';
  const isCompact = collections.some((node) => /,["[{\w]/.test(between(node, text)));
  return {
    unit: unitOf(collections, text),
    colon: colon.trim() === ':' && colon.length <= 2 ? colon : ': ',
    comma: isCompact ? ',' : ', ',
    hasInlineLists: lists.length === 0 || lists.some((list) => !isMultiLine(list, text)),
    eol: lineBreak(text, 0),
  };
}

/** A value as JSON; `indent` is the indentation of the line it begins on. */
export function renderJson(
  value: ConfigValue,
  indent: string,
  layout: JsonLayout,
  style: { isMultiLine: boolean; like?: string; file: string },
): string {
  if (Array.isArray(value)) {
    const isInline = !style.isMultiLine || (layout.hasInlineLists && value.every((item) => !isFilled(item)));
    const line = `[${value.map((item) => renderJson(item, indent, layout, { ...style, isMultiLine: false })).join(layout.comma)}]`;
    if (value.length === 0 || (isInline && (!style.isMultiLine || line.length <= WIDTH))) return line;
    return wrapped(
      '[',
      ']',
      value.map((item) => renderJson(item, indent + layout.unit, layout, style)),
      indent,
      layout,
    );
  }
  if (isMapping(value)) {
    const inner = style.isMultiLine ? indent + layout.unit : indent;
    const pairs = Object.entries(value).map(
      ([key, item]) => JSON.stringify(key) + layout.colon + renderJson(item, inner, layout, style),
    );
    if (pairs.length === 0) return '{}';
    return style.isMultiLine ? wrapped('{', '}', pairs, indent, layout) : `{${pairs.join(layout.comma)}}`;
  }
  return renderScalar(value, style);
}

function wrapped(open: string, close: string, items: string[], indent: string, layout: JsonLayout): string {
  const { eol, unit } = layout;
  return `${open}${eol}${items.map((item) => indent + unit + item).join(`,${eol}`)}${eol}${indent}${close}`;
}

function renderScalar(
  value: null | boolean | number | string,
  { like = '', file }: { like?: string; file: string },
): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  if (Number.isFinite(value)) return formatNumber(value, styleOf(like));
  throw configError('CONFIG_VALUE_UNWRITABLE', `JSON cannot hold ${value}.`, {
    file,
    remedy: 'Use a number, null, or a string that the trainer understands.',
  });
}

export function isMultiLine(node: JsonNode, text: string): boolean {
  return text.slice(node.start, node.end).includes('\n');
}

/** The white space before the first character of the line of `offset`. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), lineEnd(text, offset)))?.[0] ?? '';
}

function isFilled(value: ConfigValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function collectionsOf(node: JsonNode): JsonCollection[] {
  if (node.kind === 'scalar') return [];
  return [node, ...node.entries.flatMap((entry) => collectionsOf(entry.value))];
}

/** The text between the entries of a collection. */
function between(node: JsonCollection, text: string): string {
  return node.entries
    .slice(1)
    .map((entry, index) => text.slice(node.entries[index]?.value.end, entry.start + 1))
    .join('');
}

function unitOf(collections: readonly JsonCollection[], text: string): string {
  for (const node of collections) {
    const first = node.entries[0];
    if (first === undefined || !text.slice(node.start, first.start).includes('\n')) continue;
    const outer = indentAt(text, node.start);
    const inner = indentAt(text, first.start);
    if (inner.startsWith(outer) && inner.length > outer.length) return inner.slice(outer.length);
  }
  return '  ';
}
