import { markText, oneLine } from '../comment.ts';
import type { Mark } from '../comment.ts';
import { annotate, commentBehind } from '../hash-comment.ts';
import { lineEnd } from '../lines.ts';
import { canBeCommentLine, rangeOfListed } from '../listed.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import type { Cut } from '../splices.ts';
import type { YamlDocument } from './document.ts';
import { locate } from './locate.ts';
import { labelOf, lineOffset } from './mark-path.ts';
import { placeValue } from './place-value.ts';
import { listedOf, placeOf, slotOf } from './tree.ts';
import type { Slot } from './tree.ts';

/** Takes the entry at `path` out and leaves a comment in its place. It stands at its own place. */
export function removeHere(session: Session<YamlDocument>, path: ConfigPath, mark: Mark): void {
  const { document } = session;
  const slot = locate(document.root, path)?.slot;
  if (slot === undefined) return;
  const { container, entry } = slot;
  const key = path.at(-1);
  const isOnly = container.entries.length === 1;
  if (isOnly && !isLoneLine(document, slot)) emptyParent(session, path, slot, mark);
  else if (container.style === 'block') {
    const old = commentBehind(document, entry.value.end);
    const text = `# ${markText(mark, container.kind === 'map' ? oneLine(String(key)) : '')}${old}`;
    const cut = { start: entry.start, end: lineEnd(document.text, entry.value.end), text };
    const outer = isOnly ? slotOf(document.root, container) : undefined;
    session.change(outer === undefined ? [cut] : [cut, emptied(outer)]);
  } else {
    removeFromFlow(session, path, slot, mark);
  }
}

/** The last entry of a collection can leave a comment line behind when that line can stay as it is. */
function isLoneLine({ root, text }: YamlDocument, slot: Slot): boolean {
  const { container, entry } = slot;
  if (container.style !== 'block') return canBeCommentLine(text, listedOf(container, text), placeOf(entry));
  const outer = slotOf(root, container);
  return outer !== undefined && text.slice(outer.entry.mark, entry.start).includes('\n');
}

/** `{}` behind the key whose block has lost its last entry. */
function emptied({ entry }: Slot): Cut {
  const { value } = entry;
  const at = value.props.end > value.props.start ? value.props.end : entry.mark;
  return { start: at, end: at, text: ` ${value.kind === 'seq' ? '[]' : '{}'}` };
}

/** A collection cannot end up with nothing in it: it becomes `{}` or `[]`. */
function emptyParent(session: Session<YamlDocument>, path: ConfigPath, slot: Slot, mark: Mark): void {
  const { document } = session;
  const { container, entry } = slot;
  const outer = slotOf(document.root, container);
  const key = container.kind === 'map' ? `${path.at(-1)}: ` : '';
  const named: Mark = { ...mark, from: key + mark.from };
  if (outer !== undefined) {
    session.change(placeValue(document, outer, container.kind === 'map' ? {} : []));
    annotate(session, lineOffset(outer), named, labelOf(document, path.slice(0, -1), outer));
    return;
  }
  const isFlow = container.style === 'flow';
  const start = isFlow ? container.start : entry.start;
  const end = isFlow ? container.end : lineEnd(document.text, entry.value.end);
  session.change([{ start, end, text: '{}' }]);
  annotate(session, start, named);
}

function removeFromFlow(session: Session<YamlDocument>, path: ConfigPath, slot: Slot, mark: Mark): void {
  const { document } = session;
  const { text } = document;
  const { container, entry } = slot;
  const list = listedOf(container, text);
  const label = container.kind === 'map' ? oneLine(String(path.at(-1))) : '';
  if (canBeCommentLine(text, list, placeOf(entry))) {
    const comment = `# ${markText(mark, label)}${commentBehind(document, entry.value.end)}`;
    session.change([
      { start: entry.start, end: lineEnd(text, entry.comma ?? entry.value.end), text: comment },
    ]);
    return;
  }
  const name = labelOf(document, path, slot) || label;
  const range = rangeOfListed(
    text,
    list,
    container.entries.findIndex((other) => other === entry),
  );
  session.change([{ ...range, text: '' }]);
  annotate(session, range.start, mark, name);
}
