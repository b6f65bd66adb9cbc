import type { Mark } from '../comment.ts';
import { formatPath } from '../path.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import { annotate, annotateLines } from '../hash-comment.ts';
import { hasOwnLine } from '../listed.ts';
import { isBlock, placeOf, resolved } from './tree.ts';
import type { YamlDocument } from './document.ts';
import { locate } from './locate.ts';
import type { Slot, YamlNode } from './tree.ts';

/**
 * Marks what was just written at `path`: its own line in full, and in short the further lines from the entry at
 * `path[0..top]` down.
 */
export function markPath(
  session: Session<YamlDocument>,
  path: ConfigPath,
  mark: Mark,
  top = path.length,
): void {
  const { root, text } = session.document;
  const slot = locate(root, path)?.slot;
  const topSlot = locate(root, path.slice(0, top))?.slot;
  if (slot === undefined || topSlot === undefined) return;
  const main = mainOffset(slot, text);
  if (slot.container.style !== 'block') {
    annotate(session, main, mark, labelOf(session.document, path, slot));
  } else if (mark.kind === 'kept') {
    annotate(session, main, mark);
  } else {
    annotateLines(session, { start: topSlot.entry.start, end: topSlot.entry.value.end, main }, mark);
  }
}

/** The line that a comment on this entry belongs to. */
function mainOffset({ entry }: Slot, text: string): number {
  const { value } = entry;
  const isLiteral = value.kind === 'scalar' && value.style === 'block';
  if (isLiteral) return value.headerEnd;
  const isBelow = isBlock(value) && text.slice(entry.mark, value.start).includes('\n');
  if (isBelow) return entry.mark;
  return isBlock(value) ? value.start : value.end;
}

/** Where the line of an entry is found again after its value was replaced. */
export function lineOffset({ container, entry }: Slot): number {
  return container.style === 'block' ? entry.mark : entry.value.start;
}

/** The name of an entry that shares its line with others: its path from the nearest key that has its own lines. */
export function labelOf(document: YamlDocument, path: ConfigPath, slot: Slot): string {
  if (slot.container.style === 'block' || hasOwnLine(document.text, placeOf(slot.entry))) return '';
  let depth = path.length - 1;
  while (depth > 0 && !isBlock(nodeAt(document, path.slice(0, depth)))) depth--;
  return formatPath(
    path.slice(typeof path[depth] === 'number' && depth < path.length - 1 ? depth + 1 : depth),
  );
}

function nodeAt(document: YamlDocument, path: ConfigPath): YamlNode {
  return resolved(locate(document.root, path)?.node ?? document.root);
}
