import { column } from '../lines.ts';
import type { Layout } from './render.ts';
import { isBlock, isCollection, visit } from './tree.ts';
import type { YamlCollection, YamlNode } from './tree.ts';

/** The indentation most of the file uses; two columns where it shows none. */
export function layoutOf(root: YamlNode, text: string): Layout {
  const units: number[] = [];
  const listUnits: number[] = [];
  visit(root, (node, slot) => {
    if (slot === undefined || !isCollection(node) || !isBlock(node) || slot.container.kind !== 'map') return;
    const indent = indentOf(node, text) - indentOf(slot.container, text);
    (node.kind === 'map' ? units : listUnits).push(indent);
  });
  const unit = mostCommon(units.filter((indent) => indent > 0)) ?? 2;
  return { unit, listUnit: mostCommon(listUnits) ?? unit };
}

/** Column of the entries of a block collection. */
export function indentOf(collection: YamlCollection, text: string): number {
  return column(text, collection.entries[0]?.start ?? collection.start);
}

function mostCommon(numbers: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of numbers) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
