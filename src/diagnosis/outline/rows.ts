import { columnOf } from '../words/columns.ts';
import type { Grid, Node } from './node.ts';
import { draft, type Draft, type UnitStance } from './unit.ts';

/** Whether a table's rows propose changes. */
export function isRecommendationTable(grid: Grid): boolean {
  const columns = grid.header.map((leaf) => columnOf(leaf.text));
  return columns.some(
    (column) => column === 'proposed' || column === 'change' || column === 'recommendation',
  );
}

/** A table of recommendations whose first column numbers them. */
export function isNumberedTable(grid: Grid): boolean {
  return (
    columnOf(grid.header[0]?.text ?? '') === 'number' &&
    isRecommendationTable(grid) &&
    grid.rows.every((row) => /^(?:\W*\p{L}{0,4}[ .#-]?\d{1,3}\W*|\s*)$/u.test(row.cells[0]?.text ?? ''))
  );
}

/** `| # | Recommendation | … |`: the rows are the recommendations rather than details of one. */
export function rowDrafts(node: Node, stance: UnitStance): Draft[] {
  const grid = node.grid as Grid;
  const columns = grid.header.map((leaf) => columnOf(leaf.text));
  const at = columns.indexOf('number');
  const texts = grid.rows.map((row) => (at >= 0 ? (row.cells[at]?.text ?? '').trim() : ''));
  // `QW1 … SL1`: series of their own, so that the number alone names nothing.
  const series = new Set(texts.filter((text) => text !== '').map((text) => text.replace(/\d.*$/su, '')));
  let above: number | null = null;
  return grid.rows.map((row, index) => {
    const text = texts[index] ?? '';
    const number = series.size > 1 ? undefined : /\d{1,3}/u.exec(text)?.[0];
    // A row without a number goes on with the recommendation above it.
    const stated: number | null =
      number === undefined ? (at >= 0 && text === '' ? above : null) : Number(number);
    above = stated;
    return draft([node], stated, stance, {
      row: { grid, index },
      line: row.line,
    });
  });
}
