import { formatDuration } from '../../project/duration.ts';
import { setCells } from '../../report/cells.ts';
import { toPlain } from '../../report/plain.ts';
import type { Tone } from '../../report/ink.ts';
import { progressBar } from './bar.ts';
import { remainingMs } from './pace.ts';
import { standingOf } from './standing.ts';
import type { LiveRun, LiveState } from './state.ts';
import { lineCells, type Line, type Piece } from './styled.ts';
import { joinFitting, resourceWords, showLead, showPlace, showRun, showValue } from './words.ts';

/** From this width on, a run takes one line instead of two. */
const ONE_LINE = 132;

/** One running training: progress, time left, how it stands, what it uses; below it what guards had to say. */
export function runLines(
  run: LiveRun,
  state: LiveState,
  size: { columns: number; now: number; nameCells: number },
): Line[] {
  const { columns, now, nameCells } = size;
  const name: Piece = {
    text: setCells(showRun(run), nameCells),
    tone: run.trial === state.reference ? 'blue' : 'yellow',
  };
  const head: Line = [{ text: '▸ ', tone: 'dim' }, name, { text: '  ' }];
  const facts = standingPieces(run, state);
  const words = resourceWords(run, now);
  const guards = run.guards.map((text): Line => [{ text: `  ! ${toPlain(text, 300)}`, tone: 'red' }]);
  const withUse = (line: Line): Line => {
    const use = joinFitting(words, columns - lineCells(line) - 2);
    return use === '' ? line : [...line, { text: `  ${use}`, tone: 'dim' }];
  };
  if (columns >= ONE_LINE) {
    const progress = progressPieces(run, now, Math.min(30, Math.floor(columns / 6)));
    return [withUse([...head, ...progress, { text: '  ' }, ...facts]), ...guards];
  }
  const room = columns - lineCells(head) - lineCells(progressPieces(run, now, 0)) - 1;
  const first = [...head, ...progressPieces(run, now, Math.max(6, Math.min(40, room)))];
  return [first, withUse([{ text: '  ' }, ...facts]), ...guards];
}

function progressPieces(run: LiveRun, now: number, cells: number): Piece[] {
  const { epochs, curve } = run;
  const share = epochs !== null && curve.epoch !== null && epochs > 0 ? curve.epoch / epochs : null;
  const { before, done, left } = progressBar(share, cells, now);
  const remaining = remainingMs(run, now);
  const place = showPlace(run);
  return [
    { text: before, tone: 'dim' },
    { text: done, tone: 'cyan' },
    { text: left, tone: 'dim' },
    { text: `  ${place === '' ? 'starting' : place}` },
    {
      text:
        remaining === null
          ? `  ${formatDuration(Math.max(0, now - run.startedAt))}`
          : `  ETA ${formatDuration(remaining)}`,
      tone: 'dim',
    },
  ];
}

function standingPieces(run: LiveRun, state: LiveState): Piece[] {
  const { metric } = state;
  const standing = standingOf(run, state);
  if (metric === null || standing === undefined) return [{ text: 'no metric logged yet', tone: 'dim' }];
  const value: Piece[] = [
    { text: `${toPlain(metric.name, 32)} ` },
    { text: showValue(standing.value, metric), tone: Number.isFinite(standing.value) ? 'bold' : 'red' },
  ];
  if (standing.ahead === undefined || standing.reference === undefined) return value;
  const tone: Tone = standing.ahead > 0 ? 'green' : standing.ahead < 0 ? 'red' : 'dim';
  const arrow = standing.ahead > 0 ? '▲' : standing.ahead < 0 ? '▼' : '=';
  const where = standing.at === 'here' ? '' : ' best';
  return [
    ...value,
    { text: `  ${arrow} ${showLead(standing.ahead, metric)}`, tone },
    {
      text: ` (${toPlain(state.reference, 24)}${where} ${showValue(standing.reference, metric)})`,
      tone: 'dim',
    },
  ];
}
