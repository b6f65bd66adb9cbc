import { markText, shortMark } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { lineEnd, lineStart, nextLine } from '../lines.ts';
import type { Session } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { JsonDocument } from './document.ts';

/** Marks the lines from `start` to `end`: the first in full. Files without comments stay without. */
export function annotateJson(
  session: Session<JsonDocument>,
  range: { start: number; end: number; main: number },
  mark: Mark,
  label = '',
): void {
  const { document } = session;
  if (!document.hasComments) return;
  const main = lineStart(document.text, range.main);
  const cuts: Cut[] = [commentCut(document, range.main, markText(mark, label))];
  for (let at = lineStart(document.text, range.start); at <= range.end; at = nextLine(document.text, at)) {
    const isClosing = /^[\s\]},]*$/.test(document.text.slice(at, lineEnd(document.text, at)));
    if (at !== main && !isClosing) cuts.push(commentCut(document, at, shortMark(mark)));
    if (nextLine(document.text, at) === document.text.length) break;
  }
  session.change(cuts);
}

function commentCut({ text, comments }: JsonDocument, offset: number, words: string): Cut {
  let end = lineEnd(text, offset);
  const open = comments.find((comment) => comment.isBlock && comment.start < end && end < comment.end);
  if (open !== undefined) end = lineEnd(text, open.end);
  const existing = comments.find(
    (comment) => !comment.isBlock && comment.start < end && end <= comment.end + 1,
  );
  const content = text.slice(lineStart(text, end), end).trimEnd();
  const start = lineStart(text, end) + content.length;
  const isEmpty = existing !== undefined && text.slice(existing.start, end).trim() === '//';
  const joint = existing === undefined ? '  // ' : isEmpty ? ' ' : ' | ';
  return { start, end, text: joint + words };
}
