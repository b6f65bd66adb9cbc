import { createLogUpdate } from 'log-update';
import { inkOf } from '../../report/ink.ts';
import { toPlain } from '../../report/plain.ts';
import { endLine } from './end-line.ts';
import { renderFrame } from './frame.ts';
import type { LiveOptions, LiveOutput, LiveStream } from './output.ts';
import { INITIAL_STATE, reduce } from './state.ts';
import { inkLine } from './styled.ts';

/** Drawn at most this often after events, and this often without any (for times that run on). */
const FRAME_MS = 80;
const TICK_MS = 1000;

/** A picture that is drawn over again while trainings run. What ends leaves its line above it. */
export function createLiveView({
  stream,
  color,
  now,
}: Pick<LiveOptions, 'stream' | 'color' | 'now'>): LiveOutput {
  const draw = createLogUpdate(stream as NodeJS.WriteStream);
  const ink = inkOf(color);
  let state = INITIAL_STATE;
  let isOpen = true;
  let pending: NodeJS.Timeout | null = null;

  const render = (): void => {
    if (pending) clearTimeout(pending);
    pending = null;
    if (!isOpen || !state.runs.some((run) => run.endedAt === null)) return draw.clear();
    draw(renderFrame(state, { columns: columnsOf(stream), rows: stream.rows ?? 24, color, now: now() }));
  };
  const renderSoon = (): void => {
    pending ??= setTimeout(render, FRAME_MS).unref();
  };
  const persist = (text: string): void => {
    draw.clear();
    stream.write(`${text}\n`);
    render();
  };
  const tick = setInterval(renderSoon, TICK_MS).unref();
  stream.on?.('resize', renderSoon);

  return {
    emit: (event) => {
      if (!isOpen) return;
      state = reduce(state, event);
      if (event.type === 'run-ended') {
        const run = state.runs.find((each) => each.id === event.run);
        if (run) persist(inkLine(endLine(run, state), Infinity, ink));
      } else if (event.type === 'note') {
        const mark = event.level === 'info' ? '' : `${ink(event.level === 'error' ? 'red' : 'yellow', '!')} `;
        persist(mark + toPlain(event.text, 2000));
      } else renderSoon();
    },
    print: (text) => {
      if (isOpen) persist(text);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(tick);
      if (pending) clearTimeout(pending);
      stream.off?.('resize', renderSoon);
      draw.clear();
      draw.done();
    },
  };
}

const columnsOf = (stream: LiveStream): number => Math.max(20, stream.columns ?? 80);
