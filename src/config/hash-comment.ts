import type { ConfigDocument } from './_contract.ts';
import { markText, shortMark } from './comment.ts';
import type { Mark } from './comment.ts';
import { lineEnd, lineStart, nextLine } from './lines.ts';
import type { Session } from './rewrite.ts';
import type { Cut } from './splices.ts';

/** A document whose comments begin with `#` and go to the end of the line (YAML, TOML). */
export interface HashCommented extends ConfigDocument {
  readonly comments: readonly { start: number; end: number }[];
  /** Texts over several lines that no comment may be put into, in the order of the file. */
  readonly opaque: readonly { start: number; end: number }[];
}

/** Marks the line of `offset`, or the nearest line after it whose end can hold a comment. */
export function annotate(session: Session<HashCommented>, offset: number, mark: Mark, label = ''): void {
  const cut = commentCut(session.document, offset, markText(mark, label));
  session.change([cut]);
}

/** Marks `main` in full and the other lines from `start` to `end` in short. */
export function annotateLines(
  session: Session<HashCommented>,
  range: { start: number; end: number; main: number },
  mark: Mark,
): void {
  const { text } = session.document;
  const main = lineStart(text, range.main);
  const cuts: Cut[] = [commentCut(session.document, range.main, markText(mark))];
  for (let at = lineStart(text, range.start); at <= range.end && at < text.length; at = nextLine(text, at)) {
    const end = lineEnd(text, at);
    const isPlain = text.slice(at, end).trim() !== '' && opaqueAt(session.document, end) === undefined;
    if (at !== main && isPlain) cuts.push(commentCut(session.document, at, shortMark(mark)));
    if (nextLine(text, at) === text.length) break;
  }
  session.change(cuts);
}

/** The cut that puts a comment behind the line of `offset`. */
export function commentCut(document: HashCommented, offset: number, comment: string): Cut {
  const { text } = document;
  let end = lineEnd(text, offset);
  for (let scalar = opaqueAt(document, end); scalar !== undefined; scalar = opaqueAt(document, end)) {
    const next = lineEnd(text, Math.min(scalar.end, text.length));
    if (next <= end) break;
    end = next;
  }
  const start = lineStart(text, end);
  const existing = document.comments.find((old) => old.start >= start && old.start < end);
  if (existing !== undefined) {
    const spoken = text.slice(existing.start, end).trimEnd();
    const joint = /^#+$/.test(spoken) ? ' ' : '  # ';
    return { start: existing.start + spoken.length, end, text: joint + comment };
  }
  const content = text.slice(start, end).trimEnd();
  return { start: start + content.length, end, text: `${content.trim() === '' ? '' : '  '}# ${comment}` };
}

/** The scalar over several lines that the line break at `end` belongs to. */
function opaqueAt(document: HashCommented, end: number): { start: number; end: number } | undefined {
  return document.opaque.find((scalar) => scalar.start <= end && end < scalar.end);
}

/** The comment that stands behind `offset` on its line, ready to be appended to another. */
export function commentBehind({ text, comments }: HashCommented, offset: number): string {
  const end = lineEnd(text, offset);
  const old = comments.find((comment) => comment.start >= offset && comment.start < end);
  if (old === undefined) return '';
  const words = text.slice(old.start, end).replace(/^#+/, '').trim();
  return words === '' ? '' : ` | ${words}`;
}
