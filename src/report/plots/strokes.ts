import type { Role, Strand } from './curves.ts';
import { clipLine } from './clip.ts';
import { DENSE, smoothLine, thinLine, type Line } from './line.ts';
import type { Range } from './range.ts';

export interface StrokeRow {
  role: Role;
  line: string;
  x: number;
  y: number | null;
}

/** Lines drawn alike: one trial's for what the eye should follow, `fine` for training and for single runs beneath a mean. */
export interface Strokes {
  side: Strand['side'];
  weight: Role | 'fine';
  rows: StrokeRow[];
}

/** All lines of a panel in drawing order: training below, then single runs, then means and lone runs on top. */
export function strokesOf(strands: readonly Strand[], range: Range): Strokes[] {
  const training: Strokes = { side: 'training', weight: 'fine', rows: [] };
  const fine: Strokes = { side: 'validation', weight: 'fine', rows: [] };
  // Trials in layers of their own: each later one is drawn a little narrower, so that curves that coincide stay visible.
  const mains: Strokes[] = [];
  for (const { role, side, lines, broken, band } of strands) {
    const main: Strokes = { side: 'validation', weight: role, rows: [] };
    mains.push(main);
    const add = (to: Strokes, name: string, line: Line): void => {
      to.rows.push(
        ...clipLine(thinLine(line), range).map((spot) => ({ role, line: `${role} ${name}`, ...spot })),
      );
    };
    const mean = band.map((spot) => ({ x: spot.x, y: spot.mean }));
    const isPooled = mean.length > 0;
    if (side === 'training') {
      if (isPooled) add(training, 'mean', mean);
      else lines.forEach((line, index) => add(training, String(index), smoothLine(line)));
    } else {
      lines.forEach((line, index) => {
        const isDense = line.length > DENSE;
        // A band shows the spread already; of a lone dense run the jitter stays visible beneath its means.
        if (isPooled ? !isDense : isDense) add(fine, String(index), line);
        if (!isPooled) add(main, String(index), smoothLine(line));
      });
      if (isPooled) add(main, 'mean', mean);
    }
    broken.forEach((line, index) =>
      add(side === 'training' ? training : fine, `broken ${index}`, smoothLine(line)),
    );
  }
  return [training, fine, ...mains].filter((strokes) => strokes.rows.length > 0);
}

/** Spots without a neighbour, which no line would show. */
export function loneSpots(rows: readonly StrokeRow[]): StrokeRow[] {
  const joins = (a: StrokeRow | undefined, b: StrokeRow): boolean =>
    a !== undefined && a.line === b.line && a.y !== null;
  return rows.filter((row, at) => row.y !== null && !joins(rows[at - 1], row) && !joins(rows[at + 1], row));
}
