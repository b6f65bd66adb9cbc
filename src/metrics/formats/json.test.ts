import { describe, expect, it } from 'vitest';
import type { Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { json } from './json.ts';

const at = (epoch: number | null, values: Record<string, number>, step: number | null = null): Point => ({
  epoch,
  step,
  values,
});

function read(content: string, final = true) {
  const builder = new CurveBuilder();
  const reader = json.open({ path: 'x.json', name: 'x.json' }, builder);
  if (reader.kind !== 'document') throw new Error('JSON is a document');
  reader.read(Buffer.from(content), final);
  return builder.build('json', 'x.json');
}

const two = [at(1, { loss: 0.5, val_acc: 0.8 }), at(2, { loss: 0.4, val_acc: 0.83 })];

testFormat({
  format: json,
  specimens: [
    {
      label: 'a list of epochs',
      file: 'metrics.json',
      content: JSON.stringify(
        {
          epochs: [
            { epoch: 1, loss: 0.5, val_acc: 0.8 },
            { epoch: 2, loss: 0.4, val_acc: 0.83 },
          ],
        },
        null,
        2,
      ),
      points: two,
    },
    {
      label: 'a list of epochs that are not counted',
      file: 'metrics.json',
      content: JSON.stringify({
        history: [
          { loss: 0.5, val_acc: 0.8 },
          { loss: 0.4, val_acc: 0.83 },
        ],
      }),
      points: two,
    },
    {
      label: "Keras' history",
      file: 'history.json',
      content: JSON.stringify({ loss: [0.5, 0.4], val_acc: [0.8, 0.83] }),
      points: two,
    },
    {
      label: 'a history among other things',
      file: 'results.json',
      content: JSON.stringify({
        config: { lr: 0.1, layers: [64, 64, 64] },
        epochs: 20,
        history: { loss: [0.5, 0.4], val_acc: [0.8, 0.83] },
      }),
      points: two,
      warning: 'config/layers',
    },
    {
      label: 'an array of objects',
      file: 'log.json',
      content: JSON.stringify([
        { epoch: 1, loss: 0.5, val_acc: 0.8 },
        { epoch: 2, loss: 0.4, val_acc: 0.83 },
      ]),
      points: two,
    },
    {
      label: 'XGBoost: arrays by data set',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'evals.json',
      content: JSON.stringify({ train: { logloss: [0.6, 0.5] }, val: { logloss: [0.65, 0.6] } }),
      points: [
        at(1, { 'train/logloss': 0.6, 'val/logloss': 0.65 }),
        at(2, { 'train/logloss': 0.5, 'val/logloss': 0.6 }),
      ],
    },
    {
      label: 'lists by phase',
      file: 'log.json',
      content: JSON.stringify({
        train: [
          { epoch: 1, loss: 0.5 },
          { epoch: 2, loss: 0.4 },
        ],
        val: [
          { epoch: 1, loss: 0.6 },
          { epoch: 2, loss: 0.55 },
        ],
      }),
      points: [at(1, { train_loss: 0.5, val_loss: 0.6 }), at(2, { train_loss: 0.4, val_loss: 0.55 })],
    },
    {
      label: 'epochs as keys',
      file: 'log.json',
      content: JSON.stringify({
        epoch_1: { loss: 0.5, val_acc: 0.8 },
        epoch_2: { loss: 0.4, val_acc: 0.83 },
      }),
      points: two,
    },
    {
      label: 'pandas: columns of an index',
      file: 'frame.json',
      content: JSON.stringify({
        epoch: { 0: 1, 1: 2 },
        loss: { 0: 0.5, 1: 0.4 },
        val_acc: { 0: 0.8, 1: 0.83 },
      }),
      points: two,
    },
    {
      label: 'pandas: split',
      file: 'frame.json',
      content: JSON.stringify({
        columns: ['epoch', 'loss', 'val_acc'],
        index: [0, 1],
        data: [
          [1, 0.5, 0.8],
          [2, 0.4, 0.83],
        ],
      }),
      points: two,
    },
    {
      label: 'Sacred: steps and values',
      file: 'metrics.json',
      content: JSON.stringify({
        loss: { steps: [10, 20], values: [0.5, 0.4] },
        acc: { steps: [20], values: [0.8] },
      }),
      points: [at(null, { loss: 0.5 }, 10), at(null, { loss: 0.4, acc: 0.8 }, 20)],
    },
    {
      label: 'objects one after the other',
      file: 'log.json',
      content:
        '{\n "epoch": 1,\n "loss": 0.5, "val_acc": 0.8\n}\n{\n "epoch": 2, "loss": 0.4,\n "val_acc": 0.83\n}\n',
      points: two,
    },
    {
      label: 'Hugging Face: log_history',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'trainer_state.json',
      content: JSON.stringify(
        {
          best_metric: 0.39,
          epoch: 1,
          global_step: 125,
          log_history: [
            { epoch: 0.16, loss: 0.6899, step: 20 },
            { epoch: 1, eval_loss: 0.395, step: 125 },
            { epoch: 1, step: 125, train_loss: 0.5 },
          ],
          num_train_epochs: 3,
        },
        null,
        2,
      ),
      points: [at(0.16, { loss: 0.6899 }, 20), at(1, { eval_loss: 0.395, train_loss: 0.5 }, 125)],
    },
    {
      label: 'final results only',
      file: 'all_results.json',
      content: JSON.stringify({ epoch: 3, eval_loss: 0.4, eval_accuracy: 0.83 }, null, 2),
      points: [at(3, { eval_loss: 0.4, eval_accuracy: 0.83 })],
    },
  ],
  nonFinite: {
    label: 'spellings of NaN and infinities',
    file: 'history.json',
    content: '{"loss": [0.5, NaN, Infinity], "val_acc": ["NaN", -Infinity, null]}',
    points: [
      at(1, { loss: 0.5, val_acc: Number.NaN }),
      at(2, { loss: Number.NaN, val_acc: Number.NEGATIVE_INFINITY }),
      at(3, { loss: Number.POSITIVE_INFINITY }),
    ],
  },
  resumed: {
    label: 'epochs logged again after a resume',
    file: 'metrics.json',
    content: '{"epochs": [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.4}, {"epoch": 1, "loss": 0.45}]}',
    points: [at(1, { loss: 0.45 }), at(2, { loss: 0.4 })],
    warning: 'again',
  },
});

describe('JSON documents', () => {
  it('waits for the rest of a document that is being written', () => {
    const half = '{"epochs": [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "lo';
    expect(read(half, false).points).toEqual([]);
    expect(read(half).points).toEqual([at(1, { loss: 0.5 })]);
    expect(read(half).warnings).toEqual(['line 1: the document ends in the middle']);
  });

  it('reads the number of epochs beside the curve', () => {
    expect(read('{"epochs": 20, "history": {"loss": [0.5, 0.4]}}').totalEpochs).toBe(20);
  });

  it.each(['{"a": "b"}', '[]', '{}', '"text"', 'nonsense', '{"layers": "x"'])(
    'finds no curve in %j',
    (content) => {
      const { points, warnings } = read(content);
      expect(points).toEqual([]);
      expect(warnings.length).toBeGreaterThan(0);
    },
  );

  it('does not follow ten thousand brackets', () => {
    expect(read('['.repeat(10_000)).points).toEqual([]);
    expect(read('{"a":'.repeat(10_000)).points).toEqual([]);
  });
});
