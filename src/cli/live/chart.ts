import { cellsOf, setCells } from '../../report/cells.ts';
import { toPlain } from '../../report/plain.ts';
import { figuresOf } from '../../report/number.ts';
import { clipLine } from '../../report/plots/clip.ts';
import type { Line as PlotLine } from '../../report/plots/line.ts';
import { pixelOf, valueRange, type Range } from '../../report/plots/range.ts';
import { BrailleCanvas, brailleOf } from './braille.ts';
import type { LiveMetric } from './events.ts';
import type { LiveRun, LiveState } from './state.ts';
import { lineCells, type Line, type Piece } from './styled.ts';

export const FEWEST_CHART_ROWS = 5;
export const MOST_CHART_ROWS = 10;

/** The curves of the reference and of what is trained now, in at most `rows` lines; none where there is nothing to draw. */
export function chartLines(
  state: LiveState,
  { columns, rows, color }: { columns: number; rows: number; color: boolean },
): Line[] {
  const { metric } = state;
  if (metric === null || rows < FEWEST_CHART_ROWS || columns < 40) return [];
  const { reference, others, name } = linesOf(state);
  const all = [...reference, ...others];
  if (all.every((line) => line.filter((spot) => spot.y !== null).length < 2)) return [];
  const height = Math.min(rows, MOST_CHART_ROWS) - 1;
  const range = valueRange(all, state.target === null || !isNear(state.target, all) ? [] : [state.target], 4);
  const labels = labelsOf(range, metric, height);
  const margin = Math.max(...labels.map(cellsOf));
  const width = columns - margin - 3;
  const first = Math.min(...all.flatMap((line) => line.map((spot) => spot.x)));
  const last = Math.max(...all.flatMap((line) => line.map((spot) => spot.x)), ...limitsOf(state));
  const place: Range = { low: first, high: Math.max(last, first + 1), ticks: [], isLog: false, isCut: null };
  const draw = (lines: readonly PlotLine[]): BrailleCanvas => {
    const canvas = new BrailleCanvas(width, height);
    const px = (x: number): number => Math.round(pixelOf(place, x, width * 2 - 1));
    const py = (y: number): number => height * 4 - 1 - Math.round(pixelOf(range, y, height * 4 - 1));
    for (const line of lines) {
      const clipped = clipLine(line, range);
      for (const [index, { x, y }] of clipped.entries()) {
        if (y === null) continue;
        const before = clipped[index - 1];
        if (before && before.y !== null) canvas.line(px(before.x), py(before.y), px(x), py(y));
        else canvas.dot(px(x), py(y));
      }
    }
    return canvas;
  };
  const under = draw(reference);
  const over = draw(others);
  const targetRow =
    state.target === null || state.target < range.low || state.target > range.high
      ? -1
      : height - 1 - Math.floor(Math.min(0.999, pixelOf(range, state.target, 1)) * height);
  const body = Array.from({ length: height }, (_, row): Line => {
    const label: Piece = {
      text: `${setCells(labels[row] ?? '', margin, 'right')} ${labels[row] === '' ? '│' : '┤'}`,
      tone: 'dim',
    };
    return [label, ...cellPieces(under, over, row, row === targetRow, color)];
  });
  return [
    ...body,
    footer(state, {
      margin,
      width,
      first,
      last: place.high,
      color,
      hasReference: reference.length > 0,
      name,
    }),
  ];
}

/** `name`: what the others are called; null where there are none. */
function linesOf(state: LiveState): { reference: PlotLine[]; others: PlotLine[]; name: string | null } {
  const drawn = state.runs.filter((run) => run.kind !== 'smoke' && run.curve.spots.length > 0);
  const toLine = (run: LiveRun): PlotLine =>
    run.curve.spots.map(({ x, y }) => ({ x, y: Number.isFinite(y) ? y : null }));
  const others = drawn.filter((run) => run.trial !== state.reference);
  const running = others.filter((run) => run.endedAt === null);
  const axis = (running.at(-1) ?? others.at(-1) ?? drawn.at(-1))?.curve.axis;
  const shown = running.length > 0 ? running : others.slice(-1);
  const same = shown.filter((run) => run.curve.axis === axis);
  const trials = [...new Set(same.map((run) => run.trial))];
  return {
    reference: drawn.filter((run) => run.trial === state.reference && run.curve.axis === axis).map(toLine),
    others: same.map(toLine),
    name:
      trials.length === 0 ? null : trials.length === 1 ? (trials[0] as string) : `${trials.length} trials`,
  };
}

