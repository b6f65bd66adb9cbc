import { describe, expect, it } from 'vitest';
import type { Curve, Point } from './_contract.ts';
import { curveJson } from './curve-json.ts';
import { normalizeEpochs } from './epochs.ts';
import { firstNonFinite } from './non-finite.ts';
import { secondsLogged } from './seconds.ts';
import { summarizeCurve } from './summary.ts';

function curve(points: Point[], more: Partial<Curve> = {}): Curve {
  const metrics = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  return { format: 'csv', file: 'metrics.csv', points, metrics, warnings: [], ...more };
}
const at = (epoch: number | null, values: Record<string, number>, step: number | null = null): Point => ({
  epoch,
  step,
  values,
});

const KERAS = curve(
  [
    at(0, { accuracy: 0.7, loss: 0.9, val_accuracy: 0.65, val_loss: 1 }),
    at(1, { accuracy: 0.8, loss: 0.6, val_accuracy: 0.75, val_loss: 0.8 }),
    at(2, { accuracy: 0.9, loss: 0.3, val_accuracy: 0.72, val_loss: 0.9 }),
  ],
  { totalEpochs: 5 },
);

describe('summarizeCurve', () => {
  it('takes the best point, and everything else at that point', () => {
    const summary = summarizeCurve(KERAS, { metric: 'val_accuracy', goal: 'max', select: 'best' });
    expect(summary).toMatchObject({
      value: 0.75,
      epoch: 2,
      index: 1,
      last: 0.72,
      best: 0.75,
      bestEpoch: 2,
      epochs: 3,
      totalEpochs: 5,
    });
    expect(summary).toMatchObject({
      train: 0.8,
      trainLoss: 0.6,
      valLoss: 0.8,
      secondsPerEpoch: null,
      hasNonFinite: false,
    });
    expect(summary.gap).toBeCloseTo(0.05, 12);
  });

  it('takes the last point where that is asked for', () => {
    const summary = summarizeCurve(KERAS, { metric: 'val_accuracy', goal: 'max', select: 'last' });
    expect(summary).toMatchObject({ value: 0.72, epoch: 3, best: 0.75, bestEpoch: 2, train: 0.9 });
  });

  it('orients the gap so that + is overfitting', () => {
    const summary = summarizeCurve(KERAS, { metric: 'val_loss', goal: 'min', select: 'last' });
    expect(summary.train).toBe(0.3);
    expect(summary.gap).toBeCloseTo(0.6, 12);
    expect(summarizeCurve(KERAS, { metric: 'val_loss', goal: 'min', select: 'best' }).epoch).toBe(2);
  });

  it('takes the earliest of equal bests', () => {
    const equal = curve([at(1, { acc: 0.8 }), at(2, { acc: 0.8 })]);
    expect(summarizeCurve(equal, { metric: 'acc', goal: 'max', select: 'best' }).epoch).toBe(1);
  });

  it('passes over NaN for the best, and says that it was there', () => {
    const broken = curve([at(1, { acc: 0.8 }), at(2, { acc: Number.NaN })]);
    expect(summarizeCurve(broken, { metric: 'acc', goal: 'max', select: 'best' })).toMatchObject({
      value: 0.8,
      last: Number.NaN,
      hasNonFinite: true,
    });
    expect(summarizeCurve(broken, { metric: 'acc', goal: 'max', select: 'last' }).value).toBeNaN();
    expect(
      summarizeCurve(curve([at(1, { acc: Number.NaN })]), { metric: 'acc', goal: 'max', select: 'best' })
        .value,
    ).toBeNaN();
  });

  it('finds the training side of the epoch in rows of their own', () => {
    const lightning = curve([
      at(0, { train_loss_step: 2.3 }, 49),
      at(0, { val_acc: 0.4 }, 99),
      at(0, { train_acc: 0.5 }, 100),
      at(1, { train_loss_step: 1.7 }, 149),
      at(1, { val_acc: 0.5 }, 199),
      at(1, { train_acc: 0.6 }, 200),
    ]);
    const summary = summarizeCurve(lightning, { metric: 'val_acc', goal: 'max', select: 'best' });
    expect(summary).toMatchObject({ value: 0.5, epoch: 2, step: 199, epochs: 2, train: 0.6 });
    const first = curve(lightning.points.slice(0, 3));
    expect(summarizeCurve(first, { metric: 'val_acc', goal: 'max', select: 'best' }).train).toBe(0.5);
  });

  it('does not count a final test as an epoch', () => {
    const tested = curve([at(0, { val_acc: 0.4 }), at(1, { val_acc: 0.5 }), at(2, { test_acc: 0.45 })]);
    expect(summarizeCurve(tested, { metric: 'val_acc', goal: 'max', select: 'best' }).epochs).toBe(2);
    expect(summarizeCurve(tested, { metric: 'test_acc', goal: 'max', select: 'last' }).value).toBe(0.45);
  });

  it('refuses a metric without values', () => {
    expect(() => summarizeCurve(KERAS, { metric: 'nope', goal: 'max', select: 'best' })).toThrow(
      "no value of 'nope'",
    );
  });
});

