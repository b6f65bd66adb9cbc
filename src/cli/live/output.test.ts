import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveEvent } from './events.ts';
import { BASELINE, logs, OPENING, OPTIMIZED, starts, T0 } from './fixtures/study.ts';
import { openLive, type LiveOptions, type LiveStream } from './output.ts';

class Sink implements LiveStream {
  text = '';
  columns = 80;
  rows = 24;
  isTTY = true;
  write(text: string): void {
    this.text += text;
  }
}

let clock = T0;
const open = async (
  change: Partial<LiveOptions>,
): Promise<{ sink: Sink; live: Awaited<ReturnType<typeof openLive>> }> => {
  const sink = new Sink();
  clock = T0;
  const live = await openLive({
    stream: sink,
    isLive: false,
    isQuiet: false,
    color: false,
    now: () => clock,
    ...change,
  });
  return { sink, live };
};
const ended: LiveEvent = {
  type: 'run-ended',
  at: T0 + 46_000,
  run: 'optimized-1-s42',
  status: 'finished',
  value: { value: 83.1, epoch: 43, epochs: 46 },
  message: null,
};
const diverged: LiveEvent = {
  type: 'run-ended',
  at: T0 + 9000,
  run: 'optimized-1-s43',
  status: 'diverged',
  value: null,
  message: 'val_acc became NaN at epoch 9',
};

test('off a terminal: where each run stands, at most a line a second', async () => {
  const { sink, live } = await open({});
  for (const event of OPENING) live.emit(event);
  live.emit(starts(42));
  for (let epoch = 1; epoch <= 3; epoch++) {
    clock = T0 + epoch * 1000;
    live.emit(logs(42, OPTIMIZED.slice(0, epoch), clock));
    live.emit(logs(42, OPTIMIZED.slice(0, epoch), clock));
  }
  clock = T0 + 3500;
  live.emit(logs(42, OPTIMIZED.slice(0, 4), clock));
  clock = T0 + 5000;
  live.emit(logs(42, OPTIMIZED.slice(0, 5), clock));
  live.emit({ type: 'note', at: clock, level: 'warning', text: 'careful' });
  live.print('As it is.');
  live.emit(ended);
  live.close();
  live.emit(ended);
  expect(sink.text).toMatchInlineSnapshot(`
    "training
    optimized-1 seed 42: started
    optimized-1 seed 42: epoch 1 of 60, val_acc 19.1%, 4.7 pp behind (baseline 23.8%), ETA 59s
    optimized-1 seed 42: epoch 2 of 60, val_acc 26.9%, 7.2 pp behind (baseline 34.1%), ETA 58s
    optimized-1 seed 42: epoch 3 of 60, val_acc 33.6%, 8.7 pp behind (baseline 42.3%), ETA 57s
    optimized-1 seed 42: epoch 5 of 60, val_acc 44.1%, 9.9 pp behind (baseline 54.0%), ETA 55s
    ! careful
    As it is.
    ✓ optimized-1 seed 42: val_acc 83.1% at epoch 43 of 46, 3.9 pp ahead of baseline (46s)
    "
  `);
});

test.each([
  ['pruned', '○', '36', 'Its forecast is below the best.'],
  ['paused', '○', '36', 'It waits at a rung.'],
  ['ended early', '○', '36', 'The matter was settled before it ended.'],
  ['failed', '✗', '31', 'The training ended with exit code 1.'],
  ['diverged', '✗', '31', 'val_acc became NaN at epoch 9'],
  ['interrupted', '✗', '33', 'Pawl was interrupted.'],
] as const)('%s has its own sign, without colours too', async (status, sign, colour, message) => {
  const event: LiveEvent = {
    type: 'run-ended',
    at: T0 + 9000,
    run: 'optimized-1-s42',
    status,
    value: null,
    message,
  };
  const lines = await Promise.all(
    [false, true].map(async (color) => {
      const { sink, live } = await open({ color });
      for (const each of [...OPENING, starts(42), event]) live.emit(each);
      return sink.text.split('\n').at(-2);
    }),
  );
  expect(lines).toEqual([
    `${sign} optimized-1 seed 42: ${status}: ${message} (9.0s)`,
    `\u001B[${colour}m${sign} \u001B[39moptimized-1 seed 42: ${status}: ${message}\u001B[2m (9.0s)\u001B[22m`,
  ]);
});

