import type { Leaf } from '../text/inline.ts';
import { readStatements, type Statement } from '../text/statements.ts';
import type { Block, ListItem } from '../text/tree.ts';
import { readMarker, type Marker } from '../words/markers.ts';
import { labelClass, type LabelClass } from '../words/labels.ts';
import { roleOf, type Role } from '../words/roles.ts';

export interface Grid {
  header: readonly Leaf[];
  rows: readonly { cells: readonly Leaf[]; line: number }[];
}

export type NodeKind = 'root' | 'section' | 'item' | 'text' | 'fence' | 'table';

/** A part of a report: a section under its title, a list item, a paragraph, a fence or a table. */
export interface Node {
  kind: NodeKind;
  /** Title of a section, text of an item or paragraph. */
  leaf: Leaf | null;
  line: number;
  /** Headings 1–6; titles in bold 7 (sections), 8 (numbered), 9 (labels). */
  level: number;
  marker: Marker | null;
  role: Role | null;
  /** For titles and items that consist of a label only: what it announces. */
  label: LabelClass | null;
  item: ListItem | null;
  block: Block | null;
  grid: Grid | null;
  children: Node[];
  parent: Node | null;
}

export function createNode(kind: NodeKind, line: number, traits: Partial<Node> = {}): Node {
  return {
    kind,
    line,
    leaf: null,
    level: 0,
    marker: null,
    role: null,
    label: null,
    item: null,
    block: null,
    grid: null,
    children: [],
    parent: null,
    ...traits,
  };
}

export function append(parent: Node, child: Node): Node {
  child.parent = parent;
  parent.children.push(child);
  return child;
}

const LONGEST_MARKER = 12;

/** The marker a title starts with, also one that only bold type sets apart: "**R1** Halve the hop length". */
export function markerOf(leaf: Leaf, title: string): Marker | null {
  const found = readMarker(title);
  const [bold] = leaf.strong;
  const head = bold?.start === 0 ? leaf.text.slice(0, bold.end).trim() : '';
  if (found || head === '' || head.length > LONGEST_MARKER) return found;
  const own = readMarker(`${head}:`);
  return own?.kind === 'recommendation' ? { ...own, length: head.length } : null;
}

/** A section node for a title. */
export function sectionNode(leaf: Leaf, level: number): Node {
  const title = leaf.text.replace(/\s+/gu, ' ').trim();
  const marker = markerOf(leaf, title);
  const bare = marker ? title.slice(marker.length) : title;
  return createNode('section', leaf.line, {
    leaf,
    level,
    marker,
    role: roleOf(bare),
    label: labelClass(bare),
  });
}

const statements = new WeakMap<Leaf, readonly Statement[]>();

/** The statements of a leaf, split once. */
export function statementsOf(leaf: Leaf): readonly Statement[] {
  let found = statements.get(leaf);
  if (!found) {
    found = readStatements(leaf);
    statements.set(leaf, found);
  }
  return found;
}

/** The statements of a node's own text, the marker ("3.1", "R2:") left out. */
export function ownStatements(node: Node): readonly Statement[] {
  if (!node.leaf) return [];
  const [first, ...rest] = statementsOf(node.leaf);
  if (!first || !node.marker) return first ? [first, ...rest] : rest;
  const end = node.leaf.text.search(/\S/u) + node.marker.length;
  const tokens = first.tokens.filter((token) => token.start >= end);
  return tokens.length > 0 ? [{ ...first, tokens }, ...rest] : rest;
}

/** The title of a node without its marker, on one line. */
export function titleOf(node: Node): string {
  const text = (node.leaf?.text ?? '').replace(/\s+/gu, ' ').trim();
  return text.slice(node.marker?.length ?? 0).trim();
}
