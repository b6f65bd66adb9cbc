import type { ConfigDocument } from '../_contract.ts';
import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import { emptyMapping, isMapping } from '../lookup.ts';
import type { ConfigPath } from '../path.ts';
import type { ConfigValue } from '../value.ts';
import { readJson } from './tree.ts';
import type { JsonCollection, JsonComment, JsonEntry, JsonNode } from './tree.ts';

export interface JsonDocument extends ConfigDocument {
  readonly format: 'json';
  readonly root: JsonNode;
  readonly comments: readonly JsonComment[];
  /** Comments may be written: the file has some, or its name says so. */
  readonly hasComments: boolean;
}

export interface JsonSlot {
  container: JsonCollection;
  entry: JsonEntry;
}

const parsed = new WeakMap<ConfigDocument, JsonDocument>();

/** The same document with its places; read again only where it comes from elsewhere. */
export function asJson(document: ConfigDocument): JsonDocument {
  return parsed.get(document) ?? parseJson(document.text, document.file);
}

export function parseJson(text: string, file: string): JsonDocument {
  const { root, comments } = readJson(text, file);
  const value = valueOf(root);
  if (!isMapping(value)) {
    const what = Array.isArray(value) ? 'a list' : `a single ${value === null ? 'null' : typeof value}`;
    const message = `The top level of the config is ${what}, not an object of keys and values.`;
    const remedy = 'Put the values under keys: {"key": value}.';
    throw configError('CONFIG_NOT_MAPPING', message, { file, line: lineNumber(text, root.start), remedy });
  }
  const document: JsonDocument = {
    format: 'json',
    file,
    text,
    value,
    root,
    comments,
    hasComments: comments.length > 0 || file.toLowerCase().endsWith('.jsonc'),
    warnings: [],
    lineOf(path: ConfigPath) {
      const slot = slotAt(root, path);
      return slot === undefined ? undefined : lineNumber(text, slot.entry.start);
    },
    spellingOf(path: ConfigPath) {
      const node = slotAt(root, path)?.entry.value;
      return node?.kind === 'scalar' ? text.slice(node.start, node.end) : undefined;
    },
  };
  parsed.set(document, document);
  return document;
}

export function slotAt(root: JsonNode, path: ConfigPath): JsonSlot | undefined {
  let node = root;
  let slot: JsonSlot | undefined;
  for (const key of path) {
    if (node.kind === 'scalar') return undefined;
    const entry: JsonEntry | undefined =
      node.kind === 'array'
        ? node.entries[Number(key)]
        : node.entries.find((other) => other.key === String(key));
    if (entry === undefined) return undefined;
    slot = { container: node, entry };
    node = entry.value;
  }
  return slot;
}

export function nodeAt(root: JsonNode, path: ConfigPath): JsonNode | undefined {
  return path.length === 0 ? root : slotAt(root, path)?.entry.value;
}

function valueOf(node: JsonNode): ConfigValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.entries.map((entry) => valueOf(entry.value));
  const mapping = emptyMapping();
  for (const entry of node.entries) mapping[entry.key ?? ''] = valueOf(entry.value);
  return mapping;
}
