import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node as YamlNode } from 'yaml';
import { parseJsonTree } from './json-tree.ts';

/** A value of a JSON or YAML text with the offsets it stands at. */
export interface StructureNode {
  type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  value: unknown;
  offset: number;
  length: number;
  entries: { key: string; value: StructureNode; offset: number }[];
  items: StructureNode[];
}

const MAX_YAML = 60_000;
const MAX_DEPTH = 12;

function leaf(value: unknown, offset: number, length: number): StructureNode {
  const type =
    value === null || value === undefined
      ? 'null'
      : typeof value === 'number'
        ? 'number'
        : typeof value === 'boolean'
          ? 'boolean'
          : 'string';
  return { type, value, offset, length, entries: [], items: [] };
}

function fromJson(node: ReturnType<typeof parseJsonTree>): StructureNode | undefined {
  if (!node) return undefined;
  if (node.type === 'object') {
    const entries = (node.children ?? []).flatMap((pair) => {
      const [key, value] = pair.children ?? [];
      const inner = fromJson(value);
      return key && inner ? [{ key: String(key.value), value: inner, offset: key.offset }] : [];
    });
    return { ...leaf(null, node.offset, node.length), type: 'object', entries };
  }
  if (node.type === 'array') {
    const items = (node.children ?? []).flatMap((child) => fromJson(child) ?? []);
    return { ...leaf(null, node.offset, node.length), type: 'array', items };
  }
  return leaf(node.value, node.offset, node.length);
}

function fromYaml(node: unknown, depth: number): StructureNode | undefined {
  if (depth > MAX_DEPTH || isAlias(node)) return undefined;
  const range = (node as YamlNode | null)?.range;
  const offset = range?.[0] ?? 0;
  const length = (range?.[1] ?? offset) - offset;
  if (isMap(node)) {
    const entries = node.items.flatMap((pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : null;
      const inner = pair.value === null ? leaf(null, offset, 0) : fromYaml(pair.value, depth + 1);
      const at = (pair.key as YamlNode | null)?.range?.[0] ?? offset;
      return key !== null && inner ? [{ key, value: inner, offset: at }] : [];
    });
    return { ...leaf(null, offset, length), type: 'object', entries };
  }
  if (isSeq(node))
    return {
      ...leaf(null, offset, length),
      type: 'array',
      items: node.items.flatMap((item) => fromYaml(item, depth + 1) ?? []),
    };
  return isScalar(node) ? leaf(node.value, offset, length) : undefined;
}

/** Parses JSON, or YAML that is a mapping or a list; undefined for anything else, and for bombs. */
export function parseStructure(text: string): StructureNode | undefined {
  const json = /^\s*[[{]/u.test(text) ? fromJson(parseJsonTree(text)) : undefined;
  if (json) return json;
  if (text.length > MAX_YAML || !/^\s*[\w-]+\s*:/u.test(text)) return undefined;
  try {
    const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : fromYaml(document.contents, 0);
  } catch {
    return undefined;
  }
}
