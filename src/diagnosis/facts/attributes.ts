import { splitLabel } from '../outline/labels.ts';
import { statementsOf, titleOf, type Node } from '../outline/node.ts';
import type { Unit } from '../outline/unit.ts';
import { columnOf } from '../words/columns.ts';
import type { Recommendation } from '../types.ts';
import { clip } from './clip.ts';

type Attribute = 'impact' | 'effort' | 'risk' | 'expected';
const ATTRIBUTES: readonly Attribute[] = ['impact', 'effort', 'risk', 'expected'];

function isAttribute(name: string | null): name is Attribute {
  return name !== null && (ATTRIBUTES as readonly string[]).includes(name);
}

function collect(node: Node, found: Partial<Record<Attribute, string>>, depth: number): void {
  if (depth > 8) return;
  if (node.leaf) {
    for (const statement of statementsOf(node.leaf).slice(0, 60)) {
      const { label, tokens } = splitLabel(statement);
      const first = tokens[0];
      const last = tokens.at(-1);
      if (isAttribute(label) && first && last)
        found[label] ??= clip(node.leaf.text.slice(first.start, last.end));
    }
    if (isAttribute(node.label)) {
      const inner = node.children.find((child) => child.leaf)?.leaf?.text;
      if (inner !== undefined) found[node.label] ??= clip(inner);
    }
  }
  for (const child of node.children.slice(0, 60)) collect(child, found, depth + 1);
}

function rowText(unit: Unit, names: readonly string[]): string | null {
  if (!unit.row) return null;
  const columns = unit.row.grid.header.map((leaf) => columnOf(leaf.text));
  const row = unit.row.grid.rows[unit.row.index];
  for (const name of names) {
    const at = columns.findIndex((column) => column === name);
    const text = at >= 0 ? row?.cells[at]?.text.trim() : undefined;
    if (text !== undefined && text !== '') return clip(text);
  }
  return null;
}

function titleText(unit: Unit): string {
  const [first] = unit.nodes;
  if (!first) return '';
  if (unit.row) return rowText(unit, ['recommendation', 'change', 'parameter', 'reason', 'proposed']) ?? '';
  if (unit.statement !== null && first.leaf) {
    const statement = statementsOf(first.leaf)[unit.statement];
    const start = statement?.tokens[0]?.start ?? 0;
    return clip(first.leaf.text.slice(start, statement?.tokens.at(-1)?.end ?? start));
  }
  const leaf = first.leaf;
  const bold = leaf?.strong[0];
  const lead =
    leaf && bold && bold.start <= (first.marker?.length ?? 0) + 3 ? leaf.text.slice(0, bold.end) : null;
  const text =
    lead === null
      ? (titleOf(first).split(/(?<=[\p{L})\d])[.。](?:\s|$)/u)[0] ?? '')
      : lead.slice(first.marker?.length ?? 0);
  return clip(text.replace(/^[\s*:–—-]+|[\s:–—-]+$/gu, ''));
}

/** A recommendation as the report states it: title, impact, effort, risk, expected effect. */
export function describeUnit(unit: Unit): Recommendation {
  const found: Partial<Record<Attribute, string>> = {};
  if (!unit.row && unit.statement === null) for (const node of unit.nodes) collect(node, found, 0);
  const pick = (name: Attribute): string | null => found[name] ?? rowText(unit, [name]);
  return {
    number: unit.number,
    title: titleText(unit),
    line: unit.line,
    impact: pick('impact'),
    effort: pick('effort'),
    risk: pick('risk'),
    expected: pick('expected'),
  };
}
