import type { Mark } from '../comment.ts';
import { annotate, annotateLines } from '../hash-comment.ts';
import { hasOwnLine } from '../listed.ts';
import { formatPath } from '../path.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import { locate } from './document.ts';
import type { TomlDocument } from './document.ts';
import { sectionsOf } from './sections.ts';
import { endOf } from './tree.ts';

/** Marks what was written at `path` in full, and in short the other lines of the sections made for it. */
export function markToml(
  session: Session<TomlDocument>,
  path: ConfigPath,
  mark: Mark,
  made?: { path: ConfigPath; isExact: boolean },
): void {
  const { document } = session;
  const main = offsetOf(document, path);
  if (main === undefined) return;
  const sections =
    made === undefined
      ? []
      : sectionsOf(document, made.path).filter(
          (section) => !made.isExact || section.path.length === made.path.length,
        );
  const [first] = sections;
  if (first === undefined) {
    annotate(session, main, mark, labelOf(document, path));
    return;
  }
  const end = Math.max(...sections.map(endOf));
  annotateLines(session, { start: first.start, end, main }, mark);
}

/** The end of the value, or the header of a table. */
function offsetOf({ root }: TomlDocument, path: ConfigPath): number | undefined {
  const found = locate(root, path);
  if (found === undefined) return undefined;
  const { node, pair } = found;
  if (pair !== undefined) return pair.value.end;
  if (node.kind === 'tables') return node.items[0]?.start;
  return node.kind === 'table' && node.style !== 'inline' ? node.start : node.end;
}

/** The name of what shares its line with others: its path below the key that begins the line. */
export function labelOf({ root, text }: TomlDocument, path: ConfigPath): string {
  const found = locate(root, path);
  const isItem = found?.parent?.kind === 'array';
  if (found === undefined || !('end' in found.node)) return '';
  if (isItem ? hasOwnLine(text, found.node) : found.pair?.holder.kind !== 'braces') return '';
  for (let depth = path.length - 1; depth > 0; depth--) {
    const isOwnLine = locate(root, path.slice(0, depth))?.pair?.holder.kind === 'section';
    if (isOwnLine) return formatPath(path.slice(depth - 1));
  }
  return formatPath(path);
}
