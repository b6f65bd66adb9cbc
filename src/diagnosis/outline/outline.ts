import { readInline, type Leaf } from '../text/inline.ts';
import type { SourceLine } from '../text/lines.ts';
import type { Block, ListItem } from '../text/tree.ts';
import { columnOf } from '../words/columns.ts';
import { labelClass } from '../words/labels.ts';
import { roleOf } from '../words/roles.ts';
import { splitTables } from './grid.ts';
import { markerOf, append, createNode, sectionNode, type Node } from './node.ts';

const BOLD_SECTION = 7;
const BOLD_NUMBERED = 8;
const BOLD_LABEL = 9;
const MAX_TITLE = 160;

function isHeader(cells: readonly string[]): boolean {
  const columns = cells.map(columnOf);
  return (
    columns.includes('parameter') && columns.some((column) => column === 'proposed' || column === 'change')
  );
}

/** The span of a leaf that is set in bold from its start, punctuation included; 0 where it does not start bold. */
function boldLead(leaf: Leaf): number {
  const first = leaf.strong[0];
  if (!first || /[\p{L}\p{N}]/u.test(leaf.text.slice(0, first.start))) return 0;
  return first.end;
}

/** Reads blocks into a tree of sections, items and leaves. */
class OutlineBuilder {
  readonly root = createNode('root', 1);
  /** Open sections, outermost first. */
  private sections: Node[] = [this.root];
  /** Open list items under the innermost section. */
  private items: { item: ListItem; node: Node }[] = [];

  add(block: Block): void {
    if (block.kind === 'rule') return this.addRule();
    if (block.isQuoted && !this.isCallout(block)) return;
    if (block.kind === 'heading') {
      const leaf = readInline(block.lines);
      const node = sectionNode(leaf, block.level);
      node.block = block;
      this.openSection(node);
      return;
    }
    const parent = this.parentFor(block);
    if (block.kind === 'fence') append(parent, createNode('fence', block.line, { block }));
    else this.addText(block, parent);
  }

  /** Quoted text is somebody else's, except in callouts (`> [!NOTE]`), which are the author's. */
  private isCallout(block: Block): boolean {
    const first = block.lines[0];
    if (first && /^\[!\w+\]/u.test(first.text)) {
      block.lines = block.lines.slice(1);
      return block.lines.length > 0;
    }
    return false;
  }

  /** A rule ends what bold titles opened, except numbered ones, which rules often separate. */
  private addRule(): void {
    this.items = [];
    while ((this.sections.at(-1)?.level ?? 0) >= BOLD_NUMBERED) this.sections.pop();
  }

  private openSection(node: Node): void {
    this.items = [];
    while (this.sections.length > 1 && (this.sections.at(-1) as Node).level >= node.level)
      this.sections.pop();
    append(this.sections.at(-1) as Node, node);
    this.sections.push(node);
  }

  private parentFor(block: Block): Node {
    const { items } = block;
    let depth = 0;
    while (depth < items.length && depth < this.items.length && this.items[depth]?.item === items[depth])
      depth += 1;
    this.items = this.items.slice(0, depth);
    let parent = this.items.at(-1)?.node ?? this.sections.at(-1) ?? this.root;
    for (const item of items.slice(depth)) {
      const node = append(parent, createNode('item', item.line, { item }));
      this.items.push({ item, node });
      parent = node;
    }
    return parent;
  }

  private addText(block: Block, parent: Node): void {
    if (parent.kind === 'item' && parent.leaf === null && parent.children.length === 0) {
      const parts = splitTables(block.lines, isHeader);
      const first = parts[0];
      if (first?.kind === 'text') {
        this.setItemText(parent, first.lines, block);
        this.addParts(parts.slice(1), block, parent);
        return;
      }
    }
    this.addParts(splitTables(block.lines, isHeader), block, parent);
  }

  private setItemText(node: Node, lines: SourceLine[], block: Block): void {
    node.leaf = readInline(lines);
    node.block = block;
    const title = node.leaf.text.split('\n')[0] ?? '';
    node.marker = markerOf(node.leaf, title);
    const colon = /^(.{1,60}?)\s*:\s*$/u.exec(title.trim())?.[1];
    const isAllBold = boldLead(node.leaf) >= title.trim().length - 1 && title.trim() !== '';
    if (node.leaf.breaks.length === 1 && (colon !== undefined || isAllBold))
      node.label = labelClass(colon ?? title);
  }

