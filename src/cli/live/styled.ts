import { cellsOf, fitCells } from '../../report/cells.ts';
import type { Ink, Tone } from '../../report/ink.ts';

/** A piece of a line with its colour. Lines are cut to width before they are coloured, so that no escape is cut. */
export interface Piece {
  text: string;
  tone?: Tone | undefined;
}
export type Line = readonly Piece[];

export const lineCells = (line: Line): number => line.reduce((sum, piece) => sum + cellsOf(piece.text), 0);

/** The line as terminal text of at most `columns` cells. */
export function inkLine(line: Line, columns: number, ink: Ink): string {
  let left = columns;
  let text = '';
  for (const piece of line) {
    if (left <= 0) break;
    const fitted = fitCells(piece.text, left);
    left -= cellsOf(fitted);
    text += piece.tone === undefined ? fitted : ink(piece.tone, fitted);
    if (fitted !== piece.text) break;
  }
  return text;
}

/** `left` and `right` at the two ends of a line; the right one goes where both do not fit. */
export function spread(left: Line, right: Line, columns: number): Line {
  const room = columns - lineCells(left) - lineCells(right);
  return room < 2 ? left : [...left, { text: ' '.repeat(room) }, ...right];
}
