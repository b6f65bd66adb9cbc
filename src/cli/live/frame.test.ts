import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../report/cells.ts';
import type { LiveEvent } from './events.ts';
import { foldEvents, logs, OPENING, OPTIMIZED, starts, T0, trainedTo } from './fixtures/study.ts';
import { renderFrame } from './frame.ts';

const NOW = T0 + 200_000;
const resources: LiveEvent = {
  type: 'resources',
  at: NOW,
  run: 'optimized-1-s42',
  resources: { peakMemoryBytes: 1.3e9, cpuSeconds: 380, gpuUtilization: null, gpuMemoryBytes: null },
};
const frame = (events: readonly LiveEvent[], columns: number, rows: number, color = false): string[] =>
  renderFrame(foldEvents([...OPENING, ...events]), { columns, rows, color, now: NOW }).split('\n');

test('80 columns', () => {
  expect(frame([...trainedTo(20), resources], 80, 24).join('\n')).toMatchInlineSnapshot(`
    "digits · training                                         val_acc ↑, target 80%
    ▸ optimized-1 seed 42  ━━━━━━━━━──────────────────  epoch 20 of 60  ETA 6m 40s
      val_acc 76.8%  ▼ 0.7 pp behind (baseline 77.5%)  1.2 GiB · 1.9 cores

    83.2% ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
          │              ·····⣀⣀⡠⠔············
          │           ··· ⡠⠔⠊⠉
          │        ··· ⡠⠒⠉
    61.6% ┤      ·· ⢀⠤⠊
          │     ··⢀⠔⠁
          │    ··⢠⠃
          │   · ⢠⠃
    40.0% ┤  ·⢀⠔⠁
           epoch 1           ·· baseline   ⠤⠤ optimized-1   ┄┄ target           60
    budget: 2 of 12 trainings used, 10 left · 6h 56m left of 8h 00m          3m 20s"
  `);
});

test('200 columns: one line per run', () => {
  expect(frame([...trainedTo(20), resources], 200, 24).slice(0, 2)).toMatchInlineSnapshot(`
    [
      "digits · training                                                                                                                                                                 val_acc ↑, target 80%",
      "▸ optimized-1 seed 42  ━━━━━━━━━━────────────────────  epoch 20 of 60  ETA 6m 40s  val_acc 76.8%  ▼ 0.7 pp behind (baseline 77.5%)  1.2 GiB · 1.9 cores",
    ]
  `);
});

test('with colours both curves are lines', () => {
  const text = frame(trainedTo(20), 80, 24, true).join('\n');
  expect(text).toContain('\u001B[31m  ▼ 0.7 pp behind');
  expect(text).toContain('\u001B[34m⠤⠤ \u001B[39mbaseline   \u001B[33m⠤⠤ \u001B[39moptimized-1');
});

test('before anything is logged', () => {
  expect(frame([starts(42)], 80, 24).slice(1, 3)).toEqual([
    '▸ optimized-1 seed 42  ━━━━━━───────────────────────────────  starting  3m 20s',
    '  no metric logged yet',
  ]);
});

test('guards are seen', () => {
  const lines = frame(
    [...trainedTo(3), { type: 'guard', at: NOW, run: 'optimized-1-s42', message: 'val_acc became NaN' }],
    80,
    24,
  );
  expect(lines).toContain('  ! val_acc became NaN');
});

describe('many runs in little room', () => {
  const many = Array.from({ length: 30 }, (_, seed) => [
    starts(seed),
    logs(seed, OPTIMIZED.slice(0, 5), T0 + 50_000),
  ]).flat();

  test('what does not fit is counted', () => {
    const lines = frame(many, 80, 12);
    expect(lines).toHaveLength(11);
    expect(lines.at(-2)).toBe('  … and 26 more runs');
  });

  test.each([
    [80, 24],
    [200, 60],
    [40, 10],
    [20, 4],
    [20, 2],
    [1, 1],
  ])('%d × %d is never exceeded', (columns, rows) => {
    for (const events of [many, trainedTo(20), []]) {
      const lines = frame(events, columns, rows);
      expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1));
      expect(Math.max(...lines.map(cellsOf))).toBeLessThanOrEqual(Math.max(1, columns - 1));
    }
  });
});

test('whatever names and values come, no line is wider than the terminal', () => {
  const name = fc.string({
    unit: fc.constantFrom('a', '検', '👩‍🔬', ' ', '\n', '\u001B[2J', '\u0007', 'é', '한'),
    maxLength: 60,
  });
  const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, 1e300, -0));
  fc.assert(
    fc.property(
      name,
      name,
      fc.array(value, { maxLength: 30 }),
      fc.integer({ min: 1, max: 220 }),
      fc.boolean(),
      (trial, metric, values, columns, color) => {
        const state = foldEvents([
          {
            type: 'started',
            at: T0,
            project: trial,
            iteration: 2,
            reference: 'baseline',
            target: values[0] ?? null,
          },
          { type: 'metric', at: T0, metric: { name: metric, goal: 'min', scale: 'other', train: null } },
          {
            type: 'earlier-run',
            at: T0,
            run: 'b',
            trial: 'baseline',
            kind: 'baseline',
            seed: null,
            points: values.map((y, epoch) => ({ epoch, step: null, values: { [metric]: y } })),
            value: null,
          },
          { type: 'run-started', at: T0, run: 'r', trial, kind: 'optimized', seed: 1, epochs: 10 },
          {
            type: 'points',
            at: T0,
            run: 'r',
            points: values.map((y, epoch) => ({ epoch, step: null, values: { [metric]: y / 2 } })),
          },
        ]);
        const text = renderFrame(state, { columns, rows: 24, color, now: NOW });
        // oxlint-disable-next-line no-control-regex
        const plain = text.replace(/\u001B\[\d+m/gu, '');
        // oxlint-disable-next-line no-control-regex
        expect(plain).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/u);
        for (const line of plain.split('\n'))
          expect(cellsOf(line)).toBeLessThanOrEqual(Math.max(1, columns - 1));
      },
    ),
    { numRuns: 300 },
  );
});
