import { resolved } from './tree.ts';
import { Verbatim } from './render.ts';
import type { Writable } from './render.ts';
import type { YamlNode } from './tree.ts';
import { mergeSources, scalarValue } from './values.ts';

/** The value of a node as a copy that keeps the spelling of its scalars (`1e-4` stays `1e-4`). */
export function spelledCopy(written: YamlNode, text: string): Writable {
  const node = resolved(written);
  if (node.kind === 'seq') return node.entries.map((entry) => spelledCopy(entry.value, text));
  if (node.kind === 'map') {
    const copy: Record<string, Writable> = Object.create(null) as Record<string, Writable>;
    for (const source of mergeSources(node).reverse()) {
      if (source !== undefined) Object.assign(copy, spelledCopy(source, text));
    }
    for (const entry of node.entries) {
      if (!entry.isMerge) copy[entry.key] = spelledCopy(entry.value, text);
    }
    return copy;
  }
  const source = text.slice(node.start, node.end);
  const isQuoted = node.style === 'single' || node.style === 'double';
  const isPortable = isQuoted
    ? !source.includes('\n')
    : node.style === 'plain' && /^[\w.+\-/~]+$/.test(source);
  return isPortable && node.props.tag === undefined ? new Verbatim(source) : scalarValue(node);
}
