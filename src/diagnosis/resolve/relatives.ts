import { formatPath, type ConfigPath } from '../../config/path.ts';
import { conceptsOf, normalizeName, type Concept } from '../words/concepts.ts';
import type { Lexicon } from './lexicon.ts';
import type { Slot } from './slots.ts';

/*
 * How slots of a config lie to one another, and to paths that are written a little differently.
 */

export function lastName(slot: Slot): string {
  return slot.names.at(-1) ?? '';
}

/** Whether a slot's key is another name for one of the settings. */
export function isCalled(slot: Slot, concepts: readonly Concept[]): boolean {
  return conceptsOf(lastName(slot)).some((concept) => concepts.includes(concept));
}

function isUnder(slot: Slot, parent: Slot): boolean {
  return slot.path.length > parent.path.length && parent.path.every((key, index) => slot.path[index] === key);
}

/** All slots inside a section. */
export function inside(lexicon: Lexicon, parent: Slot): Slot[] {
  return lexicon.slots.filter((slot) => isUnder(slot, parent));
}

export function childrenOf(lexicon: Lexicon, parent: Slot): Slot[] {
  return lexicon.slots.filter((slot) => slot.path.length === parent.path.length + 1 && isUnder(slot, parent));
}

function sameKey(a: string | number | undefined, b: string | number): boolean {
  return typeof b === 'number' ? a === b : normalizeName(String(a)) === normalizeName(b);
}

function samePath(slot: Slot, keys: ConfigPath): boolean {
  return slot.path.length === keys.length && keys.every((key, index) => sameKey(slot.path[index], key));
}

/** Whether a slot's path ends with the keys, case and separators aside. */
export function endsWith(slot: Slot, keys: ConfigPath): boolean {
  const offset = slot.names.length - keys.length;
  return (
    offset >= 0 &&
    keys.every((key, index) => typeof key === 'string' && slot.names[offset + index] === normalizeName(key))
  );
}

/** Whether the keys stand in a slot's path in their order, others between them. */
export function isSubsequence(keys: ConfigPath, slot: Slot): boolean {
  let at = 0;
  for (const name of slot.names) {
    const key = keys[at];
    if (typeof key === 'string' && normalizeName(key) === name) at += 1;
  }
  return at === keys.length;
}

/** The slot at a path: exact, with dots in a flat key, or case and separators aside. */
export function slotAt(lexicon: Lexicon, keys: ConfigPath): Slot | undefined {
  const exact = lexicon.slotAt(formatPath(keys));
  if (exact || keys.length === 0) return exact;
  const dotted = keys.length > 1 ? keys.join('.') : null;
  const flat =
    dotted === null ? undefined : lexicon.dottedSlots.find((slot) => slot.path.join('.') === dotted);
  if (flat) return flat;
  const [loose, ...others] = lexicon.slots.filter((slot) => samePath(slot, keys));
  return others.length === 0 ? loose : undefined;
}

/** The section that a written parent means: by path, by unique suffix, or by alias (`lr_scheduler` for `scheduler`). */
export function sectionAt(lexicon: Lexicon, keys: ConfigPath): Slot | undefined {
  const sections = lexicon.slots.filter((slot) => slot.isMapping);
  const exact = sections.filter((slot) => samePath(slot, keys));
  if (exact.length === 1) return exact[0];
  const suffix = sections.filter((slot) => endsWith(slot, keys));
  if (suffix.length === 1) return suffix[0];
  if (keys.length !== 1 || suffix.length > 1) return undefined;
  const concepts = conceptsOf(String(keys[0]));
  const [alias, ...others] = sections.filter((slot) => isCalled(slot, concepts));
  return others.length === 0 ? alias : undefined;
}

/** The longest head of a path that the config has as a section. */
export function deepestSection(lexicon: Lexicon, keys: ConfigPath): ConfigPath {
  for (let length = keys.length - 1; length > 0; length -= 1) {
    const section = sectionAt(lexicon, keys.slice(0, length));
    if (section?.path.length === length) return section.path;
  }
  return [];
}
