import type { CST } from 'yaml';
import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import { readProps } from './props.ts';
import { absentScalar, readBlockScalar, readFlowScalar } from './token-scalar.ts';
import { resolved } from './tree.ts';
import type { Props, YamlAlias, YamlItem, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './tree.ts';

export interface BuiltTree {
  root: YamlNode;
  /** Every comment, in the order of the text. */
  comments: { start: number; end: number }[];
  /** What no comment may be put into: scalars over several lines, bodies of block scalars. */
  opaque: { start: number; end: number }[];
}

export const MAX_DEPTH = 500;

/** Turns the concrete syntax tree of one document into places. */
export function buildTree(document: CST.Document, text: string, file: string): BuiltTree {
  return new Builder(text, file).build(document);
}

type Items = CST.CollectionItem[];

class Builder {
  readonly #text: string;
  readonly #file: string;
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open = new Set<string>();
  readonly #comments: { start: number; end: number }[] = [];
  readonly #opaque: { start: number; end: number }[] = [];

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  build(document: CST.Document): BuiltTree {
    const afterStart = document.start.findIndex((token) => token.type === 'doc-start') + 1;
    const root = this.#node(document.value, readProps(document.start.slice(afterStart), document.offset), 0);
    this.#note(document.start);
    this.#note(document.end);
    const byStart = (a: { start: number }, b: { start: number }): number => a.start - b.start;
    return { root, comments: this.#comments.sort(byStart), opaque: this.#opaque.sort(byStart) };
  }

  #node(token: CST.Token | null | undefined, props: Props, depth: number): YamlNode {
    const { anchor } = props;
    if (anchor !== undefined) this.#open.add(anchor);
    const node = this.#unnamed(token, props, depth);
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, node);
    }
    return node;
  }

  #unnamed(token: CST.Token | null | undefined, props: Props, depth: number): YamlNode {
    if (depth > MAX_DEPTH) {
      const message = `The config is nested more than ${MAX_DEPTH} levels deep.`;
      throw this.#error('CONFIG_TOO_DEEP', props.start, message, 'Make it flatter.');
    }
    if (token?.type === 'block-map') return this.#map(token.items, token.offset, props, 'block', depth);
    if (token?.type === 'block-seq') return this.#seq(token.items, token.offset, props, 'block', depth);
    if (token?.type === 'flow-collection') return this.#flow(token, props, depth);
    if (token?.type === 'block-scalar') {
      this.#note(token.props.filter((prop): prop is CST.SourceToken => prop.type === 'comment'));
      return this.#scalar(readBlockScalar(token, props));
    }
    if (token === null || token === undefined || !isFlowScalar(token)) return absentScalar(props);
    this.#note(token.end);
    return token.type === 'alias' ? this.#alias(token, props) : this.#scalar(readFlowScalar(token, props));
  }

  #scalar({ node, opaque }: ReturnType<typeof readFlowScalar>): YamlScalar {
    if (opaque !== undefined) this.#opaque.push(opaque);
    return node;
  }

  #alias(token: CST.FlowScalar, props: Props): YamlAlias {
    const name = token.source.slice(1);
    const end = token.offset + token.source.length;
    if (this.#open.has(name)) {
      const message = `The alias *${name} stands inside the value it repeats.`;
      throw this.#error('CONFIG_ALIAS_RECURSIVE', token.offset, message, 'Write the value out.');
    }
    const target = this.#anchors.get(name);
    if (target === undefined) {
      const message = `The alias *${name} has no anchor &${name} before it.`;
      throw this.#error(
        'CONFIG_SYNTAX',
        token.offset,
        message,
        'Define the anchor first, or write the value out.',
      );
    }
    return { kind: 'alias', start: token.offset, end, props, name, target };
  }

  #flow(token: CST.FlowCollection, props: Props, depth: number): YamlNode {
    this.#note(token.end);
    const node =
      token.start.source === '{'
        ? this.#map(token.items, token.offset, props, 'flow', depth)
        : this.#seq(token.items, token.offset, props, 'flow', depth);
    const close = token.end.find((end) => end.type === 'flow-map-end' || end.type === 'flow-seq-end');
    node.end = (close?.offset ?? token.offset) + 1;
    return node;
  }

  #map(items: Items, start: number, props: Props, style: YamlMap['style'], depth: number): YamlMap {
    const entries: YamlPair[] = [];
    items.forEach((item, index) => {
      this.#note(item.start);
      this.#note(item.sep);
      if (isEntry(item))
        entries.push(this.#pair(item, style === 'flow' ? commaOf(items[index + 1]) : undefined, depth));
    });
    return { kind: 'map', style, entries, start, end: entries.at(-1)?.value.end ?? start, props };
  }

  #pair(item: CST.CollectionItem, comma: number | undefined, depth: number): YamlPair {
    const { sep = [] } = item;
    const indicator = item.start.find((token) => token.type === 'explicit-key-ind');
    const keyProps = readProps(item.start, item.key?.offset ?? indicator?.offset ?? sep[0]?.offset ?? 0);
    const keyNode = this.#key(item.key, keyProps, depth);
    const colon = sep.find((token) => token.type === 'map-value-ind');
    const mark = colon === undefined ? keyNode.end : colon.offset + 1;
    const afterColon = colon === undefined ? [] : sep.slice(sep.indexOf(colon) + 1);
    const value = this.#node(item.value, readProps(afterColon, mark), depth + 1);
    const isMerge = keyNode.style === 'plain' && keyNode.content === '<<';
    const start = indicator?.offset ?? keyProps.start;
    return {
      start,
      mark,
      value,
      comma,
      key: keyNode.content,
      keyNode,
      hasColon: colon !== undefined,
      isMerge,
    };
  }

  /** Keys are named as they are spelled (`on`, `1.0`), so that paths read like the file. */
  #key(token: CST.Token | null | undefined, props: Props, depth: number): YamlScalar {
    const written = this.#node(token, props, depth + 1);
    const key = resolved(written);
    if (key.kind === 'scalar' && key.style !== 'absent') {
      return { ...key, start: written.start, end: written.end, props: written.props };
    }
    const message =
      key.kind === 'scalar' ? 'A key is missing before the colon.' : 'A key is a list or a mapping.';
    throw this.#error('CONFIG_KEY_UNSUPPORTED', props.start, message, 'Use words or numbers as keys.');
  }

  #seq(items: Items, start: number, props: Props, style: YamlSeq['style'], depth: number): YamlSeq {
    const entries: YamlItem[] = [];
    items.forEach((item, index) => {
      this.#note(item.start);
      const dash = item.start.find((token) => token.type === 'seq-item-ind');
      if (dash !== undefined) {
        const mark = dash.offset + 1;
        const after = item.start.slice(item.start.indexOf(dash) + 1);
        const value = this.#node(item.value, readProps(after, mark), depth + 1);
        entries.push({ start: dash.offset, mark, value, comma: undefined });
      } else if (style === 'flow' && isEntry(item)) {
        entries.push(this.#flowItem(item, commaOf(items[index + 1]), depth));
      }
    });
    return { kind: 'seq', style, entries, start, end: entries.at(-1)?.value.end ?? start, props };
  }

  #flowItem(item: CST.CollectionItem, comma: number | undefined, depth: number): YamlItem {
    if (item.sep === undefined) {
      const props = readProps(item.start, item.value?.offset ?? 0);
      return {
        start: props.start,
        mark: props.start,
        value: this.#node(item.value, props, depth + 1),
        comma,
      };
    }
    this.#note(item.sep);
    const pair = this.#pair(item, undefined, depth + 1);
    const { start } = pair;
    const props: Props = { start, end: start, anchor: undefined, tag: undefined };
    const value: YamlMap = { kind: 'map', style: 'pair', entries: [pair], start, end: pair.value.end, props };
    return { start, mark: start, value, comma };
  }

  #note(tokens: readonly CST.SourceToken[] | undefined): void {
    for (const { type, offset, source } of tokens ?? []) {
      if (type === 'comment') this.#comments.push({ start: offset, end: offset + source.length });
    }
  }

  #error(code: Parameters<typeof configError>[0], offset: number, message: string, remedy: string): Error {
    return configError(code, message, { file: this.#file, line: lineNumber(this.#text, offset), remedy });
  }
}

/** Items may also hold nothing but comments or a trailing comma. */
function isEntry(item: CST.CollectionItem): boolean {
  if (item.key !== undefined || item.sep !== undefined || item.value !== undefined) return true;
  return item.start.some((token) => ['explicit-key-ind', 'anchor', 'tag'].includes(token.type));
}

function isFlowScalar(token: CST.Token): token is CST.FlowScalar {
  return ['alias', 'scalar', 'single-quoted-scalar', 'double-quoted-scalar'].includes(token.type);
}

function commaOf(next: CST.CollectionItem | undefined): number | undefined {
  return next?.start.find((token) => token.type === 'comma')?.offset;
}
