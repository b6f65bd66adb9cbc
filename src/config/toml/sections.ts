import { lineStart } from '../lines.ts';
import type { ConfigPath } from '../path.ts';
import type { TomlDocument } from './document.ts';
import type { TomlSection } from './tree.ts';

export function startsWith(path: ConfigPath, prefix: ConfigPath): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => String(path[index]) === String(key));
}

/** The sections that define the table or list of tables at `path`, and what is below it. */
export function sectionsOf(document: TomlDocument, path: ConfigPath): TomlSection[] {
  return document.sections.filter((section) => section.path.length > 0 && startsWith(section.path, path));
}

/** Where the comment lines that stand directly above `offset` begin. */
export function aboveComments({ text, comments }: TomlDocument, offset: number): number {
  const starts = new Set(comments.map((comment) => comment.start));
  let start = lineStart(text, offset);
  for (;;) {
    const previous = start > 1 ? lineStart(text, start - 1) : start;
    const content = previous + (/^[ \t]*/.exec(text.slice(previous, start))?.[0].length ?? 0);
    if (previous === start || !starts.has(content)) return start;
    start = previous;
  }
}
