import { inkOf } from '../../report/ink.ts';
import { toPlain } from '../../report/plain.ts';
import { endLine } from './end-line.ts';
import { epochLine } from './epoch-line.ts';
import type { LiveEvent } from './events.ts';
import type { LiveOptions, LiveOutput } from './output.ts';
import { INITIAL_STATE, reduce, type LiveRun } from './state.ts';
import { inkLine } from './styled.ts';
import { showRun } from './words.ts';

/** Logs without epochs may have a row per step; they get a line at most this often. */
const STEP_LINE_MS = 10_000;

/** A run that is continued brings all its earlier rows at once; beyond this many, only where it stands is printed. */
const MOST_AT_ONCE = 100;

/** Off a terminal: one line per epoch of each run, in the order in which things happen. */
export function createLinePrinter({
  stream,
  color,
  now,
}: Pick<LiveOptions, 'stream' | 'color' | 'now'>): LiveOutput {
  const ink = inkOf(color);
  const printed = new Map<string, { epoch: number | null; at: number }>();
  let state = INITIAL_STATE;
  let isOpen = true;
  const print = (text: string): void => {
    if (isOpen) stream.write(`${text}\n`);
  };
  const runOf = (id: string): LiveRun | undefined => state.runs.find((run) => run.id === id);

  /** One line for each epoch that came, though several may come at once. */
  const printProgress = (event: Extract<LiveEvent, { type: 'points' }>): void => {
    const before = runOf(event.run);
    if (!before) return;
    const backlog = event.points.length - before.curve.read;
    const from = backlog > MOST_AT_ONCE ? event.points.length : before.curve.read + 1;
    for (let length = from; length <= event.points.length; length++) {
      const isLast = length === event.points.length;
      if (!isLast && event.points[length - 1]?.epoch === null) continue;
      // A row is complete when the next epoch begins, or when it is the last one that came.
      if (!isLast && event.points[length]?.epoch === event.points[length - 1]?.epoch) continue;
      state = reduce(state, { ...event, points: isLast ? event.points : event.points.slice(0, length) });
      printIfDue(event.run);
    }
    state = reduce(state, event);
    printIfDue(event.run);
  };

  const printIfDue = (id: string): void => {
    const run = runOf(id);
    if (
      !run ||
      run.kind === 'smoke' ||
      run.kind === 'candidate' ||
      (state.metric !== null && run.curve.spots.length === 0)
    )
      return;
    const { epoch } = run.curve;
    const last = printed.get(id);
    const isDue = epoch === null ? now() - (last?.at ?? -Infinity) >= STEP_LINE_MS : epoch !== last?.epoch;
    if (!isDue || (epoch === null && run.curve.spots.length === 0)) return;
    printed.set(id, { epoch, at: now() });
    print(epochLine(run, state, now()));
  };

  return {
    emit: (event) => {
      if (!isOpen) return;
      if (event.type === 'points') return printProgress(event);
      state = reduce(state, event);
      switch (event.type) {
        case 'phase':
          return print(
            `${toPlain(event.name, 80)}${event.detail === undefined ? '' : ` (${toPlain(event.detail, 160)})`}`,
          );
        case 'run-started': {
          const run = runOf(event.run);
          return run && print(`${showRun(run)}: started`);
        }
        case 'guard': {
          const run = runOf(event.run);
          return run && print(`${ink('red', '!')} ${showRun(run)}: ${toPlain(event.message, 300)}`);
        }
        case 'run-ended': {
          const run = runOf(event.run);
          printed.delete(event.run);
          return run && print(inkLine(endLine(run, state), Infinity, ink));
        }
        case 'note':
          return print(
            `${event.level === 'info' ? '' : `${ink(event.level === 'error' ? 'red' : 'yellow', '!')} `}${toPlain(event.text, 2000)}`,
          );
        case 'started':
        case 'metric':
        case 'resources':
        case 'earlier-run':
        case 'budget':
          return;
      }
    },
    print,
    close: () => {
      isOpen = false;
    },
  };
}
