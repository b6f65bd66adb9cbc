import { describe, expect, it } from 'vitest';
import type { Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { jsonl } from './jsonl.ts';

const at = (epoch: number | null, values: Record<string, number>, step: number | null = null): Point => ({
  epoch,
  step,
  values,
});

function read(content: string) {
  const builder = new CurveBuilder();
  const reader = jsonl.open({ path: 'x.jsonl', name: 'x.jsonl' }, builder);
  if (reader.kind !== 'stream') throw new Error('JSON lines are a stream');
  reader.push(Buffer.from(content));
  reader.end();
  return builder.build('jsonl', 'x.jsonl');
}

testFormat({
  format: jsonl,
  specimens: [
    {
      label: 'flat',
      file: 'metrics.jsonl',
      content:
        '{"epoch": 1, "train_loss": 0.5, "val_acc": 0.8}\n{"epoch": 2, "train_loss": 0.4, "val_acc": 0.83}\n',
      points: [at(1, { train_loss: 0.5, val_acc: 0.8 }), at(2, { train_loss: 0.4, val_acc: 0.83 })],
    },
    {
      label: 'nested, without newline at the end',
      file: 'log.ndjson',
      content:
        '{"epoch":1,"train":{"loss":0.5},"val":{"loss":0.6,"acc":{"top1":0.7}}}\n{"epoch":2,"train":{"loss":0.4}}',
      points: [
        at(1, { 'train/loss': 0.5, 'val/loss': 0.6, 'val/acc/top1': 0.7 }),
        at(2, { 'train/loss': 0.4 }),
      ],
    },
    {
      label: 'detectron2: steps, evaluation in lines of its own',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'metrics.json',
      content:
        '{"data_time": 0.01, "iteration": 19, "lr": 0.001, "total_loss": 2.5}\n{"bbox/AP": 35.1, "iteration": 19}\n{"iteration": 39, "lr": 0.001, "total_loss": 2.1}\n',
      points: [
        at(null, { data_time: 0.01, lr: 0.001, total_loss: 2.5, 'bbox/AP': 35.1 }, 19),
        at(null, { lr: 0.001, total_loss: 2.1 }, 39),
      ],
    },
    {
      label: 'phases in lines of their own, texts and lists between',
      file: 'train_log.jsonl',
      content:
        '{"phase": "train", "epoch": 1, "loss": 0.5, "note": "fine", "hist": [1, 2]}\n{"phase": "val", "epoch": 1, "loss": 0.6}\n\n{"phase": "train", "epoch": 2, "loss": 0.4}\n',
      points: [at(1, { train_loss: 0.5, val_loss: 0.6 }), at(2, { train_loss: 0.4 })],
    },
    {
      label: 'a metric a line',
      file: 'scalars.jsonl',
      content:
        '{"name": "loss", "value": 0.5, "step": 1}\n{"name": "acc", "value": 0.8, "step": 1}\n{"name": "loss", "value": 0.4, "step": 2}\n',
      points: [at(null, { loss: 0.5, acc: 0.8 }, 1), at(null, { loss: 0.4 }, 2)],
    },
  ],
  nonFinite: {
    label: 'spellings of NaN and infinities',
    file: 'metrics.jsonl',
    content:
      '{"epoch": 1, "loss": NaN, "acc": "NaN"}\n{"epoch": 2, "loss": Infinity, "acc": "-Infinity"}\n{"epoch": 3, "loss": -Infinity, "acc": null}\n{"epoch": 4, "loss": "0.25", "note": "NaN: see above"}\n',
    points: [
      at(1, { loss: Number.NaN, acc: Number.NaN }),
      at(2, { loss: Number.POSITIVE_INFINITY, acc: Number.NEGATIVE_INFINITY }),
      at(3, { loss: Number.NEGATIVE_INFINITY }),
      at(4, { loss: 0.25 }),
    ],
  },
  resumed: {
    label: 'epochs logged again after a resume',
    file: 'metrics.jsonl',
    content:
      '{"epoch":1,"loss":0.5}\n{"epoch":2,"loss":0.4}\n{"epoch":3,"loss":0.3}\n{"epoch":2,"loss":0.41}\n{"epoch":3,"loss":0.31}\n',
    points: [at(1, { loss: 0.5 }), at(2, { loss: 0.41 }), at(3, { loss: 0.31 })],
    warning: 'again',
  },
  garbage: { lines: ['oops', '{"epoch": 4, "loss"', '[1, 2, 3]', '}{', '"text"'], isWarned: true },
});

describe('JSON lines', () => {
  it('says which line is none', () => {
    expect(read('{"epoch":1,"loss":0.5}\nnope\n').warnings).toEqual(['line 2: not a JSON object, left out']);
  });

  it('says that the last line was cut off', () => {
    const { points, warnings } = read('{"epoch":1,"loss":0.5}\n{"epoch":2,"lo');
    expect(points).toHaveLength(1);
    expect(warnings).toEqual(['line 2: the last line is incomplete, left out']);
  });

  it('keeps keys from reaching prototypes', () => {
    const { points } = read('{"epoch":1,"__proto__":{"x":1},"constructor":2,"loss":0.5}\n');
    expect(Object.keys(points[0]?.values ?? {})).toEqual(['__proto__/x', 'loss']);
    expect('constructor' in (points[0]?.values ?? {})).toBe(false);
  });

  it('keeps the planned epochs and the step apart from the metrics', () => {
    const curve = read('{"epoch":1,"epochs":20,"global_step":100,"loss":0.5}\n');
    expect(curve.points).toEqual([at(1, { loss: 0.5 }, 100)]);
    expect(curve.totalEpochs).toBe(20);
  });

  it.each([
    [
      'loguru: the message and what was bound to it a level down',
      '{"text": "x\\n", "record": {"elapsed": {"seconds": 0.1}, "extra": {"epoch": 1, "val_loss": 0.5}, "level": {"no": 20}, "line": 8, "message": "done", "process": {"id": 7}}}\n',
    ],
    [
      'loguru: metrics in the message',
      '{"text": "x\\n", "record": {"elapsed": {"seconds": 0.1}, "extra": {}, "level": {"no": 20}, "line": 8, "message": "Epoch 1: val_loss 0.5", "process": {"id": 7}}}\n',
    ],
    [
      'bunyan: numbers of the logger beside the message',
      '{"name":"trainer","hostname":"a","pid":12,"level":30,"msg":"epoch=1 val_loss=0.5","v":0}\n',
    ],
  ])('reads what loggers wrap: %s', (_label, text) => {
    expect(read(text).points).toEqual([at(1, { val_loss: 0.5 })]);
  });

  it('makes a point of each line that names neither epoch nor step', () => {
    expect(read('{"loss":0.5}\n{"loss":0.4}\n').points).toEqual([
      at(null, { loss: 0.5 }),
      at(null, { loss: 0.4 }),
    ]);
  });
});
