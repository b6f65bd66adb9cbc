import { column, lineBreak, lineEnd, lineStart } from './lines.ts';
import type { Cut } from './splices.ts';

/** Entries between brackets, with commas: YAML's flow collections, TOML's arrays and inline tables. */
export interface Listed {
  /** Of the opening bracket. */
  start: number;
  /** After the closing bracket. */
  end: number;
  entries: readonly ListedEntry[];
}

export interface ListedEntry {
  start: number;
  end: number;
  /** Offset of the comma behind it. */
  comma: number | undefined;
  /** Its last character must not touch a comma. */
  needsGap?: boolean;
}

/** The cuts that write `added` before the entry at `index`, or as the last one, in the layout of its neighbours. */
export function insertListed(text: string, list: Listed, index: number, added: string): Cut[] {
  const next = list.entries[index];
  const last = list.entries.at(-1);
  if (last === undefined) {
    const isBlank = text.slice(list.start + 1, list.end - 1).trim() === '';
    return [
      isBlank ? { start: list.start + 1, end: list.end - 1, text: added } : insertion(list.start + 1, added),
    ];
  }
  const example = next ?? last;
  const startsLine = text.slice(lineStart(text, example.start), example.start).trim() === '';
  const newLine = lineBreak(text, example.start) + ' '.repeat(column(text, example.start));
  if (next !== undefined) return [insertion(next.start, startsLine ? `${added},${newLine}` : `${added}, `)];

  const gap = last.needsGap === true ? ' ' : '';
  const after = last.comma === undefined ? last.end : last.comma + 1;
  const end = lineEnd(text, after);
  const endsLine = /^[ \t]*(?:#.*)?$/.test(text.slice(after, end));
  if (startsLine && endsLine && end < list.end) {
    return last.comma === undefined
      ? [insertion(last.end, `${gap},`), insertion(end, newLine + added)]
      : [insertion(end, `${newLine + added},`)];
  }
  const joint = startsLine ? newLine : ' ';
  const isOpen = last.comma === undefined;
  return [insertion(after, isOpen ? `${gap},${joint}${added}` : `${joint}${added},`)];
}

/** The range to cut so that the entry at `index` goes with one of its commas. */
export function rangeOfListed(
  text: string,
  { entries }: Listed,
  index: number,
): { start: number; end: number } {
  const entry = entries[index] as ListedEntry;
  const previous = entries[index - 1];
  const after = entry.comma === undefined ? entry.end : entry.comma + 1;
  if (entries[index + 1] !== undefined) {
    return { start: entry.start, end: after + (/^[ \t]*/.exec(text.slice(after))?.[0].length ?? 0) };
  }
  const comma = previous?.comma;
  if (comma === undefined || text.slice(comma, entry.start).includes('\n')) {
    return { start: entry.start, end: after };
  }
  return { start: entry.comma === undefined ? comma : comma + 1, end: after };
}

/** Nothing but the entry, its comma and a comment stand on its lines. */
export function hasOwnLine(text: string, { start, end }: Pick<ListedEntry, 'start' | 'end'>): boolean {
  const before = text.slice(lineStart(text, start), start);
  return before.trim() === '' && /^[ \t]*,?[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
}

/** Whether a comment line can take the place of the entry: it has lines of its own, and the bracket closes below. */
export function canBeCommentLine(text: string, list: Listed, entry: ListedEntry): boolean {
  return hasOwnLine(text, entry) && list.end > lineEnd(text, entry.comma ?? entry.end);
}

function insertion(start: number, text: string): Cut {
  return { start, end: start, text };
}
