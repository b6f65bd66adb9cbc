import type { Node as JsonNode } from 'jsonc-parser';
import type { ConfigPath } from '../../config/path.ts';
import { literalOf, toConfigValue } from '../claims/literal.ts';
import { parseJsonTree } from '../text/json-tree.ts';
import type { SourceLine } from '../text/lines.ts';
import { entry, readComment, type Entry } from './entry.ts';
import { readPatchEntries } from './json-patch.ts';
import { splitComment, splitKey } from './line-syntax.ts';
import { readCodeValue } from './value.ts';

function plain(node: JsonNode): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  if (node.type !== 'object') return node.value as unknown;
  return Object.fromEntries(
    (node.children ?? []).map((pair) => [
      String(pair.children?.[0]?.value),
      pair.children?.[1] ? plain(pair.children[1]) : null,
    ]),
  );
}

/** The leaves of a JSON object, or a patch's operations, each with its line; undefined where the text is neither. */
export function readJsonEntries(lines: readonly SourceLine[]): Entry[] | undefined {
  const text = lines.map((line) => line.text).join('\n');
  const root = parseJsonTree(text);
  if (root?.type === 'array') return readPatchEntries(root, lines, plain);
  if (root?.type !== 'object') return undefined;
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.text.length + 1;
  }
  const entries: Entry[] = [];
  let index = 0;
  const visit = (node: JsonNode, path: ConfigPath): void => {
    for (const pair of node.children ?? []) {
      const [key, value] = pair.children ?? [];
      if (!key || !value) continue;
      const inner = [...path, ...splitKey(String(key.value))];
      if (value.type === 'object' && (value.children ?? []).length > 0) {
        visit(value, inner);
        continue;
      }
      const copy = toConfigValue(plain(value));
      if (copy === undefined) continue;
      while (index + 1 < starts.length && (starts[index + 1] as number) <= key.offset) index += 1;
      const source = lines[index] as SourceLine;
      const after = source.text.slice(Math.max(0, value.offset + value.length - (starts[index] as number)));
      const { comment } = splitComment(after);
      const relation = typeof copy === 'string' && /→|->|=>/u.test(copy) ? readCodeValue(copy) : null;
      entries.push(
        entry(
          inner,
          relation ?? {
            kind: 'set',
            to: literalOf(copy, text.slice(value.offset, value.offset + value.length), {
              isQuoted: value.type === 'string',
            }),
            from: null,
          },
          source.line,
          comment === '' ? null : readComment(comment),
        ),
      );
    }
  };
  visit(root, []);
  return entries;
}
