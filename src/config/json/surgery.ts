import { markText } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { lineEnd, lineStart } from '../lines.ts';
import { emptyMapping } from '../lookup.ts';
import { formatPath } from '../path.ts';
import type { ConfigPath } from '../path.ts';
import type { Session, Surgery } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { Step } from '../steps.ts';
import type { ConfigValue } from '../value.ts';
import { annotateJson } from './annotate.ts';
import { nodeAt, parseJson, slotAt } from './document.ts';
import type { JsonDocument, JsonSlot } from './document.ts';
import { indentAt, isMultiLine, layoutOf, renderJson } from './render.ts';
import type { JsonCollection } from './tree.ts';

/** How JSON text is changed. */
export const jsonSurgery: Surgery<JsonDocument> = {
  parse: parseJson,
  isDivisible(document, path) {
    const node = nodeAt(document.root, path);
    return node !== undefined && node.kind !== 'scalar' && isMultiLine(node, document.text);
  },
  perform(session, step, mark) {
    if (step.op === 'insert') insert(session, step, mark);
    else if (step.op === 'set') set(session, step, mark);
    else remove(session, step.path, mark);
  },
};

type JsonSession = Session<JsonDocument>;

function set(session: JsonSession, { path, value }: Step, mark: Mark): void {
  const { document } = session;
  const slot = slotAt(document.root, path);
  if (slot === undefined) return;
  const { text, file } = document;
  const old = slot.entry.value;
  const rendered = renderJson(value, indentAt(text, slot.entry.start), layoutOf(document), {
    isMultiLine:
      hasLines(document, slot.container) &&
      (old.kind === 'scalar' || old.entries.length === 0 || isMultiLine(old, text)),
    like: text.slice(old.start, old.end),
    file,
  });
  session.change([{ start: old.start, end: old.end, text: rendered }]);
  markEntry(session, path, mark);
}

function insert(session: JsonSession, { path, value }: Step, mark: Mark): void {
  const { document } = session;
  let depth = path.length - 1;
  while (nodeAt(document.root, path.slice(0, depth)) === undefined) depth--;
  const parent = nodeAt(document.root, path.slice(0, depth));
  const key = path[depth] as string | number;
  const inner = nested(path.slice(depth + 1), value);
  if (parent === undefined || parent.kind === 'scalar') {
    const whole = Object.assign(emptyMapping(), { [key]: inner });
    set(session, { op: 'set', path: path.slice(0, depth), value: whole, mark }, mark);
    return;
  }
  session.change(insertion(document, parent, key, inner));
  markEntry(session, path, mark, path.slice(0, depth + 1));
}

function nested(path: ConfigPath, value: ConfigValue): ConfigValue {
  return path.reduceRight<ConfigValue>((inner, key) => {
    return typeof key === 'number' ? [inner] : Object.assign(emptyMapping(), { [key]: inner });
  }, value);
}

function insertion(
  document: JsonDocument,
  parent: JsonCollection,
  key: string | number,
  value: ConfigValue,
): Cut[] {
  const { text, file } = document;
  const layout = layoutOf(document);
  const name = parent.kind === 'array' ? '' : JSON.stringify(String(key)) + layout.colon;
  const index = parent.kind === 'array' ? Number(key) : parent.entries.length;
  const last = parent.entries.at(-1);
  const isLined = hasLines(document, parent);
  const entryAt = (indent: string): string =>
    name + renderJson(value, indent, layout, { isMultiLine: isLined, file });
  if (last === undefined) {
    const outer = indentAt(text, parent.start);
    const isBlank = text.slice(parent.start + 1, parent.end - 1).trim() === '';
    const end = isBlank ? parent.end - 1 : parent.start + 1;
    const entry = entryAt(outer + layout.unit);
    const lines = layout.eol + outer + layout.unit + entry + (isBlank ? layout.eol + outer : '');
    return [{ start: parent.start + 1, end, text: isLined ? lines : entry }];
  }
  const next = parent.entries[index];
  const example = next ?? last;
  const indent = indentAt(text, example.start);
  const startsLine = text.slice(lineStart(text, example.start), example.start).trim() === '';
  const entry = entryAt(indent);
  if (next !== undefined) {
    const joint = startsLine ? `,${layout.eol}${indent}` : layout.comma;
    return [{ start: next.start, end: next.start, text: entry + joint }];
  }
  const after = last.comma === undefined ? last.value.end : last.comma + 1;
  const lineRest = text.slice(after, lineEnd(text, after));
  const endsLine = /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(lineRest);
  const at = (offset: number, piece: string): Cut => ({ start: offset, end: offset, text: piece });
  if (startsLine && endsLine) {
    const line = layout.eol + indent + entry;
    const end = lineEnd(text, after);
    return last.comma === undefined ? [at(after, ','), at(end, line)] : [at(end, `${line},`)];
  }
  const joint = startsLine ? layout.eol + indent : layout.comma.slice(1);
  return [at(after, last.comma === undefined ? `,${joint}${entry}` : `${joint}${entry},`)];
}

