import { column, lineBreak, lineEnd, lineStart } from '../lines.ts';
import type { Cut } from '../splices.ts';
import { isBlock, resolved } from './tree.ts';
import type { YamlDocument } from './document.ts';
import { indentOf, layoutOf } from './layout.ts';
import { isCollection, renderBehindDash, renderBelowKey, renderFlow, renderLiteral } from './render.ts';
import type { Rendered, Writable } from './render.ts';
import type { Slot, YamlCollection, YamlNode } from './tree.ts';

/** Lists and mappings that grow beyond it are written as blocks. */
const LINE_WIDTH = 100;

export interface PlaceOptions {
  /** Replaces the anchor of the old value; '' removes it. Absent: the anchor stays. */
  anchor?: string;
  /** How to write a collection; absent: as the old value was written, else as it reads best. */
  style?: 'block' | 'flow';
}

/** The cuts that put `value` where the value of `slot` stands. Comments around it stay. */
export function placeValue(
  document: YamlDocument,
  slot: Slot,
  value: Writable,
  options: PlaceOptions = {},
): Cut[] {
  const { text } = document;
  const { entry } = slot;
  const old = entry.value;
  const hasProps = old.props.end > old.props.start;
  const props = propsText(old, value, options.anchor);
  const { head, body } = render(document, slot, value, props !== '', options.style);
  const below = body.map((line) => lineBreak(text, old.start) + line).join('');
  const inline = [props, head].filter((part) => part !== '').join(' ');
  const anchorAt = hasProps ? old.props.end : entry.mark;

  if (old.kind === 'scalar' && old.style === 'absent') {
    const cut: Cut = hasProps
      ? { start: old.props.start, end: old.props.end, text: inline }
      : { start: entry.mark, end: entry.mark, text: inline === '' ? '' : leadOf(slot, text) + inline };
    return [cut, ...insertion(lineEnd(text, anchorAt), below)];
  }

  const isLater = text.slice(anchorAt, old.start).includes('\n');
  if (isBlock(old) && isLater) {
    const rest: Cut = { start: lineEnd(text, anchorAt), end: lineEnd(text, old.end), text: below };
    if (hasProps) return [{ start: old.props.start, end: old.props.end, text: inline }, rest];
    return [...insertion(entry.mark, inline === '' ? '' : ` ${inline}`), rest];
  }
  if (isBlock(old) && text.slice(old.start, old.end).includes('\n')) {
    return [{ start: old.start, end: lineEnd(text, old.end), text: inline + below }];
  }

  const isLiteral = old.kind === 'scalar' && old.style === 'block';
  const headEnd = isLiteral ? old.headerEnd : old.end;
  const bodyCuts = isLiteral
    ? [{ start: lineEnd(text, headEnd), end: Math.max(old.end, lineEnd(text, headEnd)), text: below }]
    : insertion(lineEnd(text, headEnd), below);
  if (isLater && hasProps) {
    const propsCut: Cut = { start: old.props.start, end: old.props.end, text: props };
    return [propsCut, { start: old.start, end: headEnd, text: head }, ...bodyCuts];
  }
  if (inline === '') {
    const from = isLater ? lineEnd(text, anchorAt) : entry.mark;
    return [{ start: from, end: headEnd, text: '' }, ...bodyCuts];
  }
  const start = hasProps ? old.props.start : old.start;
  const cut: Cut = { start, end: headEnd, text: inline };
  return [cut, ...keptColumn(text, cut), ...bodyCuts];
}

function insertion(at: number, text: string): Cut[] {
  return text === '' ? [] : [{ start: at, end: at, text }];
}

/** What stands between the key and a value where nothing stood before. */
function leadOf({ container, entry }: Slot, text: string): string {
  if (!('hasColon' in entry) || entry.hasColon) return ' ';
  if (container.style !== 'block') return ': ';
  return `${lineBreak(text, entry.start)}${' '.repeat(column(text, entry.start))}: `;
}

