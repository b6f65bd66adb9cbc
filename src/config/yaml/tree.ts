import type { Listed, ListedEntry } from '../listed.ts';

/**
 * A YAML document as places in its text: every node knows where it stands, so that an edit can cut exactly there.
 * Offsets are UTF-16 positions in the whole text. `end` never includes a line break that follows.
 */

export interface Props {
  /** The text of anchor and tag, from the first to the last; empty (`start === end`) when there are none. */
  start: number;
  end: number;
  anchor: string | undefined;
  /** As written: `!!float`, `!include`. */
  tag: string | undefined;
}

interface Placed {
  start: number;
  end: number;
  props: Props;
}

export interface YamlScalar extends Placed {
  kind: 'scalar';
  /** `absent`: nothing is written (`key:`), `start` is where it would stand. */
  style: 'plain' | 'single' | 'double' | 'block' | 'absent';
  /** The content, unquoted and unfolded. */
  content: string;
  /** End of the header (`|-`, `>2`) of a block scalar, else `end`. */
  headerEnd: number;
}

export interface YamlAlias extends Placed {
  kind: 'alias';
  name: string;
  target: YamlNode;
}

export interface YamlMap extends Placed {
  kind: 'map';
  /** `pair`: one `key: value` inside `[ ]`, without braces of its own. */
  style: 'block' | 'flow' | 'pair';
  entries: YamlPair[];
}

export interface YamlSeq extends Placed {
  kind: 'seq';
  style: 'block' | 'flow';
  entries: YamlItem[];
}

export type YamlNode = YamlScalar | YamlAlias | YamlMap | YamlSeq;
export type YamlCollection = YamlMap | YamlSeq;

interface Entry {
  /** Where the entry begins: its key with anchor or tag, its `?`, its `-`. */
  start: number;
  /** After the `:` or `-`; after the key where there is no `:`. */
  mark: number;
  value: YamlNode;
  /** Offset of the comma after it, in flow collections. */
  comma: number | undefined;
}

export interface YamlPair extends Entry {
  key: string;
  keyNode: YamlScalar;
  hasColon: boolean;
  /** `<<` without quotes. */
  isMerge: boolean;
}

export interface YamlItem extends Entry {
  key?: undefined;
  isMerge?: undefined;
}

export type YamlEntry = YamlPair | YamlItem;

export function isCollection(node: YamlNode): node is YamlCollection {
  return node.kind === 'map' || node.kind === 'seq';
}

/** The node an alias stands for. */
export function resolved(node: YamlNode): Exclude<YamlNode, YamlAlias> {
  let at = node;
  while (at.kind === 'alias') at = at.target;
  return at;
}

export function isBlock(node: YamlNode): boolean {
  return isCollection(node) && node.style === 'block';
}

/** An entry from its first to its last character. */
export function placeOf(entry: YamlEntry): ListedEntry {
  return { start: entry.start, end: entry.value.end, comma: entry.comma };
}

/** The entries of a flow collection as brackets and commas. */
export function listedOf(node: YamlCollection, text: string): Listed {
  const entries = node.entries.map((entry) => {
    // `{a: }`: the comma would make `a:,` one word.
    const needsGap = entry.value.end === entry.mark && text[entry.mark - 1] === ':';
    return { ...placeOf(entry), needsGap };
  });
  return { start: node.start, end: node.end, entries };
}

/** Visits every node and key of the text once, in its order; aliases are not followed. */
export function visit(node: YamlNode, see: (node: YamlNode, slot: Slot | undefined) => void): void {
  const walk = (at: YamlNode, slot: Slot | undefined): void => {
    see(at, slot);
    if (!isCollection(at)) return;
    for (const entry of at.entries) {
      if ('keyNode' in entry) see(entry.keyNode, undefined);
      walk(entry.value, { container: at, entry });
    }
  };
  walk(node, undefined);
}

/** A place for a value: an entry of a collection. */
export interface Slot {
  container: YamlCollection;
  entry: YamlEntry;
}

/** The place of a node. */
export function slotOf(root: YamlNode, wanted: YamlNode): Slot | undefined {
  let found: Slot | undefined;
  visit(root, (node, slot) => {
    if (node === wanted) found = slot;
  });
  return found;
}
