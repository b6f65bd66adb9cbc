import { parser } from '@lezer/markdown';
import type { SyntaxNodeRef } from '@lezer/common';
import type { SourceLine } from './lines.ts';

/** A list item that a block stands in. */
export interface ListItem {
  ordered: boolean;
  /** The number written before it; null for bullets. */
  number: number | null;
  checkbox: 'open' | 'done' | null;
  line: number;
  /** Which list of the document it belongs to. */
  list: number;
}

export type BlockKind = 'heading' | 'text' | 'fence' | 'rule';

/** A leaf of the Markdown tree with its physical lines, container marks removed. */
export interface Block {
  kind: BlockKind;
  line: number;
  lines: SourceLine[];
  /** Enclosing list items, outermost first. */
  items: readonly ListItem[];
  isQuoted: boolean;
  /** Heading level, else 0. */
  level: number;
  /** Info string of a fence. */
  info: string;
}

/**
 * Blocks only. Lezer's inline parsers are quadratic on runs of `![a](`, `~~` and `_`, and `inline.ts` needs one linear pass anyway.
 * Tables are read by `grid.ts`, which also takes those that lack a delimiter row.
 */
const blockParser = parser.configure({
  remove: [
    'InlineCode',
    'Escape',
    'HardBreak',
    'Link',
    'Image',
    'LinkEnd',
    'Emphasis',
    'HTMLTag',
    'Entity',
    'Autolink',
    'LinkReference',
    'HTMLBlock',
    'IndentedCode',
  ],
});

const CHECKBOX = /^\s*\[([ xX✓✔-])\](?:\s+|$)/u;
const MAX_SETEXT_LENGTH = 120;

class BlockReader {
  readonly blocks: Block[] = [];
  private readonly lines: readonly SourceLine[];
  private readonly starts: number[] = [];
  readonly text: string;
  private items: ListItem[] = [];
  private listStack: { list: number; ordered: boolean }[] = [];
  private lists = 0;
  private quotes = 0;
  private cursor = 0;

  constructor(lines: readonly SourceLine[]) {
    this.lines = lines;
    let offset = 0;
    for (const line of lines) {
      this.starts.push(offset);
      offset += line.text.length + 1;
    }
    this.text = lines.map((line) => line.text).join('\n');
  }

  /** Index of the line that holds `offset`; offsets mostly grow, so a pointer is enough. */
  private indexAt(offset: number): number {
    let at = Math.min(this.cursor, this.starts.length - 1);
    while (at > 0 && (this.starts[at] as number) > offset) at -= 1;
    while (at + 1 < this.starts.length && (this.starts[at + 1] as number) <= offset) at += 1;
    this.cursor = at;
    return at;
  }

  enter(node: SyntaxNodeRef): boolean {
    const { name } = node;
    if (name === 'BulletList' || name === 'OrderedList') {
      this.listStack.push({ list: this.lists, ordered: name === 'OrderedList' });
      this.lists += 1;
      return true;
    }
    if (name === 'ListItem') {
      this.items = [...this.items, this.readItem(node.from)];
      return true;
    }
    if (name === 'Blockquote') {
      this.quotes += 1;
      return true;
    }
    if (name === 'Paragraph') this.addText(node);
    else if (name === 'FencedCode') this.addFence(node);
    else if (name === 'HorizontalRule') this.add('rule', this.indexAt(node.from), []);
    else if (name.startsWith('ATXHeading')) this.addHeading(node, Number(name.slice(10)));
    else if (name.startsWith('SetextHeading')) this.addSetext(node, Number(name.slice(13)));
    return name === 'Document';
  }

  leave(node: SyntaxNodeRef): void {
    if (node.name === 'BulletList' || node.name === 'OrderedList') this.listStack.pop();
    else if (node.name === 'ListItem') this.items = this.items.slice(0, -1);
    else if (node.name === 'Blockquote') this.quotes -= 1;
  }

