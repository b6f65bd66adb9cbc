import { CST } from 'yaml';
import { configError } from '../errors.ts';
import { lineNumber } from '../lines.ts';
import type { Props, YamlAlias, YamlItem, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSeq } from './tree.ts';

export interface BuiltTree {
  root: YamlNode;
  /** Every comment, in the order of the text. */
  comments: { start: number; end: number }[];
  /** What no comment may be put into: scalars over several lines, bodies of block scalars. */
  opaque: { start: number; end: number }[];
}

export const MAX_DEPTH = 500;
const SCALAR_STYLES = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
  'block-scalar': 'block',
} as const;

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
    const root = this.#node(
      document.value,
      this.#props(document.start.slice(afterStart), document.offset),
      0,
    );
    this.#note(document.start);
    this.#note(document.end);
    const byStart = (a: { start: number }, b: { start: number }): number => a.start - b.start;
    return { root, comments: this.#comments.sort(byStart), opaque: this.#opaque.sort(byStart) };
  }

  #node(token: CST.Token | null | undefined, props: Props, depth: number): YamlNode {
    const isNamed = props.anchor !== undefined;
    if (isNamed) this.#open.add(props.anchor as string);
    const node = this.#unnamed(token, props, depth);
    if (isNamed) {
      this.#open.delete(props.anchor as string);
      this.#anchors.set(props.anchor as string, node);
    }
    return node;
  }

  #unnamed(token: CST.Token | null | undefined, props: Props, depth: number): YamlNode {
    if (depth > MAX_DEPTH) {
      throw this.#error(
        'CONFIG_TOO_DEEP',
        props.start,
        `The config is nested more than ${MAX_DEPTH} levels deep.`,
      );
    }
    if (token?.type === 'block-map') return this.#map(token.items, token.offset, props, 'block', depth);
    if (token?.type === 'block-seq') return this.#seq(token.items, token.offset, props, 'block', depth);
    if (token?.type === 'flow-collection') return this.#flow(token, props, depth);
    if (token?.type === 'alias') {
      this.#note(token.end);
      return this.#alias(token, props);
    }
    return CST.isScalar(token) ? this.#scalar(token, props) : absent(props);
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

  #scalar(token: CST.FlowScalar | CST.BlockScalar, props: Props): YamlScalar {
    if (token.type === 'block-scalar') return this.#blockScalar(token, props);
    this.#note(token.end);
    if (token.source === '') return absent(props);
    const end = token.offset + token.source.length;
    if (token.source.includes('\n')) this.#opaque.push({ start: token.offset, end });
    const content = CST.resolveAsScalar(token)?.value ?? '';
    const style = SCALAR_STYLES[token.type as keyof typeof SCALAR_STYLES];
    return { kind: 'scalar', style, content, start: token.offset, end, headerEnd: end, props };
  }

  /** Its end leaves out blank lines after it, unless they are content (`|+`). */
  #blockScalar(token: CST.BlockScalar, props: Props): YamlScalar {
    const header = token.props.find((prop) => prop.type === 'block-scalar-header');
    this.#note(token.props.filter((prop): prop is CST.SourceToken => 'source' in prop && 'indent' in prop));
    const start = header?.offset ?? token.offset;
    const indicator = header !== undefined && 'source' in header ? header.source : '|';
    const headerEnd = start + indicator.length;
    const last = token.props.at(-1);
    const body = last !== undefined && 'source' in last ? last.offset + last.source.length : headerEnd;
    const source = indicator.includes('+') ? token.source : token.source.replace(/[\r\n]+$/, '');
    const end = source === '' ? headerEnd : body + source.replace(/\r?\n$/, '').length;
    // A body that ends the file without a line break would swallow what is appended to it.
    const isOpen = !token.source.endsWith('\n');
    if (token.source !== '')
      this.#opaque.push({ start: body, end: body + token.source.length + (isOpen ? 1 : 0) });
    // The library adds a line break there; PyYAML does not, and neither did whoever wrote the file.
    const read = CST.resolveAsScalar(token)?.value ?? '';
    const content = isOpen ? read.replace(/\n$/, '') : read;
    return { kind: 'scalar', style: 'block', content, start, end, headerEnd, props };
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
      if (isEntry(item)) entries.push(this.#pair(item, items[index + 1], style, depth));
    });
    return { kind: 'map', style, entries, start, end: entries.at(-1)?.value.end ?? start, props };
  }

  #pair(
    item: CST.CollectionItem,
    next: CST.CollectionItem | undefined,
    style: YamlMap['style'],
    depth: number,
  ): YamlPair {
    const indicator = item.start.find((token) => token.type === 'explicit-key-ind');
    const keyProps = this.#props(
      item.start,
      item.key?.offset ?? indicator?.offset ?? item.sep?.[0]?.offset ?? 0,
    );
    const keyNode = this.#key(item.key, keyProps, depth);
    const colon = item.sep?.find((token) => token.type === 'map-value-ind');
    const mark = colon === undefined ? keyNode.end : colon.offset + 1;
    const afterColon = colon === undefined ? [] : (item.sep ?? []).slice((item.sep ?? []).indexOf(colon) + 1);
    const value = this.#node(item.value, this.#props(afterColon, mark), depth + 1);
    const isMerge = keyNode.style === 'plain' && keyNode.content === '<<';
    const start = indicator?.offset ?? keyProps.start;
    const comma = style === 'flow' ? commaOf(next) : undefined;
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
    const key = written.kind === 'alias' ? resolved(written) : written;
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
      if (style === 'block') {
        const dash = item.start.find((token) => token.type === 'seq-item-ind');
        if (dash === undefined) return;
        const mark = dash.offset + 1;
        const after = item.start.slice(item.start.indexOf(dash) + 1);
        const value = this.#node(item.value, this.#props(after, mark), depth + 1);
        entries.push({ start: dash.offset, mark, value, comma: undefined });
      } else if (isEntry(item)) entries.push(this.#flowItem(item, items[index + 1], depth));
    });
    return { kind: 'seq', style, entries, start, end: entries.at(-1)?.value.end ?? start, props };
  }

  #flowItem(item: CST.CollectionItem, next: CST.CollectionItem | undefined, depth: number): YamlItem {
    const comma = commaOf(next);
    if (item.sep !== undefined) {
      const pair = this.#pair(item, undefined, 'pair', depth + 1);
      this.#note(item.sep);
      const { start } = pair;
      const props: Props = { start, end: start, anchor: undefined, tag: undefined };
      const value: YamlMap = {
        kind: 'map',
        style: 'pair',
        entries: [pair],
        start,
        end: pair.value.end,
        props,
      };
      return { start, mark: start, value, comma };
    }
    const props = this.#props(item.start, item.value?.offset ?? 0);
    const value = this.#node(item.value, props, depth + 1);
    return { start: props.start, mark: props.start, value, comma };
  }

  #props(tokens: readonly CST.SourceToken[], fallback: number): Props {
    const found = tokens.filter((token) => token.type === 'anchor' || token.type === 'tag');
    const first = found[0];
    const last = found.at(-1);
    if (first === undefined || last === undefined) {
      return { start: fallback, end: fallback, anchor: undefined, tag: undefined };
    }
    return {
      start: first.offset,
      end: last.offset + last.source.length,
      anchor: found.find((token) => token.type === 'anchor')?.source.slice(1),
      tag: found
        .find((token) => token.type === 'tag')
        ?.source.replace(/^!<tag:yaml\.org,2002:(\w+)>$/, '!!$1'),
    };
  }

  #note(tokens: readonly CST.SourceToken[] | undefined): void {
    for (const { type, offset, source } of tokens ?? []) {
      if (type === 'comment') this.#comments.push({ start: offset, end: offset + source.length });
    }
  }

  #error(code: Parameters<typeof configError>[0], offset: number, message: string, remedy?: string): Error {
    return configError(code, message, { file: this.#file, line: lineNumber(this.#text, offset), remedy });
  }
}

/** Items may also hold nothing but comments or a trailing comma. */
function isEntry(item: CST.CollectionItem): boolean {
  if ((item.key !== null && item.key !== undefined) || item.sep !== undefined || item.value !== undefined)
    return true;
  return item.start.some((token) => ['explicit-key-ind', 'anchor', 'tag'].includes(token.type));
}

function commaOf(next: CST.CollectionItem | undefined): number | undefined {
  return next?.start.find((token) => token.type === 'comma')?.offset;
}

function absent(props: Props): YamlScalar {
  const at = props.end;
  return { kind: 'scalar', style: 'absent', content: '', start: at, end: at, headerEnd: at, props };
}

/** The node an alias stands for. */
export function resolved(node: YamlNode): Exclude<YamlNode, YamlAlias> {
  let at = node;
  while (at.kind === 'alias') at = at.target;
  return at;
}
