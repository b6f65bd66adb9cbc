import { annotate } from '../hash-comment.ts';
import type { Mark } from '../comment.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import { lineBreak, lineEnd } from '../lines.ts';
import type { Cut } from '../splices.ts';
import type { YamlDocument } from './document.ts';
import { insertHere } from './insert.ts';
import { indentOf } from './layout.ts';
import { approach } from './locate.ts';
import type { Hop } from './locate.ts';
import { lineOffset } from './mark-path.ts';
import { placeValue } from './place-value.ts';
import type { Writable } from './render.ts';
import { spelledCopy } from './spelled.ts';
import { visit } from './tree.ts';
import type { Slot, YamlAlias } from './tree.ts';

export type OwnMode =
  /** Values may stay inherited next to what changes. */
  | 'add'
  /** Every key must really stand there, so that it can be taken away. */
  | 'copy';

/** Gives the collection at `path` a place of its own in the text, so that an edit in it changes nothing elsewhere. */
export function makeOwn(session: Session<YamlDocument>, path: ConfigPath, mode: OwnMode): void {
  for (;;) {
    const { document } = session;
    const found = approach(document.root, path);
    const hop = found.hops.find((step) => isShared(step));
    if (hop?.kind === 'merge') copyDown(session, path.slice(0, hop.depth + 1), hop);
    else if (hop !== undefined) detach(session, hop.slot, mode);
    else if (found.node.kind === 'alias' && found.slot !== undefined) {
      detach(session, found.slot, mode);
    } else return;
  }
}

/** Mappings written out behind `<<` belong to the mapping they stand in; aliases do not. */
export function isShared(hop: Hop): boolean {
  return hop.kind === 'alias' || hop.source.kind === 'alias';
}

/** Repeats an inherited key in the mapping that merges it. */
function copyDown(session: Session<YamlDocument>, path: ConfigPath, hop: Hop & { kind: 'merge' }): void {
  const found = approach(session.document.root, path);
  const name = hop.source.kind === 'alias' ? hop.source.name : '';
  insertHere(session, path, spelledCopy(found.node, session.document), keptMark(name, 'as inherited'));
}

/** Replaces an alias by a copy of what it stands for. */
export function detach(session: Session<YamlDocument>, slot: Slot, mode: OwnMode): void {
  const { document } = session;
  const alias = slot.entry.value as YamlAlias;
  const canMerge = mode === 'add' && alias.target.kind === 'map' && usesMerge(document);
  if (canMerge) session.change(mergeInstead(document, slot, alias));
  else replaceAlias(session, slot, spelledCopy(alias, document));
  annotate(session, lineOffset(slot), keptMark(alias.name, 'a copy of its own'));
}

export function replaceAlias(
  session: Session<YamlDocument>,
  slot: Slot,
  value: Writable,
  anchor?: string,
): void {
  const { document } = session;
  const style = slot.container.style === 'block' && slot.entry.isMerge !== true ? 'block' : 'flow';
  session.change(placeValue(document, slot, value, { style, ...(anchor === undefined ? {} : { anchor }) }));
}

export function keptMark(name: string, why: string): Mark {
  return { kind: 'kept', from: name === '' ? '' : `was *${name}`, why };
}

function usesMerge(document: YamlDocument): boolean {
  let isUsed = false;
  visit(document.root, (node) => {
    if (node.kind === 'map' && node.entries.some((entry) => entry.isMerge)) isUsed = true;
  });
  return isUsed;
}

/** `opt: *base` → `opt:` with `<<: *base` below, ready for keys of its own. */
function mergeInstead(document: YamlDocument, { container, entry }: Slot, alias: YamlAlias): Cut[] {
  const { text } = document;
  const merge = `<<: *${alias.name}`;
  if (container.style !== 'block') return [{ start: alias.start, end: alias.end, text: `{${merge}}` }];
  if (container.kind === 'seq') return [{ start: alias.start, end: alias.end, text: merge }];
  const pad = ' '.repeat(indentOf(container, text) + 2);
  return [
    { start: entry.mark, end: alias.end, text: '' },
    {
      start: lineEnd(text, alias.end),
      end: lineEnd(text, alias.end),
      text: lineBreak(text, alias.end) + pad + merge,
    },
  ];
}
