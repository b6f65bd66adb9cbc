import type { ConfigPath } from '../path.ts';
import { resolved } from './tree.ts';
import type { Slot, YamlMap, YamlNode, YamlPair } from './tree.ts';
import { mergeNodes } from './values.ts';

/** A step on the way to a value that leaves the value's own place in the text. */
export type Hop =
  /** The node at `path[0..depth]` is an alias. */
  | { kind: 'alias'; depth: number; slot: Slot }
  /** `path[depth]` is no key of the mapping `map` at `path[0..depth]`, but of `source`, which it merges. */
  | { kind: 'merge'; depth: number; map: YamlMap; source: YamlNode };

export interface Located {
  node: YamlNode;
  /** Undefined for the root. */
  slot: Slot | undefined;
  /** In the order of the path; empty where the value stands at its own place. */
  hops: Hop[];
}

/** Finds the node at `path`, through aliases and merge keys. The node itself may be an alias. */
export function locate(root: YamlNode, path: ConfigPath): Located | undefined {
  const located = approach(root, path);
  return located.depth === path.length ? located : undefined;
}

/** Goes as far along `path` as nodes exist; `depth` is how many keys that were. */
export function approach(root: YamlNode, path: ConfigPath): Located & { depth: number } {
  const hops: Hop[] = [];
  let node = root;
  let slot: Slot | undefined;
  for (const [depth, key] of path.entries()) {
    const container = resolved(node);
    const found = container.kind === 'map' ? findPair(container, String(key)) : undefined;
    const entry = container.kind === 'seq' ? container.entries[Number(key)] : found?.pair;
    if (container.kind === 'scalar' || entry === undefined) return { node, slot, hops, depth };
    if (node.kind === 'alias' && slot !== undefined) hops.push({ kind: 'alias', depth, slot });
    if (found?.source !== undefined) {
      hops.push({ kind: 'merge', depth, map: container as YamlMap, source: found.source });
    }
    slot = { container: found?.owner ?? container, entry };
    node = entry.value;
  }
  return { node, slot, hops, depth: path.length };
}

interface FoundPair {
  pair: YamlPair;
  owner: YamlMap;
  /** The merge source it comes through, as written in the mapping that was asked. */
  source: YamlNode | undefined;
}

function findPair(map: YamlMap, key: string): FoundPair | undefined {
  const pair = map.entries.find((entry) => !entry.isMerge && entry.key === key);
  if (pair !== undefined) return { pair, owner: map, source: undefined };
  for (const node of mergeNodes(map)) {
    const source = resolved(node);
    const found = source.kind === 'map' ? findPair(source, key) : undefined;
    if (found !== undefined) return { ...found, source: node };
  }
  return undefined;
}
