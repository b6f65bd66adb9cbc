import { cellsOf, setCells } from './cells.ts';

/** Columns of plain text for the terminal, as wide as their widest cell; the first is left-aligned, the others right. */
export function grid(rows: readonly (readonly string[])[], gap = 2): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cellsOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => setCells(cell, widths[index] ?? 0, index === 0 ? 'left' : 'right'))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
