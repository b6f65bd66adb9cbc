import { annotate } from '../hash-comment.ts';
import type { Session } from '../rewrite.ts';
import type { YamlDocument } from './document.ts';
import { lineOffset } from './mark-path.ts';
import { keptMark, replaceAlias } from './own.ts';
import { spelledCopy } from './spelled.ts';
import { visit } from './tree.ts';
import type { Slot, YamlAlias, YamlNode } from './tree.ts';

/**
 * Before the text from `start` to `end` goes: every alias outside of it that stands for an anchor in it keeps its
 * value, by moving the anchor to the first of them. Returns the names of the anchors that moved.
 */
export function releaseAnchors(session: Session<YamlDocument>, start: number, end: number): Set<string> {
  const moved = new Set<string>();
  for (;;) {
    const next = firstUser(session.document, start, end);
    if (next === undefined) return moved;
    moved.add(next.alias.name);
    const { document } = session;
    const value = spelledCopy(next.alias, document);
    replaceAlias(session, next.slot, value, next.alias.name);
    annotate(session, lineOffset(next.slot), keptMark(next.alias.name, 'the anchor moved here'));
  }
}

/** The first alias after the region whose anchor is in it, and is not defined again in between. */
function firstUser(
  document: YamlDocument,
  start: number,
  end: number,
): { alias: YamlAlias; slot: Slot } | undefined {
  const inside = (node: YamlNode): boolean =>
    Math.min(node.props.start, node.start) >= start && node.end <= end;
  let found: { alias: YamlAlias; slot: Slot } | undefined;
  visit(document.root, (node, slot) => {
    const isUser = found === undefined && slot !== undefined && node.kind === 'alias' && !inside(node);
    if (isUser && inside(node.target)) found = { alias: node, slot };
  });
  return found;
}