function remove(session: JsonSession, path: ConfigPath, mark: Mark): void {
  const { document } = session;
  const slot = slotAt(document.root, path);
  if (slot === undefined) return;
  const { text, hasComments } = document;
  const { container, entry } = slot;
  const index = container.entries.indexOf(entry);
  const previous = container.entries[index - 1];
  const isLast = index === container.entries.length - 1;
  const label = entry.key === undefined ? '' : JSON.stringify(entry.key);
  const after = entry.comma === undefined ? entry.value.end : entry.comma + 1;
  const dangling: Cut[] =
    isLast && entry.comma === undefined && previous?.comma !== undefined
      ? [{ start: previous.comma, end: previous.comma + 1, text: '' }]
      : [];
  const ownLines = hasOwnLines(text, slot, after);
  if (hasComments && ownLines) {
    const comment = `// ${markText(mark, label)}${oldWords(document, after)}`;
    session.change([...dangling, { start: entry.start, end: lineEnd(text, after), text: comment }]);
    return;
  }
  if (container.entries.length === 1) {
    const empty = container.kind === 'array' ? '[]' : '{}';
    session.change([{ start: container.start, end: container.end, text: empty }]);
    annotateJson(session, at(container.start), {
      ...mark,
      from: label === '' ? mark.from : `${label}: ${mark.from}`,
    });
    return;
  }
  if (ownLines) {
    // Up to the line before: its line break goes with the entry.
    const start = lineStart(text, entry.start);
    const previousEnd = start > 1 ? start - (text[start - 2] === '\r' ? 2 : 1) : start;
    session.change([...dangling, { start: previousEnd, end: lineEnd(text, after), text: '' }]);
    return;
  }
  const next = container.entries[index + 1];
  const start = isLast && dangling.length > 0 ? (previous?.comma ?? entry.start) : entry.start;
  const blank = /^[ \t]*/.exec(text.slice(after))?.[0].length ?? 0;
  const end = next === undefined ? after : after + blank;
  session.change([{ start, end, text: '' }]);
  annotateJson(session, at(start), mark, formatPath(path));
}

function at(offset: number): { start: number; end: number; main: number } {
  return { start: offset, end: offset, main: offset };
}

/** Nothing but the entry, its comma and a comment stand on its lines. */
function hasOwnLines(text: string, { entry }: JsonSlot, after: number): boolean {
  const before = text.slice(lineStart(text, entry.start), entry.start);
  const rest = text.slice(after, lineEnd(text, after));
  return before.trim() === '' && /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(rest);
}

function oldWords({ text }: JsonDocument, after: number): string {
  const rest = text.slice(after, lineEnd(text, after)).trim();
  const words = rest.replace(/^\/(?:\/+|\*+)|\*+\/$/g, '').trim();
  return words === '' ? '' : ` | ${words}`;
}

/** New entries get lines of their own: where the others have them, and in files that are laid out in lines. */
function hasLines({ text, root }: JsonDocument, container: JsonCollection): boolean {
  return (
    isMultiLine(container, text) ||
    (container.entries.length === 0 && isMultiLine(root, text)) ||
    (container.entries.length === 0 && container === root)
  );
}

function markEntry(session: JsonSession, path: ConfigPath, mark: Mark, top = path): void {
  const { root, text } = session.document;
  const slot = slotAt(root, path);
  const outer = slotAt(root, top);
  if (slot === undefined || outer === undefined) return;
  const { entry } = slot;
  const main = entry.value.kind === 'scalar' ? entry.value.end : entry.value.start;
  const after = entry.comma === undefined ? entry.value.end : entry.comma + 1;
  const isAlone = hasOwnLines(text, slot, after) || isMultiLine(entry.value, text);
  annotateJson(
    session,
    { start: outer.entry.start, end: outer.entry.value.end, main },
    mark,
    isAlone ? '' : formatPath(path),
  );
}
