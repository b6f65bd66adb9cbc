import { expect, it } from 'vitest';
import type { Point } from '../../../metrics/_contract.ts';
import { seriesIn, stretchesOf } from './stretches.ts';

const NAMES = { metric: 'val_acc', valLoss: 'val_loss' };
const at = (step: number | null, epoch: number | null, values: Record<string, number>): Point => ({
  step,
  epoch,
  values,
});

it('averages the training losses of an epoch, and takes the last of its evaluations', () => {
  const points = [
    at(1, 0.5, { loss: 4 }),
    at(2, 1, { loss: 2 }),
    at(2, 1, { val_acc: 50 }),
    at(3, 1.5, { loss: 1.5 }),
    at(4, 2, { loss: 0.5, val_acc: 60 }),
  ];
  const { unit, stretches } = stretchesOf({ points, format: 'jsonl' }, NAMES);
  expect(unit).toBe('epoch');
  expect(seriesIn(stretches, 'loss', 'mean')).toEqual([
    { epoch: 1, value: 3 },
    { epoch: 2, value: 1 },
  ]);
  expect(seriesIn(stretches, 'val_acc', 'last')).toEqual([
    { epoch: 1, value: 50 },
    { epoch: 2, value: 60 },
  ]);
});

it('counts by evaluations where a log by steps names no epoch', () => {
  const points = Array.from({ length: 40 }, (_, i) =>
    at(i + 1, null, i % 10 === 9 ? { loss: 1, val_acc: i } : { loss: 1 + (i % 2) }),
  );
  const { unit, stretches } = stretchesOf({ points, format: 'jsonl' }, NAMES);
  expect(unit).toBe('evaluation');
  expect(seriesIn(stretches, 'val_acc', 'last').map(({ value }) => value)).toEqual([9, 19, 29, 39]);
  expect(seriesIn(stretches, 'loss', 'mean')).toHaveLength(4);
});

it('looks at a long log without evaluations in a hundred parts', () => {
  const points = Array.from({ length: 5000 }, (_, i) => at(i, null, { loss: 5000 - i }));
  const { unit, stretches } = stretchesOf({ points, format: 'csv' }, { metric: null, valLoss: null });
  expect([unit, stretches.length]).toEqual(['part', 100]);
  expect(seriesIn(stretches, 'loss', 'mean')[0]).toEqual({ epoch: 1, value: 4975.5 });
});

it('calls the steps of boosted trees rounds, and leaves values that are not finite out', () => {
  const points = [0, 1, 2].map((step) => at(step, null, { val_loss: step === 1 ? Number.NaN : step }));
  const { unit, stretches } = stretchesOf(
    { points, format: 'xgboost' },
    { metric: null, valLoss: 'val_loss' },
  );
  expect(unit).toBe('round');
  expect(seriesIn(stretches, 'val_loss', 'last')).toEqual([
    { epoch: 1, value: 0 },
    { epoch: 3, value: 2 },
  ]);
});
