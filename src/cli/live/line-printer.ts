import { inkOf } from '../../report/ink.ts';
import { toPlain } from '../../report/plain.ts';
import { endLine } from './end-line.ts';
import { epochLine } from './epoch-line.ts';
import type { LiveOptions, LiveOutput } from './output.ts';
import { INITIAL_STATE, reduce, type LiveRun } from './state.ts';
import { inkLine } from './styled.ts';
import { showRun } from './words.ts';

/** Logs without epochs may have a row per step; they get a line at most this often. */
const STEP_LINE_MS = 10_000;

/** Epochs of a fraction of a second would flood a CI log or an agent's context; where a run stands is told at most this often. */
const EPOCH_LINE_MS = 1000;

/** Off a terminal: a line for an epoch of each run, in the order in which things happen. */
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
    if (epoch === null ? run.curve.spots.length === 0 : epoch === last?.epoch) return;
    if (now() - (last?.at ?? -Infinity) < (epoch === null ? STEP_LINE_MS : EPOCH_LINE_MS)) return;
    printed.set(id, { epoch, at: now() });
    print(epochLine(run, state, now()));
  };

  return {
    emit: (event) => {
      if (!isOpen) return;
      state = reduce(state, event);
      switch (event.type) {
        case 'points':
          return printIfDue(event.run);
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
