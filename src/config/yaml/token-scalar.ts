import { CST } from 'yaml';
import type { Props, YamlScalar } from './tree.ts';

/** A scalar as it stands in the text, from its token of the concrete syntax tree. */

const STYLES = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
} as const;

export interface ReadScalar {
  node: YamlScalar;
  /** What no comment may be put into. */
  opaque: { start: number; end: number } | undefined;
}

/** Nothing is written: the place where a value would stand. */
export function absentScalar(props: Props): YamlScalar {
  const at = props.end;
  return { kind: 'scalar', style: 'absent', content: '', start: at, end: at, headerEnd: at, props };
}

export function readFlowScalar(token: CST.FlowScalar, props: Props): ReadScalar {
  if (token.source === '' || token.type === 'alias') return { node: absentScalar(props), opaque: undefined };
  const start = token.offset;
  const end = start + token.source.length;
  const content = CST.resolveAsScalar(token)?.value ?? '';
  const node: YamlScalar = {
    kind: 'scalar',
    style: STYLES[token.type],
    content,
    start,
    end,
    headerEnd: end,
    props,
  };
  return { node, opaque: token.source.includes('\n') ? { start, end } : undefined };
}

/** Its end leaves out blank lines after it, unless they are content (`|+`). */
export function readBlockScalar(token: CST.BlockScalar, props: Props): ReadScalar {
  const header = token.props.find((prop) => prop.type === 'block-scalar-header');
  const start = header?.offset ?? token.offset;
  const indicator = header !== undefined && 'source' in header ? header.source : '|';
  const headerEnd = start + indicator.length;
  const last = token.props.at(-1);
  const body = last !== undefined && 'source' in last ? last.offset + last.source.length : headerEnd;
  const source = indicator.includes('+') ? token.source : token.source.replace(/[\r\n]+$/, '');
  const end = source === '' ? headerEnd : body + source.replace(/\r?\n$/, '').length;
  // A body that ends the file without a line break would swallow what is appended to it.
  const isOpen = !token.source.endsWith('\n');
  const bodyEnd = body + token.source.length + (isOpen ? 1 : 0);
  // The library adds a line break there; PyYAML does not, and neither did whoever wrote the file.
  const read = CST.resolveAsScalar(token)?.value ?? '';
  const content = isOpen ? read.replace(/\n$/, '') : read;
  const node: YamlScalar = { kind: 'scalar', style: 'block', content, start, end, headerEnd, props };
  return { node, opaque: token.source === '' ? undefined : { start: body, end: bodyEnd } };
}