test('a run that is continued does not print its past', async () => {
  const { sink, live } = await open({});
  for (const event of [...OPENING, starts(42)]) live.emit(event);
  const many = Array.from({ length: 500 }, (_, index) => ({
    epoch: index + 1,
    step: null,
    values: { val_acc: 50 + index / 100 },
  }));
  live.emit(logs(42, many, T0));
  expect(sink.text.split('\n').slice(2)).toEqual([
    'optimized-1 seed 42: epoch 500 of 60, val_acc 55.0%, 24.2 pp behind (baseline best 79.2%)',
    '',
  ]);
});

test('logs by step get a line now and then', async () => {
  const { sink, live } = await open({});
  for (const event of [...OPENING, starts(42)]) live.emit(event);
  const steps = Array.from({ length: 300 }, (_, index) => ({
    epoch: null,
    step: index * 10,
    values: { val_acc: 50 },
  }));
  for (let length = 1; length <= steps.length; length++) {
    clock = T0 + length * 100;
    live.emit(logs(42, steps.slice(0, length), clock));
  }
  expect(sink.text.match(/step \d+/gu)).toEqual(['step 0', 'step 1000', 'step 2000']);
});

test('before the metric is known, epochs are told without it', async () => {
  const { sink, live } = await open({});
  live.emit(starts(42));
  live.emit(logs(42, OPTIMIZED.slice(0, 2), T0));
  expect(sink.text).toBe('optimized-1 seed 42: started\noptimized-1 seed 42: epoch 2 of 60\n');
});

test('quiet prints errors only', async () => {
  const { sink, live } = await open({ isQuiet: true, isLive: true });
  for (const event of [...OPENING, starts(42), logs(42, BASELINE, T0), ended]) live.emit(event);
  live.print('text');
  live.emit({ type: 'note', at: T0, level: 'warning', text: 'careful' });
  live.emit({ type: 'note', at: T0, level: 'error', text: 'The disk is full.' });
  live.close();
  expect(sink.text).toBe('The disk is full.\n');
});

test('an unfinished run says why', async () => {
  const { sink, live } = await open({});
  for (const event of [...OPENING, starts(43), diverged]) live.emit(event);
  expect(sink.text).toContain('✗ optimized-1 seed 43: diverged: val_acc became NaN at epoch 9 (9.0s)\n');
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('on a terminal: a frame that is drawn over, and a line that stays for each run', async () => {
  const { sink, live } = await open({ isLive: true });
  for (const event of [...OPENING, starts(42)]) live.emit(event);
  for (let epoch = 1; epoch <= 46; epoch++) live.emit(logs(42, OPTIMIZED.slice(0, epoch), T0 + epoch * 1000));
  expect(sink.text).toBe('');
  vi.advanceTimersByTime(100);
  expect(sink.text).toContain('epoch 46 of 60');
  expect(sink.text.match(/val_acc ↑/gu)).toHaveLength(1);
  sink.text = '';
  vi.advanceTimersByTime(300);
  expect(sink.text).toBe('');
  live.emit(ended);
  live.close();
  live.close();
  vi.advanceTimersByTime(5000);
  expect(lastScreen(sink.text)).toBe(
    '✓ optimized-1 seed 42: val_acc 83.1% at epoch 43 of 46, 3.9 pp ahead of baseline (46s)\n',
  );
});

/** What is left after the cursor went up and lines were erased, for output that ends with whole lines. */
function lastScreen(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/\u001B\[[?\d]*[A-Za-z]/gu, '').trimStart();
}