describe('normalizeEpochs', () => {
  it.each([
    [
      [at(0, { a: 1 }), at(1, { a: 2 })],
      [1, 2],
    ],
    [
      [at(1, { a: 1 }), at(2, { a: 2 })],
      [1, 2],
    ],
    [
      [at(null, { a: 1 }), at(null, { a: 2 })],
      [1, 2],
    ],
    [
      [at(null, { a: 1 }, 100), at(null, { a: 2 }, 200)],
      [1, 2],
    ],
    [
      [at(0.16, { a: 1 }), at(0.9, { a: 2 }), at(1, { a: 3 }), at(1.5, { a: 4 })],
      [1, 2],
    ],
    [
      [at(5, { a: 1 }), at(6, { a: 2 })],
      [5, 6],
    ],
    [
      [at(null, { a: 1 }), at(0, { a: 2 }), at(1, { a: 2 })],
      [1, 2],
    ],
  ])('counts %j from 1', (points, epochs) => {
    expect(normalizeEpochs({ points }).map(({ epoch }) => epoch)).toEqual(epochs);
  });

  it('merges the points of an epoch, the later value winning', () => {
    const points = [at(0, { loss: 2 }, 10), at(0, { loss: 1 }, 20), at(0, { val: 3 })];
    expect(normalizeEpochs({ points })).toEqual([
      { epoch: 1, step: 20, values: { loss: 1, val: 3 }, index: 2 },
    ]);
  });
});

describe('secondsLogged', () => {
  const timed = (name: string, values: number[]) =>
    secondsLogged(curve(values.map((value, i) => at(i + 1, { [name]: value }))));
  it.each([
    ['time', [12, 11, 13], 12],
    ['epoch_time', [12, 14], 13],
    ['time', [10, 20, 30, 40], 10],
    ['timestamp', [1_700_000_000, 1_700_000_012, 1_700_000_024], 12],
    ['timestamp', [1_700_000_000_000, 1_700_000_012_000], 12],
    ['_runtime', [15, 27, 39], 12],
    ['elapsed', [12, 24], 12],
    ['seconds_per_epoch', [3, 3], 3],
    ['train_time', [5, 7], 6],
    ['loss', [1, 2], null],
    ['time_per_step', [0.1, 0.1], null],
  ])('%s %j', (name, values, seconds) => {
    expect(timed(name, values)).toBe(seconds);
  });
});

it('finds the first NaN or infinity', () => {
  const points = [
    at(1, { a: 1 }),
    at(2, { a: 2, b: Number.NaN }),
    at(3, { a: Number.POSITIVE_INFINITY }, 30),
  ];
  expect(firstNonFinite(points)).toEqual({ index: 1, epoch: 2, step: null, metric: 'b', value: Number.NaN });
  expect(firstNonFinite(points, 2)).toEqual({
    index: 2,
    epoch: 3,
    step: 30,
    metric: 'a',
    value: Number.POSITIVE_INFINITY,
  });
  expect(firstNonFinite(points, 0, ['c'])).toBeUndefined();
});

it('makes the document that JSON can hold', () => {
  const document = curveJson(
    curve([at(0, { a: 0.5, b: Number.NaN, c: Number.NEGATIVE_INFINITY }, 7)], { warnings: ['w'] }),
  );
  expect(JSON.parse(JSON.stringify(document))).toEqual({
    schemaVersion: 1,
    format: 'csv',
    file: 'metrics.csv',
    points: [{ step: 7, epoch: 0, values: { a: 0.5, b: 'NaN', c: '-Infinity' } }],
    metrics: ['a', 'b', 'c'],
    totalEpochs: null,
    warnings: ['w'],
  });
});
