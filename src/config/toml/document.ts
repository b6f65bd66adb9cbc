import type { ConfigDocument } from '../_contract.ts';
import type { HashCommented } from '../hash-comment.ts';
import { lineNumber } from '../lines.ts';
import { emptyMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { ConfigMapping, ConfigValue } from '../value.ts';
import { readToml } from './read.ts';
import type { TomlNode, TomlPair, TomlSection, TomlTable } from './tree.ts';

export interface TomlDocument extends ConfigDocument, HashCommented {
  readonly format: 'toml';
  readonly root: TomlTable;
  readonly sections: readonly TomlSection[];
}

const parsed = new WeakMap<ConfigDocument, TomlDocument>();

/** The same document with its places; read again only where it comes from elsewhere. */
export function asToml(document: ConfigDocument): TomlDocument {
  return parsed.get(document) ?? parseToml(document.text, document.file);
}

export function parseToml(text: string, file: string): TomlDocument {
  const { root, sections, comments, opaque } = readToml(text, file);
  const document: TomlDocument = {
    format: 'toml',
    file,
    text,
    value: valueOf(root) as ConfigMapping,
    root,
    sections,
    comments,
    opaque,
    warnings: [],
    lineOf(path: ConfigPath) {
      const offset = path.length === 0 ? undefined : offsetOf(locate(root, path));
      return offset === undefined ? undefined : lineNumber(text, offset);
    },
    spellingOf(path: ConfigPath) {
      const node = locate(root, path)?.node;
      return node?.kind === 'scalar' ? text.slice(node.start, node.end) : undefined;
    },
  };
  parsed.set(document, document);
  return document;
}

export interface Located {
  node: TomlNode;
  parent: TomlNode | undefined;
  /** The pair whose value it is; undefined for tables of their own and items of lists. */
  pair: TomlPair | undefined;
}

export function locate(root: TomlNode, path: ConfigPath): Located | undefined {
  let found: Located = { node: root, parent: undefined, pair: undefined };
  for (const key of path) {
    const { node } = found;
    const child = childOf(node, key);
    if (child === undefined) return undefined;
    found = {
      node: child,
      parent: node,
      pair: node.kind === 'table' ? node.pairs.get(String(key)) : undefined,
    };
  }
  return found;
}

function childOf(node: TomlNode, key: string | number): TomlNode | undefined {
  if (node.kind === 'table') return node.children.get(String(key));
  if (node.kind === 'tables') return node.items[Number(key)];
  return node.kind === 'array' ? node.items[Number(key)]?.value : undefined;
}

function offsetOf(found: Located | undefined): number | undefined {
  if (found === undefined) return undefined;
  if (found.pair !== undefined) return found.pair.start;
  return found.node.kind === 'tables' ? found.node.items[0]?.start : found.node.start;
}

export function valueOf(node: TomlNode): ConfigValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map((item) => valueOf(item.value));
  if (node.kind === 'tables') return node.items.map((item) => valueOf(item));
  const mapping = emptyMapping();
  for (const [key, child] of node.children) mapping[key] = valueOf(child);
  return mapping;
}
