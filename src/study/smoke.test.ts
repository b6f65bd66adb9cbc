import { describe, expect, it } from 'vitest';
import { isTelling, sameBeginning, sameCurve } from './smoke.ts';
import { actsBeyondLimit } from './strategies/preflight.ts';

const point = (values: Record<string, number>) => ({ step: null, epoch: 1, values });

describe('isTelling', () => {
  it.each([
    ['a loss', [point({ val_acc: 0.5, val_loss: 0.6931 })], true],
    ['accuracies of one epoch', [point({ train_acc: 0.51, val_acc: 0.5 })], false],
    [
      'many accuracies',
      [1, 2, 3].map((n) => point({ train_acc: 0.5 + n / 100, val_acc: 0.4 + n / 100 })),
      true,
    ],
    ['a loss that is a whole number', [point({ loss: 0 })], false],
    ['seconds', [point({ epoch_seconds: 1.25, val_acc: 0.5 })], false],
    ['nothing', [], false],
  ])('%s', (_name, points, expected) => {
    expect(isTelling(points)).toBe(expected);
  });
});

describe('sameCurve', () => {
  it.each([
    [[point({ loss: 0.1, seconds: 1 })], [point({ loss: 0.1, seconds: 2 })], true],
    [[point({ loss: 0.1 })], [point({ loss: 0.1, acc: 1 })], false],
    [[point({ loss: Number.NaN })], [point({ loss: Number.NaN })], true],
    [[point({ loss: 0 })], [point({ loss: -0 })], false],
    [[], [], false],
  ])('case %#', (a, b, expected) => {
    expect(sameCurve(a, b)).toBe(expected);
  });
});

describe('sameBeginning', () => {
  const curve = (...losses: number[]) => losses.map((loss) => point({ loss }));
  it.each([
    [curve(0.5, 0.4, 0.3), curve(0.5, 0.4), true],
    [curve(0.5, 0.4, 0.3), curve(0.5, 0.41), false],
    [curve(0.5), [], false],
  ])('case %#', (a, b, expected) => {
    expect(sameBeginning(a, b)).toBe(expected);
    expect(sameBeginning(b, a)).toBe(expected);
  });
});

describe('actsBeyondLimit', () => {
  it.each([
    ['trainer.gradient_clip_val', true],
    ['max_grad_norm', true],
    ['optimizer.clipnorm', true],
    ['model.dropout', false],
    ['clip_model.lr', false],
  ])('%s: %s', (path, expected) => expect(actsBeyondLimit(path)).toBe(expected));
});
