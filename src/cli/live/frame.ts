import { formatDuration } from '../../project/duration.ts';
import { figuresOf } from '../../report/number.ts';
import { inkOf } from '../../report/ink.ts';
import { toPlain } from '../../report/plain.ts';
import { cellsOf } from '../../report/cells.ts';
import { chartLines, FEWEST_CHART_ROWS, MOST_CHART_ROWS } from './chart.ts';
import { runLines } from './run-lines.ts';
import type { LiveState } from './state.ts';
import { inkLine, spread, type Line, type Piece } from './styled.ts';
import { showRun } from './words.ts';

export interface FrameSize {
  columns: number;
  rows: number;
  color: boolean;
  now: number;
}

/** One picture of the live view: pure, never wider than `columns - 1` cells, never higher than `rows - 1` lines. */
export function renderFrame(state: LiveState, { columns, rows, color, now }: FrameSize): string {
  const ink = inkOf(color);
  // The last column stays free: terminals differ in what they do after writing it.
  const width = Math.max(1, columns - 1);
  const most = Math.max(1, rows - 1);
  const running = state.runs.filter((run) => run.endedAt === null);
  const nameCells = Math.min(40, Math.max(0, ...running.map((run) => cellsOf(showRun(run)))));
  const head = [headLine(state, width)];
  const foot = [footLine(state, now, width)].filter((line) => line.length > 0);
  const blocks = running.map((run) => runLines(run, state, { columns: width, now, nameCells }));
  const body = fitBlocks(blocks, most - head.length - foot.length);
  const free = most - head.length - body.length - foot.length - 1;
  const chart = chartLines(state, { columns: width, rows: Math.min(MOST_CHART_ROWS, free), color });
  const lines = [...head, ...body, ...(chart.length >= FEWEST_CHART_ROWS ? [[], ...chart] : []), ...foot];
  return lines
    .slice(0, most)
    .map((line) => inkLine(line, width, ink).trimEnd())
    .join('\n');
}

function headLine(state: LiveState, width: number): Line {
  const { project, iteration, phase, metric, target } = state;
  const left: Piece[] = [{ text: toPlain(project, 40), tone: 'bold' }];
  if (iteration > 1) left.push({ text: ` · iteration ${iteration}` });
  if (phase)
    left.push({
      text: ` · ${toPlain(phase.name, 60)}${phase.detail === null ? '' : ` (${toPlain(phase.detail, 80)})`}`,
    });
  if (metric === null) return left;
  const wanted = target === null ? '' : `, target ${figuresOf(metric.scale, [target]).setpoint(target)}`;
  return spread(
    left,
    [{ text: `${toPlain(metric.name, 32)} ${metric.goal === 'max' ? '↑' : '↓'}${wanted}`, tone: 'dim' }],
    width,
  );
}

function footLine({ budget, startedAt }: LiveState, now: number, width: number): Line {
  const parts: string[] = [];
  if (budget) {
    const { runs, ms, at } = budget;
    const used = ms.used + Math.max(0, now - at);
    if (runs.limit !== null)
      parts.push(`${runs.used} of ${runs.limit} trainings used, ${Math.max(0, runs.limit - runs.used)} left`);
    if (ms.limit !== null)
      parts.push(`${formatDuration(Math.max(0, ms.limit - used))} left of ${formatDuration(ms.limit)}`);
  }
  const left: Line = parts.length === 0 ? [] : [{ text: `budget: ${parts.join(' · ')}`, tone: 'dim' }];
  const right: Line =
    startedAt === null ? [] : [{ text: formatDuration(Math.max(0, now - startedAt)), tone: 'dim' }];
  return left.length === 0 ? right : spread(left, right, width);
}

/** As many whole runs as fit; what is left out is counted. */
function fitBlocks(blocks: readonly Line[][], room: number): Line[] {
  if (blocks.reduce((sum, block) => sum + block.length, 0) <= room) return blocks.flat();
  const shown: Line[] = [];
  let count = 0;
  for (const block of blocks) {
    if (shown.length + block.length > room - 1) break;
    shown.push(...block);
    count += 1;
  }
  const hidden = blocks.length - count;
  return room < 1
    ? []
    : [...shown, [{ text: `  … and ${hidden} more ${hidden === 1 ? 'run' : 'runs'}`, tone: 'dim' }]];
}
