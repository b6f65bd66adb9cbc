import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import type { YamlDocument } from './document.ts';
import { Verbatim } from './render.ts';
import type { Writable } from './render.ts';
import { formatScalar } from './scalar.ts';
import { resolved } from './tree.ts';
import type { YamlNode, YamlScalar } from './tree.ts';
import { mergeSources, scalarValue } from './values.ts';

type Source = Pick<YamlDocument, 'text' | 'file'>;

/** The value of a node as a copy that keeps the spelling of its scalars (`1e-4` stays `1e-4`). */
export function spelledCopy(written: YamlNode, source: Source): Writable {
  const node = resolved(written);
  refuseOwnTag(node, source);
  if (node.kind === 'seq') return node.entries.map((entry) => spelledCopy(entry.value, source));
  if (node.kind === 'scalar') return spelledScalar(node, source.text);
  const copy: Record<string, Writable> = Object.create(null) as Record<string, Writable>;
  for (const merged of mergeSources(node).reverse()) {
    if (merged !== undefined) Object.assign(copy, spelledCopy(merged, source));
  }
  for (const entry of node.entries) {
    if (!entry.isMerge) copy[entry.key] = spelledCopy(entry.value, source);
  }
  return copy;
}

function spelledScalar(node: YamlScalar, text: string): Writable {
  const spelling = text.slice(node.start, node.end);
  const { tag } = node.props;
  if (tag === '!!float') return new Verbatim(formatScalar(scalarValue(node), { place: 'flow', like: '1.0' }));
  const isQuoted = node.style === 'single' || node.style === 'double';
  const isPortable = isQuoted
    ? !spelling.includes('\n')
    : node.style === 'plain' && /^[\w.+\-/~]+$/.test(spelling);
  return isPortable && tag === undefined ? new Verbatim(spelling) : scalarValue(node);
}

/** What a trainer makes of its own tags cannot be copied without it. */
function refuseOwnTag(node: YamlNode, { text, file }: Source): void {
  const { tag } = node.props;
  if (tag === undefined || /^!(?:!(?:str|int|float|bool|null|map|seq))?$/.test(tag)) return;
  const message = `A value with the tag ${tag} would have to be copied, so that an alias of it keeps its value.`;
  const remedy = 'Write out the values that share it by hand, then try again.';
  throw configError('CONFIG_EDIT_UNSUPPORTED', message, { file, line: lineNumber(text, node.start), remedy });
}