  private readItem(from: number): ListItem {
    const index = this.indexAt(from);
    const source = this.lines[index] as SourceLine;
    const rest = source.text.slice(from - (this.starts[index] as number));
    const mark = /^(?:(\d{1,9})[.)]|[-*+])(.{0,12})/u.exec(rest);
    const box = CHECKBOX.exec(mark?.[2] ?? '');
    const list = this.listStack.at(-1) ?? { list: -1, ordered: false };
    const checkbox = box ? (box[1] === ' ' ? 'open' : 'done') : null;
    const number = mark?.[1] === undefined ? null : Number(mark[1]);
    return { ordered: list.ordered, number, checkbox, line: source.line, list: list.list };
  }

  private add(kind: BlockKind, index: number, lines: SourceLine[], level = 0, info = ''): void {
    const line = (this.lines[index] as SourceLine).line;
    this.blocks.push({ kind, line, lines, items: this.items, isQuoted: this.quotes > 0, level, info });
  }

  /** The physical lines from `from` to `to`: the first from its column, the others without quote marks. */
  private slice(from: number, to: number): SourceLine[] {
    const first = this.indexAt(from);
    const out: SourceLine[] = [];
    for (let index = first; index < this.lines.length; index += 1) {
      const start = this.starts[index] as number;
      if (start > to || (start === to && index !== first)) break;
      const source = this.lines[index] as SourceLine;
      const whole = source.text.slice(index === first ? from - start : 0, Math.max(0, to - start));
      out.push({ text: index === first ? whole : this.unquote(whole), line: source.line });
    }
    return out;
  }

  private unquote(text: string): string {
    let rest = text;
    for (let depth = 0; depth < this.quotes; depth += 1) rest = rest.replace(/^\s{0,12}>\s?/u, '');
    return rest;
  }

  private addText(node: SyntaxNodeRef): void {
    const lines = this.slice(node.from, node.to);
    const first = lines[0];
    if (first && (this.items.at(-1)?.checkbox ?? null) !== null)
      first.text = first.text.replace(CHECKBOX, '');
    const outside =
      this.items.length > 0
        ? lines.findIndex((line, at) => at > 0 && this.isOutside(line, lines[at - 1]))
        : -1;
    this.add('text', this.indexAt(node.from), outside < 0 ? lines : lines.slice(0, outside));
    if (outside < 0) return;
    const { items } = this;
    this.items = [];
    const rest = lines.slice(outside);
    this.blocks.push({
      kind: 'text',
      line: rest[0]?.line ?? 1,
      lines: rest,
      items: [],
      isQuoted: this.quotes > 0,
      level: 0,
      info: '',
    });
    this.items = items;
  }

  /** Markdown lets a line without indentation continue a list entry; people who end a short entry there mean a new paragraph. */
  private isOutside(line: SourceLine, before: SourceLine | undefined): boolean {
    return /^\S/u.test(line.text) && before !== undefined && before.text.trim().length < 45;
  }

  private addHeading(node: SyntaxNodeRef, level: number): void {
    const [source] = this.slice(node.from, node.to);
    if (!source) return;
    const text = source.text.replace(/^#{1,6}\s*/u, '').replace(/\s#{1,10}\s*$/u, '');
    this.add('heading', this.indexAt(node.from), [{ text, line: source.line }], level);
  }

  /** `text` over `---` is meant as a rule rather than a heading when it is long or has several lines. */
  private addSetext(node: SyntaxNodeRef, level: number): void {
    const lines = this.slice(node.from, node.to).slice(0, -1);
    const only = lines[0];
    const isHeading = lines.length === 1 && only !== undefined && only.text.length <= MAX_SETEXT_LENGTH;
    if (isHeading && !/[.;]\s*$/u.test(only.text)) this.add('heading', this.indexAt(node.from), lines, level);
    else {
      this.add('text', this.indexAt(node.from), lines);
      this.add('rule', this.indexAt(node.to), []);
    }
  }

  private addFence(node: SyntaxNodeRef): void {
    const index = this.indexAt(node.from);
    const column = node.from - (this.starts[index] as number);
    const [opening, ...body] = this.slice(node.from, node.to);
    const mark = /^(`{3,}|~{3,})\s*(.*)$/u.exec(opening?.text ?? '');
    const isClosed = /^[\s>]*(?:`{3,}|~{3,})\s*$/u.test(body.at(-1)?.text ?? '');
    const lines = (isClosed ? body.slice(0, -1) : body).map(({ text, line }) => ({
      text: text.slice(0, column).trim() === '' ? text.slice(Math.min(column, text.length)) : text,
      line,
    }));
    this.add('fence', index, lines, 0, (mark?.[2] ?? '').trim());
  }
}

/** The blocks of a report in order. */
export function readBlocks(lines: readonly SourceLine[]): Block[] {
  const reader = new BlockReader(lines);
  const tree = blockParser.parse(reader.text);
  tree.iterate({ enter: (node) => reader.enter(node), leave: (node) => reader.leave(node) });
  return reader.blocks;
}