/** A target far off would squeeze the curves flat. */
function isNear(target: number, lines: readonly PlotLine[]): boolean {
  const values = lines.flatMap((line) => line.flatMap((spot) => (spot.y === null ? [] : [spot.y])));
  const low = Math.min(...values);
  const high = Math.max(...values);
  return target > low - (high - low) && target < high + (high - low);
}

/** Known epoch limits of running trainings give the chart its width, so that curves grow into it. */
function limitsOf(state: LiveState): number[] {
  return state.runs.flatMap((run) =>
    run.endedAt === null && run.kind !== 'smoke' && run.curve.axis === 'epoch' && run.epochs !== null
      ? [run.epochs]
      : [],
  );
}

function labelsOf(range: Range, metric: LiveMetric, height: number): string[] {
  const middle = (range.low + range.high) / 2;
  const figures = figuresOf(metric.scale, [range.low, range.high], [(range.high - range.low) / 10]);
  const labels = Array.from({ length: height }, () => '');
  labels[0] = figures.value(range.high);
  labels[height >> 1] = figures.value(middle);
  labels[height - 1] = figures.value(range.low);
  return labels;
}

/** Without colours the reference is drawn with single points, to be told from the other's lines. */
function cellPieces(
  under: BrailleCanvas,
  over: BrailleCanvas,
  row: number,
  isTarget: boolean,
  color: boolean,
): Piece[] {
  const pieces: Piece[] = [];
  const add = (text: string, tone: Piece['tone']): void => {
    const last = pieces.at(-1);
    if (last && last.tone === tone) last.text += text;
    else pieces.push({ text, tone });
  };
  for (let column = 0; column < over.columns; column++) {
    const above = over.cell(column, row);
    const below = under.cell(column, row);
    if (above !== 0) add(brailleOf(color ? above | below : above), 'yellow');
    else if (below !== 0) add(color ? brailleOf(below) : '·', 'blue');
    else add(isTarget ? '┄' : ' ', 'dim');
  }
  return pieces;
}

interface FooterFacts {
  margin: number;
  width: number;
  first: number;
  last: number;
  color: boolean;
  hasReference: boolean;
  name: string | null;
}

function footer(
  state: LiveState,
  { margin, width, first, last, color, hasReference, name }: FooterFacts,
): Line {
  const axis = state.runs.at(-1)?.curve.axis ?? 'epoch';
  const from = `${' '.repeat(margin + 2)}${axis} ${Number(first.toFixed(2))}`;
  const to = String(Number(last.toFixed(2)));
  const marks: Piece[] = [
    ...(hasReference
      ? [
          { text: color ? '⠤⠤ ' : '·· ', tone: 'blue' as const },
          { text: `${toPlain(state.reference, 20)}   ` },
        ]
      : []),
    ...(name === null ? [] : [{ text: '⠤⠤ ', tone: 'yellow' as const }, { text: `${toPlain(name, 20)}   ` }]),
    ...(state.target === null ? [] : [{ text: '┄┄ target' }]),
  ];
  const used = lineCells(marks);
  const room = margin + 2 + width - cellsOf(from) - used - cellsOf(to);
  if (room < 4) return [{ text: from, tone: 'dim' }];
  const left = room >> 1;
  return [
    { text: from + ' '.repeat(left), tone: 'dim' },
    ...marks,
    { text: ' '.repeat(room - left) + to, tone: 'dim' },
  ];
}
