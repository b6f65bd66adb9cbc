import { markText, shortMark } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { lineBreak, lineEnd, nextLine } from '../lines.ts';
import { insertListed } from '../listed.ts';
import { emptyMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { YamlDocument } from './document.ts';
import { indentOf, layoutOf } from './layout.ts';
import { approach } from './locate.ts';
import { markPath } from './mark-path.ts';
import { placeValue } from './place-value.ts';
import { renderBehindDash, renderBelowKey, renderFlow, renderKey, renderLiteral } from './render.ts';
import type { Rendered, Writable } from './render.ts';
import { isBlock, isCollection, listedOf } from './tree.ts';
import type { YamlCollection, YamlNode, YamlScalar } from './tree.ts';

/** Writes a new key, or a new item before the list position at the end of `path`. The parent stands at its own place. */
export function insertHere(
  session: Session<YamlDocument>,
  path: ConfigPath,
  value: Writable,
  mark: Mark,
): void {
  const { document } = session;
  const near = parentOf(document, path);
  const key = path[near.depth] as string | number;
  const inner = nested(path.slice(near.depth + 1), value);
  const parent = near.node;
  if (isCollection(parent) && !isBarePlace(document, near.slot, parent)) {
    if (parent.style === 'block') {
      const depth = path.length - 1 - near.depth;
      session.change(blockInsertion(document, parent, key, inner, { mark, depth }));
      return;
    }
    session.change(flowInsertion(document, parent, key, inner));
  } else if (near.slot !== undefined) {
    const style = near.slot.container.style === 'block' ? 'block' : 'flow';
    session.change(placeValue(document, near.slot, nested([key], inner), { style }));
  }
  markPath(session, path, mark, near.depth + 1);
}

/** The deepest node on `path` that exists and can hold the rest. */
export function parentOf(document: YamlDocument, path: ConfigPath): ReturnType<typeof approach> {
  return approach(document.root, path.slice(0, -1));
}

function nested(path: ConfigPath, value: Writable): Writable {
  return path.reduceRight<Writable>((inner, key) => {
    if (typeof key === 'number') return [inner];
    return Object.assign(emptyMapping() as Record<string, Writable>, { [key]: inner });
  }, value);
}

/** Collections that are better written anew than added to: `{}` where a block can stand, a pair without braces. */
function isBarePlace(
  document: YamlDocument,
  slot: ReturnType<typeof approach>['slot'],
  parent: YamlCollection,
): boolean {
  const isPair = parent.style === 'pair';
  const isEmpty =
    parent.entries.length === 0 && /^(?:\{ *\}|\[ *\])$/.test(document.text.slice(parent.start, parent.end));
  return (
    slot !== undefined && !isPair && isEmpty && slot.container.style === 'block' && parent.kind === 'map'
  );
}

function flowInsertion(
  document: YamlDocument,
  parent: YamlCollection,
  key: string | number,
  value: Writable,
): Cut[] {
  if (parent.kind === 'seq') {
    return insertListed(document.text, listedOf(parent, document.text), Number(key), renderFlow(value));
  }
  const isFirst = parent.entries.length === 0 && isCollection(document.root);
  const siblings = siblingsOf(isFirst ? document.root : parent, document.text);
  const isJson = siblings.length > 0 && siblings.every((name) => name.startsWith('"'));
  const rendered = renderFlow(value, isJson ? '"' : '');
  const text = `${renderKey(String(key), siblings)}: ${rendered}`;
  if (parent.style !== 'pair') {
    return insertListed(document.text, listedOf(parent, document.text), parent.entries.length, text);
  }
  return [
    { start: parent.start, end: parent.start, text: '{' },
    { start: parent.end, end: parent.end, text: `, ${text}}` },
  ];
}

/** The keys of a mapping as they are spelled. */
function siblingsOf(parent: YamlCollection, text: string): string[] {
  return parent.kind === 'map'
    ? parent.entries.map(({ keyNode }) => text.slice(keyNode.start, keyNode.end))
    : [];
}

/** Blocks are set apart by blank lines where the others are. */
function isSpaced(parent: YamlCollection, text: string): boolean {
  const blocks = parent.entries.slice(1).filter((entry) => isBlock(entry.value));
  return (
    blocks.length > 0 &&
    blocks.every((entry) =>
      /\n[ \t]*\r?\n(?:[ \t]*#.*\n)*[ \t]*$/.test(text.slice(0, entry.start).slice(-2000)),
    )
  );
}

interface Marking {
  mark: Mark;
  /** How many of the keys that are written lead to the one that the mark is about. */
  depth: number;
}

/** Lines of their own, each with its mark. */
function blockInsertion(
  document: YamlDocument,
  parent: YamlCollection,
  key: string | number,
  value: Writable,
  marking: Marking,
): Cut[] {
  const { text, root } = document;
  const indent = indentOf(parent, text);
  const layout = layoutOf(root, text);
  const isList = parent.kind === 'seq';
  const unit = isList ? 2 : layout.unit;
  const literal =
    typeof value === 'string' ? renderLiteral(value, indent, unit, text.endsWith('\n')) : undefined;
  const below = isList ? renderBehindDash(value, indent, layout) : renderBelowKey(value, indent, layout);
  const { head, body }: Rendered = literal ?? below;
  const name = isList ? '-' : `${renderKey(String(key), siblingsOf(parent, text))}:`;
  // The first key of a mapping stands on the line of its dash.
  const main = isList ? Math.max(marking.depth - 1, 0) : marking.depth;
  const first = head === '' ? name : `${name} ${head}`;
  const lines =
    literal === undefined
      ? marked([first, ...body], main, marking.mark)
      : [...marked([first], 0, marking.mark), ...body];
  const pad = ' '.repeat(indent);
  const eol = lineBreak(text, parent.start);
  const index = isList ? Number(key) : parent.entries.length;
  const next = parent.entries[0];
  if (index === 0 && next !== undefined) {
    return [{ start: next.start, end: next.start, text: `${lines.join(eol)}${eol}${pad}` }];
  }
  const previous = parent.entries[index - 1]?.value ?? parent;
  const end = endOfEntry(document, previous.end, indent);
  // A blank line would become content of a block scalar above (`|+`).
  const canSpace = literal === undefined && body.length > 0 && lastScalar(previous)?.style !== 'block';
  const gap = canSpace && isSpaced(parent, text) ? eol : '';
  return [...closedLiteral(text, previous), { start: end, end, text: gap + eol + pad + lines.join(eol) }];
}

function marked(lines: readonly string[], main: number, mark: Mark): string[] {
  return lines.map((line, index) => {
    if (index === main) return `${line}  # ${markText(mark)}`;
    return mark.kind === 'kept' ? line : `${line}  # ${shortMark(mark)}`;
  });
}

/** The end of the last line that belongs to an entry: comments below it that stand deeper than its key are its own. */
function endOfEntry(document: YamlDocument, offset: number, indent: number): number {
  const { text } = document;
  const comments = new Set(document.comments.map((comment) => comment.start));
  let end = lineEnd(text, offset);
  for (let at = nextLine(text, end); at < text.length; at = nextLine(text, at)) {
    const content = at + (/^[ \t]*/.exec(text.slice(at, lineEnd(text, at)))?.[0].length ?? 0);
    const isBlank = content === lineEnd(text, at);
    if (!isBlank && (!comments.has(content) || content - at <= indent)) break;
    if (!isBlank) end = lineEnd(text, at);
  }
  return end;
}

/** A block scalar that ends the file without a line break would gain one: `|` becomes `|-`. */
function closedLiteral(text: string, node: YamlNode): Cut[] {
  const last = lastScalar(node);
  if (last?.style !== 'block' || last.end !== text.length) return [];
  const header = text.slice(last.start, last.headerEnd);
  return [{ start: last.start, end: last.headerEnd, text: `${header.replace(/[+-]/, '')}-` }];
}

function lastScalar(node: YamlNode): YamlScalar | undefined {
  if (isCollection(node)) {
    const last = node.entries.at(-1);
    return last === undefined ? undefined : lastScalar(last.value);
  }
  return node.kind === 'scalar' ? node : undefined;
}
