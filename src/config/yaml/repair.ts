import { annotate } from '../hash-comment.ts';
import { diffValues } from '../diff.ts';
import { equalValues, getAt } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { Session } from '../rewrite.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import { resolved, slotOf } from './tree.ts';
import type { YamlDocument } from './document.ts';
import { insertHere } from './insert.ts';
import { approach, locate } from './locate.ts';
import type { Hop } from './locate.ts';
import { lineOffset } from './mark-path.ts';
import { isShared, keptMark, replaceAlias } from './own.ts';
import type { Writable } from './render.ts';
import { spelledCopy } from './spelled.ts';
import type { YamlNode } from './tree.ts';
import { valueOf } from './values.ts';

/**
 * An edit inside an anchored value also shows where that value is repeated or merged. This gives the first such place
 * its old value back as its own, and says whether there was one.
 */
export function repair(
  session: Session<YamlDocument>,
  intended: ConfigMapping,
  before: YamlDocument,
): boolean {
  const { document } = session;
  const [difference] = diffValues(document.value, intended, { items: true });
  if (difference === undefined) return false;
  const { path } = difference;
  const found = approach(document.root, path);
  const hop = found.hops.find((step) => isShared(step)) ?? aliasAt(found);
  if (hop?.kind === 'alias') {
    const at = path.slice(0, hop.depth);
    replaceAlias(session, hop.slot, oldCopy(before, at, getAt(intended, at)));
    annotate(session, lineOffset(hop.slot), keptMark(nameOf(hop.slot.entry.value), 'keeps its value'));
    return true;
  }
  const at = path.slice(0, (hop?.depth ?? path.length - 1) + 1);
  const wanted = getAt(intended, at);
  const isMissing = hop === undefined && difference.kind === 'new';
  if ((isMissing || hop !== undefined) && wanted !== undefined) {
    const name = hop === undefined ? undefined : nameOf(hop.source);
    insertHere(session, at, oldCopy(before, at, wanted), keptMark(name ?? '', 'as inherited before'));
    return true;
  }
  return hop !== undefined && narrowMerge(session, hop, at, intended, before);
}

/** The difference may be the alias itself (a list against a shorter one). */
function aliasAt(found: ReturnType<typeof approach>): Hop | undefined {
  if (found.node.kind !== 'alias' || found.slot === undefined) return undefined;
  return { kind: 'alias', depth: found.depth, slot: found.slot };
}

/** A key that must not be inherited: the merged alias becomes a mapping of what shall be. */
function narrowMerge(
  session: Session<YamlDocument>,
  hop: Hop & { kind: 'merge' },
  path: ConfigPath,
  intended: ConfigMapping,
  before: YamlDocument,
): boolean {
  const { root, text, file } = session.document;
  const slot = slotOf(root, hop.source);
  if (slot === undefined) return false;
  const copy: Record<string, Writable> = Object.create(null) as Record<string, Writable>;
  for (const key of Object.keys(valueOf(hop.source, text, file) ?? {})) {
    const at = [...path.slice(0, -1), key];
    const wanted = getAt(intended, at);
    if (wanted !== undefined) copy[key] = oldCopy(before, at, wanted);
  }
  replaceAlias(session, slot, copy);
  annotate(session, lineOffset(slot), keptMark(nameOf(hop.source), `without ${path.at(-1)}`));
  return true;
}

function nameOf(node: YamlNode): string {
  return node.kind === 'alias' ? node.name : '';
}

/** The value as it was spelled before the edit, where it is still the same value there. */
function oldCopy(before: YamlDocument, path: ConfigPath, value: ConfigValue | undefined): Writable {
  const wanted = value ?? null;
  const found = locate(before.root, path);
  if (found === undefined) return wanted;
  const old = valueOf(resolved(found.node), before.text, before.file);
  return equalValues(old, wanted) ? spelledCopy(found.node, before) : wanted;
}