  private addParts(parts: ReturnType<typeof splitTables>, block: Block, parent: Node): void {
    for (const part of parts) {
      if (part.kind === 'table') {
        const node = createNode('table', part.lines[0]?.line ?? block.line, { grid: part.grid, block });
        append(parent.kind === 'item' ? parent : (this.sections.at(-1) as Node), node);
      } else this.addParagraph(part.lines, block, parent);
    }
  }

  private addParagraph(lines: readonly SourceLine[], block: Block, parent: Node): void {
    if (parent.kind === 'item') {
      append(
        parent,
        createNode('text', lines[0]?.line ?? block.line, {
          leaf: readInline(lines),
          block: { ...block, lines: [...lines] },
        }),
      );
      return;
    }
    let from = 0;
    for (let at = 0; at < lines.length; at += 1) {
      const title = this.titleAt(lines, at);
      if (!title) continue;
      this.flushText(lines.slice(from, at), block);
      this.openSection(title);
      from = at + 1;
    }
    this.flushText(lines.slice(from), block);
  }

  private flushText(lines: readonly SourceLine[], block: Block): void {
    if (lines.every((line) => line.text.trim() === '')) return;
    append(
      this.sections.at(-1) as Node,
      createNode('text', lines[0]?.line ?? block.line, {
        leaf: readInline(lines),
        block: { ...block, lines: [...lines] },
      }),
    );
  }

  private isInNumbered(): boolean {
    return this.sections.some(
      (section) =>
        section.marker !== null &&
        (section.role === null ||
          section.level >= BOLD_NUMBERED ||
          section.parent?.role === 'recommendations'),
    );
  }

  /** The section that a line of a paragraph opens when it is set as a title: in bold, with a marker, or as `Root causes:`. */
  private titleAt(lines: readonly SourceLine[], at: number): Node | undefined {
    const line = lines[at] as SourceLine;
    const text = line.text.trim();
    if (text === '' || text.length > 600) return undefined;
    const couldBe = /^(?:[*_]|\p{Extended_Pictographic}|#|\[|[\p{L}\p{N}(][^|]{0,100})/u.test(text);
    if (!couldBe) return undefined;
    const leaf = readInline([line]);
    const plain = leaf.text.trim();
    const bold = boldLead(leaf);
    const isAllBold = bold > 0 && plain.slice(bold).replace(/[\s:.–—-]/gu, '') === '';
    const marker = markerOf(leaf, plain);
    const isAlone = plain.length <= MAX_TITLE;
    if (marker && marker.kind !== 'option' && marker.number !== null) {
      const isMarked = marker.kind === 'recommendation' || bold > 0 || /^\d{1,2}[.)]\s/u.test(plain);
      const isSet = bold > 0 || /[:.)\]–—|-]\s*$/u.test(plain.slice(0, marker.length));
      if (isMarked && isSet) return sectionNode(leaf, BOLD_NUMBERED);
    }
    if (marker?.kind === 'option' && (bold > 0 || /^.{0,12}[:–—-]/u.test(plain)))
      return sectionNode(leaf, BOLD_LABEL);
    if (!isAlone) return undefined;
    const isColonLine = /:\s*$/u.test(plain) && plain.length <= 60 && plain.split(/\s+/u).length <= 6;
    const isShouted = /^[^\p{Ll}]{4,60}$/u.test(plain) && /\p{Lu}{3}/u.test(plain) && !/[=→]/u.test(plain);
    const isBare =
      lines.length === 1 && /^[\p{L}][\p{L} &/'’-]{2,40}$/u.test(plain) && plain.split(/\s+/u).length <= 3;
    if (!isAllBold && !isColonLine && !(isShouted && at === 0) && !isBare) return undefined;
    const title = plain.replace(/[\s:]+$/u, '');
    const role = roleOf(title);
    if (isBare && !isAllBold && role === null) return undefined;
    const label = labelClass(title);
    if (label && this.isInNumbered())
      return isAllBold || isColonLine ? sectionNode(leaf, BOLD_LABEL) : undefined;
    if (role || isAllBold) return sectionNode(leaf, role || !this.isInNumbered() ? BOLD_SECTION : BOLD_LABEL);
    return label ? sectionNode(leaf, BOLD_LABEL) : undefined;
  }
}

/** The outline of a report: its sections, items and leaves as a tree. */
export function buildOutline(blocks: readonly Block[]): Node {
  const builder = new OutlineBuilder();
  for (const block of blocks) builder.add(block);
  return builder.root;
}
