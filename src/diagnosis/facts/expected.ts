import type { Node } from '../outline/node.ts';
import { clip } from './clip.ts';
import type { Spoken } from './spoken.ts';

const MAX = 20;

/** What the report expects of all its changes together, in its own words. */
export function findExpected(
  root: Node,
  spoken: readonly Spoken[],
  unitNodes: ReadonlySet<Node>,
): { text: string; line: number }[] {
  const out: { text: string; line: number }[] = [];
  const push = (text: string, line: number): void => {
    const clean = clip(text, 300);
    if (clean !== '' && out.length < MAX && !out.some((item) => item.line === line))
      out.push({ text: clean, line });
  };
  const takeAll = (node: Node): void => {
    if (out.length >= MAX) return;
    if (node.kind === 'table')
      for (const row of (node.grid?.rows ?? []).slice(0, MAX))
        push(row.cells.map((cell) => cell.text.trim()).join(' | '), row.line);
    else if (node.leaf) push(node.leaf.text, node.line);
    for (const child of node.children) takeAll(child);
  };
  const visit = (node: Node): void => {
    if (unitNodes.has(node) || out.length >= MAX) return;
    if (node.kind === 'section' && node.role === 'expected')
      for (const child of node.children) takeAll(child);
    else for (const child of node.children) visit(child);
  };
  visit(root);
  for (const { labelled, text, statement, isInUnit } of spoken)
    if (labelled.label === 'expected' && !isInUnit && text !== '') push(text, statement.line);
  return out.sort((a, b) => a.line - b.line);
}
