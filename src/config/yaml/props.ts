import type { CST } from 'yaml';
import type { Props } from './tree.ts';

/** The anchor and tag among `tokens`; where there are none, an empty place at `fallback`. */
export function readProps(tokens: readonly CST.SourceToken[], fallback: number): Props {
  const found = tokens.filter((token) => token.type === 'anchor' || token.type === 'tag');
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) {
    return { start: fallback, end: fallback, anchor: undefined, tag: undefined };
  }
  const tag = found.find((token) => token.type === 'tag')?.source;
  return {
    start: first.offset,
    end: last.offset + last.source.length,
    anchor: found.find((token) => token.type === 'anchor')?.source.slice(1),
    tag: tag?.replace(/^!<tag:yaml\.org,2002:(\w+)>$/, '!!$1'),
  };
}