/** Standard tags describe the old value and go with it; a trainer's own tag on a collection stays. */
function propsText(old: YamlNode, value: Writable, anchor: string | undefined): string {
  const name = anchor ?? old.props.anchor ?? '';
  const { tag } = old.props;
  const isOwnTag = tag !== undefined && !/^!(?:!(?:\w+))?$/.test(tag);
  return [name === '' ? '' : `&${name}`, isOwnTag && isSameKind(old, value) ? tag : '']
    .filter((part) => part !== '')
    .join(' ');
}

function render(
  document: YamlDocument,
  { container, entry }: Slot,
  value: Writable,
  hasProps: boolean,
  style: PlaceOptions['style'],
): Rendered {
  const { text, root } = document;
  const old = entry.value;
  const source = resolved(old);
  const like = text.slice(source.start, source.end);
  if (container.style !== 'block') return { head: renderFlow(value, like), body: [] };

  const layout = layoutOf(root, text);
  const indent = indentOf(container, text);
  if (typeof value === 'string' && !/^["']/.test(like) && !isCommentBelow(text, old.end, indent)) {
    const unit = container.kind === 'seq' ? 2 : layout.unit;
    const literal = renderLiteral(value, indent, unit, text.endsWith('\n'));
    if (literal !== undefined) return literal;
  }
  const wanted = style ?? sameKindStyle(old, value);
  if (!isCollection(value)) return { head: renderFlow(value, like, 'block'), body: [] };
  const flow = wanted === 'flow' || Object.keys(value).length === 0 ? renderFlow(value, like) : undefined;
  const outgrows = style === undefined && (flow?.length ?? 0) > LINE_WIDTH && like.length <= LINE_WIDTH;
  if (flow !== undefined && !outgrows) return { head: flow, body: [] };
  if (container.kind === 'map') return renderBelowKey(value, indent, layout, wanted === 'block');
  const rendered = renderBehindDash(value, indent, layout, wanted === 'block');
  // An anchor in front of the first key would name that key.
  return hasProps && !/^[[{]/.test(rendered.head)
    ? { head: '', body: [' '.repeat(indent + 2) + rendered.head, ...rendered.body] }
    : rendered;
}

/** A comment that stands deeper than the key would become content of a block scalar above it. */
function isCommentBelow(text: string, offset: number, indent: number): boolean {
  const next = /^\r?\n(?:[ \t]*\r?\n)*( *)#/.exec(text.slice(lineEnd(text, offset)));
  return next !== null && (next[1] ?? '').length > indent;
}

/** The style of the old collection where the new value is of its kind; an empty `{}` has none. */
function sameKindStyle(old: YamlNode, value: Writable): 'block' | 'flow' | undefined {
  if (!isSameKind(old, value) || old.entries.length === 0) return undefined;
  return old.style === 'block' ? 'block' : 'flow';
}

function isSameKind(old: YamlNode, value: Writable): old is YamlCollection {
  return isCollection(value) && old.kind === (Array.isArray(value) ? 'seq' : 'map');
}

/** Keeps a trailing comment in its column where that looks meant: far from its value, or below or above another one. */
function keptColumn(text: string, cut: Cut): Cut[] {
  const rest = text.slice(cut.end, lineEnd(text, cut.end));
  const gap = /^[ \t]*(?=#|$)/.exec(rest)?.[0] ?? '';
  // Readers disagree on tabs behind the header of a block scalar.
  if (cut.text.startsWith('|') && gap.includes('\t')) {
    return [{ start: cut.end, end: cut.end + gap.length, text: '  ' }];
  }
  if (gap.length === rest.length) return [];
  if (gap.length < 2 || text.slice(cut.start, cut.end).includes('\n')) return [];
  const at = column(text, cut.end) + gap.length;
  const start = lineStart(text, cut.start);
  const end = lineEnd(text, cut.end);
  const before = start > 1 ? text.slice(lineStart(text, start - 1), start) : '';
  const after = text
    .slice(end)
    .replace(/^\r?\n/, '')
    .slice(0, at + 2);
  const isAligned = [before, after].some((line) => /^[^#]*\s$/.test(line.slice(0, at)) && line[at] === '#');
  if (!isAligned && gap.length < 3) return [];
  const width = gap.length - (cut.text.length - (cut.end - cut.start));
  return [
    { start: cut.end, end: cut.end + gap.length, text: ' '.repeat(Math.max(width, isAligned ? 1 : 2)) },
  ];
}
