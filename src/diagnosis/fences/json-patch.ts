import type { Node as JsonNode } from 'jsonc-parser';
import type { ConfigPath } from '../../config/path.ts';
import { literalOf, toConfigValue } from '../claims/literal.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, type Entry } from './entry.ts';
import { splitKey } from './line-syntax.ts';

/** Members that carry the new value, in JSON Patch and in the lists of changes that language models write. */
const VALUES = ['value', 'to', 'new', 'new_value', 'recommended'];

function member(node: JsonNode, name: string): JsonNode | undefined {
  return (node.children ?? []).find((pair) => pair.children?.[0]?.value === name)?.children?.[1];
}

function pathOf(text: string): ConfigPath {
  if (!text.startsWith('/')) return splitKey(text);
  return text
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `[{"op": "replace", "path": "/optim/lr", "value": 0.003}]` (RFC 6902); undefined where the array is none. */
export function readPatchEntries(
  root: JsonNode,
  lines: readonly SourceLine[],
  plain: (node: JsonNode) => unknown,
): Entry[] | undefined {
  const operations = root.children ?? [];
  if (operations.length === 0) return undefined;
  const entries: Entry[] = [];
  let offset = 0;
  let index = 0;
  for (const operation of operations) {
    const path: unknown = member(operation, 'path')?.value;
    if (typeof path !== 'string' || path === '') return undefined;
    while (index + 1 < lines.length && offset + (lines[index]?.text.length ?? 0) < operation.offset) {
      offset += (lines[index]?.text.length ?? 0) + 1;
      index += 1;
    }
    const line = lines[index]?.line ?? 1;
    const op: unknown = member(operation, 'op')?.value ?? 'replace';
    if (op === 'remove') {
      entries.push(entry(pathOf(path), { kind: 'remove', isKey: true }, line, null));
      continue;
    }
    const node = VALUES.map((name) => member(operation, name)).find((found) => found !== undefined);
    const to = node && toConfigValue(plain(node));
    if ((op !== 'replace' && op !== 'add') || node === undefined || to === undefined) return undefined;
    const literal = literalOf(to, JSON.stringify(to), { isQuoted: node.type === 'string' });
    entries.push(entry(pathOf(path), { kind: 'set', to: literal, from: null }, line, null));
  }
  return entries;
}
