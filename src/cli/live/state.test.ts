import { expect, test } from 'vitest';
import { foldEvents, logs, METRIC, OPENING, OPTIMIZED, starts, T0, trainedTo } from './fixtures/study.ts';
import { remainingMs } from './pace.ts';
import { standingOf } from './standing.ts';
import type { LiveRun, LiveState } from './state.ts';

const runIn = (state: LiveState, id: string): LiveRun => state.runs.find((run) => run.id === id) as LiveRun;

test('events change only what they speak of, and never the state before', () => {
  const before = foldEvents(OPENING);
  const copy = structuredClone(before);
  const after = foldEvents(
    [...trainedTo(3), { type: 'guard', at: T0, run: 'optimized-1-s42', message: 'NaN' }],
    before,
  );
  expect(before).toEqual(copy);
  expect(runIn(after, 'optimized-1-s42')).toMatchObject({
    status: 'running',
    seed: 42,
    guards: ['NaN'],
    curve: { epoch: 3 },
  });
  expect(foldEvents([{ type: 'guard', at: T0, run: 'unknown', message: '' }], after)).toEqual(after);
});

test('points that came before the metric was known are read when it is', () => {
  const early = foldEvents([starts(42), logs(42, OPTIMIZED.slice(0, 5), T0 + 1)]);
  expect(runIn(early, 'optimized-1-s42').curve).toMatchObject({ spots: [], epoch: 5 });
  const late = foldEvents([METRIC, METRIC], early);
  expect(runIn(late, 'optimized-1-s42').curve.spots).toHaveLength(5);
  expect(runIn(late, 'optimized-1-s42').waiting).toEqual([]);
});

test('a run stands against the reference at the same epoch', () => {
  const state = foldEvents([...OPENING, ...trainedTo(20)]);
  const standing = standingOf(runIn(state, 'optimized-1-s42'), state);
  const here = runIn(state, 'baseline-s42').curve.spots[19]?.y as number;
  expect(standing).toMatchObject({ x: 20, reference: here, at: 'here' });
  expect(standing?.ahead).toBeCloseTo((OPTIMIZED[19]?.values.val_acc as number) - here, 9);
});

test('beyond the end of the reference its best value is taken', () => {
  const state = foldEvents([...OPENING, ...trainedTo(40)]);
  expect(standingOf(runIn(state, 'optimized-1-s42'), state)?.at).toBe('best');
});

test('a reference with another seed is averaged, one that still trains is not taken for ended', () => {
  const opening = OPENING.filter((event) => event.type !== 'earlier-run');
  const training: Parameters<typeof foldEvents>[0] = [
    ...opening,
    { type: 'run-started', at: T0, run: 'b1', trial: 'baseline', kind: 'baseline', seed: 1, epochs: 30 },
    { type: 'points', at: T0, run: 'b1', points: [{ epoch: 1, step: null, values: { val_acc: 20 } }] },
    { type: 'run-started', at: T0, run: 'b2', trial: 'baseline', kind: 'baseline', seed: 2, epochs: 30 },
    { type: 'points', at: T0, run: 'b2', points: [{ epoch: 1, step: null, values: { val_acc: 30 } }] },
  ];
  const one = foldEvents([...training, ...trainedTo(1)]);
  expect(standingOf(runIn(one, 'optimized-1-s42'), one)?.reference).toBe(25);
  const two = foldEvents([...training, ...trainedTo(2)]);
  expect(standingOf(runIn(two, 'optimized-1-s42'), two)?.reference).toBeUndefined();
});

test.each([
  ['ten seconds per epoch', trainedTo(20), T0 + 200_000, 400_000],
  ['time goes on between epochs', trainedTo(20), T0 + 205_000, 395_000],
  ['the first epoch', trainedTo(1), T0 + 10_000, 590_000],
  ['no epoch limit', [starts(42, T0, null), logs(42, OPTIMIZED.slice(0, 3), T0 + 30_000)], T0 + 30_000, null],
  ['nothing logged', [starts(42)], T0 + 30_000, null],
  [
    'continued: the rows came at once',
    [starts(42), logs(42, OPTIMIZED.slice(0, 20), T0 + 1000)],
    T0 + 1000,
    null,
  ],
] as const)('time left, %s', (_name, events, now, left) => {
  const state = foldEvents([...OPENING, ...events]);
  expect(remainingMs(runIn(state, 'optimized-1-s42'), now)).toBe(left);
});

test('thousands of ended runs are not all remembered, the reference always is', () => {
  let state = foldEvents(OPENING);
  for (let seed = 0; seed < 200; seed++) {
    state = foldEvents(
      [
        starts(seed),
        {
          type: 'run-ended',
          at: T0,
          run: `optimized-1-s${seed}`,
          status: 'finished',
          value: null,
          message: null,
        },
      ],
      state,
    );
  }
  expect(state.runs.length).toBeLessThan(12);
  expect(runIn(state, 'baseline-s42')).toBeDefined();
});
