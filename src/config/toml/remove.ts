import { markText } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { annotate, commentBehind } from '../hash-comment.ts';
import { lineEnd, lineStart, nextLine } from '../lines.ts';
import { canBeCommentLine, rangeOfListed } from '../listed.ts';
import type { Listed } from '../listed.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import { locate } from './document.ts';
import type { TomlDocument } from './document.ts';
import { labelOf } from './mark.ts';
import { renderKey } from './render.ts';
import { sectionsOf, startsWith } from './sections.ts';
import { endOf } from './tree.ts';
import type { TomlBraces, TomlPair } from './tree.ts';

/** Takes out what stands at `path`, and leaves a comment in its place unless `mark` is undefined. */
export function removeToml(session: Session<TomlDocument>, path: ConfigPath, mark: Mark | undefined): void {
  const { document } = session;
  const found = locate(document.root, path);
  if (found === undefined) return;
  const { node, parent, pair } = found;
  if (parent?.kind === 'array') {
    const entries = parent.items.map(({ value, comma }) => ({ ...placeOf(value), comma }));
    const list = { start: parent.start, end: parent.end, entries };
    removeListed(session, list, Number(path.at(-1)), path, mark);
    return;
  }
  const isDotted = node.kind === 'table' && node.style === 'dotted';
  const holder = pair?.holder ?? (isDotted ? node.holder : undefined);
  if (holder === undefined) {
    removeSections(session, path, mark);
    return;
  }
  const pairs =
    pair === undefined && isDotted ? holder.pairs.filter((own) => startsWith(own.keys, node.prefix)) : [pair];
  const own = pairs.filter((item): item is TomlPair => item !== undefined);
  if (holder.kind === 'section') removeLines(session, own, path, mark);
  else removeFromBraces(session, holder, own, path, mark);
}

function placeOf(node: object): { start: number; end: number } {
  return 'start' in node && 'end' in node
    ? { start: Number(node.start), end: Number(node.end) }
    : { start: 0, end: 0 };
}

function removeLines(
  session: Session<TomlDocument>,
  pairs: readonly TomlPair[],
  path: ConfigPath,
  mark: Mark | undefined,
): void {
  const { document } = session;
  const cuts = pairs.map(({ start, value }, index) =>
    index === 0 && mark !== undefined
      ? { start, end: lineEnd(document.text, value.end), text: comment(document, path, mark, value.end) }
      : wholeLines(document.text, start, value.end),
  );
  session.change(cuts);
}

/** Pairs of one dotted table go one after the other, since they share commas. */
function removeFromBraces(
  session: Session<TomlDocument>,
  holder: TomlBraces,
  pairs: readonly TomlPair[],
  path: ConfigPath,
  mark: Mark | undefined,
): void {
  const [first] = pairs;
  if (first === undefined) return;
  const entries = holder.pairs.map((pair) => ({ start: pair.start, end: pair.value.end, comma: pair.comma }));
  const list = { start: holder.start, end: holder.end, entries };
  const isLast = pairs.length === 1;
  removeListed(session, list, holder.pairs.indexOf(first), path, isLast ? mark : undefined);
  if (!isLast) removeToml(session, path, mark);
}

function removeListed(
  session: Session<TomlDocument>,
  list: Listed,
  index: number,
  path: ConfigPath,
  mark: Mark | undefined,
): void {
  const { document } = session;
  const { text } = document;
  const entry = list.entries[index];
  if (entry === undefined) return;
  if (mark !== undefined && canBeCommentLine(text, list, entry)) {
    const end = lineEnd(text, entry.comma ?? entry.end);
    session.change([{ start: entry.start, end, text: comment(document, path, mark, entry.end) }]);
    return;
  }
  const label = labelOf(document, path);
  const isOnly = list.entries.length === 1 && text.slice(list.start, list.end).indexOf('#') === -1;
  const range = isOnly ? { start: list.start + 1, end: list.end - 1 } : rangeOfListed(text, list, index);
  session.change([{ ...range, text: '' }]);
  if (mark !== undefined) annotate(session, range.start, mark, label);
}

/** Sections go with their headers and the comments in them. */
function removeSections(session: Session<TomlDocument>, path: ConfigPath, mark: Mark | undefined): void {
  const { document } = session;
  const { text } = document;
  const cuts = sectionsOf(document, path).map((section, index): Cut => {
    const end = endOf(section);
    if (index > 0 || mark === undefined) return wholeLines(text, section.start, end);
    return {
      start: section.start,
      end: lineEnd(text, end),
      text: comment(document, path, mark, section.headerEnd),
    };
  });
  session.change(cuts);
}

/** With the blank line after them where there is one before them too. */
function wholeLines(text: string, start: number, end: number): Cut {
  const from = lineStart(text, start);
  const to = nextLine(text, end);
  const isBlank = (at: number): boolean =>
    at < text.length && text.slice(at, lineEnd(text, at)).trim() === '';
  const isAfterBlank = from <= 1 || isBlank(lineStart(text, from - 1));
  return { start: from, end: isAfterBlank && isBlank(to) ? nextLine(text, to) : to, text: '' };
}

/** Named as it was written: with the keys before it where they were dotted. */
function comment(document: TomlDocument, path: ConfigPath, mark: Mark, end: number): string {
  const found = locate(document.root, path);
  const prefix = found?.node.kind === 'table' && found.node.style === 'dotted' ? found.node.prefix : [];
  const key = path.at(-1);
  const keys = found?.pair?.keys ?? (prefix.length > 0 ? prefix : typeof key === 'string' ? [key] : []);
  return `# ${markText(mark, keys.map(renderKey).join('.'))}${commentBehind(document, end)}`;
}
