import { describe, expect, it } from 'vitest';
import type { Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { csv } from './csv.ts';

const at = (epoch: number | null, values: Record<string, number>, step: number | null = null): Point => ({
  epoch,
  step,
  values,
});

function read(content: string | Buffer, name = 'metrics.csv') {
  const builder = new CurveBuilder();
  const reader = csv.open({ path: name, name }, builder);
  if (reader.kind !== 'stream') throw new Error('a table is a stream');
  reader.push(Buffer.from(content));
  reader.end();
  return builder.build('csv', name);
}

const LIGHTNING = `epoch,step,train_loss_epoch,train_loss_step,val_acc,val_loss
0,49,,2.31,,
0,99,,,0.41,1.9
0,99,2.1,,,
1,149,,1.75,,
1,199,,,0.52,1.7
1,199,1.8,,,
`;

testFormat({
  format: csv,
  specimens: [
    {
      label: 'plain',
      file: 'metrics.csv',
      content: 'epoch,train_loss,val_acc\n1,0.5,0.81\n2,0.43210987654321,0.83\n3,3.2e-4,0.8300000000000001\n',
      points: [
        at(1, { train_loss: 0.5, val_acc: 0.81 }),
        at(2, { train_loss: 0.43210987654321, val_acc: 0.83 }),
        at(3, { train_loss: 3.2e-4, val_acc: 0.8300000000000001 }),
      ],
    },
    {
      label: 'Lightning: training and validation in rows of their own',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'metrics.csv',
      content: LIGHTNING,
      points: [
        at(0, { train_loss_step: 2.31 }, 49),
        at(0, { val_acc: 0.41, val_loss: 1.9, train_loss_epoch: 2.1 }, 99),
        at(1, { train_loss_step: 1.75 }, 149),
        at(1, { val_acc: 0.52, val_loss: 1.7, train_loss_epoch: 1.8 }, 199),
      ],
    },
    {
      label: 'Ultralytics: padded',
      file: 'results.csv',
      content:
        '                  epoch,         train/box_loss,   metrics/mAP50-95(B)\n                      1,                 1.2345,               0.41234\n                      2,                 1.1,                 0.5\n',
      points: [
        at(1, { 'train/box_loss': 1.2345, 'metrics/mAP50-95(B)': 0.41234 }),
        at(2, { 'train/box_loss': 1.1, 'metrics/mAP50-95(B)': 0.5 }),
      ],
    },
    {
      label: 'semicolons and decimal commas',
      file: 'verlauf.csv',
      content: 'epoch;loss;val_acc\n1;0,5;83,1\n2;0,25;84\n',
      points: [at(1, { loss: 0.5, val_acc: 83.1 }), at(2, { loss: 0.25, val_acc: 84 })],
    },
    {
      label: 'quotes, a line break in a cell, no newline at the end',
      file: 'log.csv',
      content: 'epoch,"note, free",val_loss\n1,"a ""good"" one",0.5\n2,"two\nlines",0.4\n3,,"0.3"',
      points: [at(1, { val_loss: 0.5 }), at(2, { val_loss: 0.4 }), at(3, { val_loss: 0.3 })],
    },
    {
      label: 'tidy: a metric a row',
      file: 'long.tsv',
      content: 'step\tmetric\tvalue\n10\tloss\t0.5\n10\tval_acc\t0.8\n20\tloss\t0.4\n',
      points: [at(null, { loss: 0.5, val_acc: 0.8 }, 10), at(null, { loss: 0.4 }, 20)],
    },
    {
      label: 'a phase a row',
      file: 'log.csv',
      content: 'epoch,phase,loss,acc\n1,train,0.5,0.8\n1,val,0.6,0.7\n2,train,0.4,0.85\n2,val,0.5,0.75\n',
      points: [
        at(1, { train_loss: 0.5, train_acc: 0.8, val_loss: 0.6, val_acc: 0.7 }),
        at(2, { train_loss: 0.4, train_acc: 0.85, val_loss: 0.5, val_acc: 0.75 }),
      ],
    },
    {
      label: 'numpy: columns parted by spaces, header in a comment',
      file: 'history.txt',
      content: '# epoch loss val_loss\n1.000e+00 5.0e-01 6.0e-01\n2.000e+00 4.0e-01 5.0e-01\n',
      points: [at(1, { loss: 0.5, val_loss: 0.6 }), at(2, { loss: 0.4, val_loss: 0.5 })],
    },
    {
      label: 'pandas: an index without a name',
      file: 'history.csv',
      content: ',loss,val_loss\n0,0.5,0.6\n1,0.4,0.5\n',
      points: [at(0, { loss: 0.5, val_loss: 0.6 }), at(1, { loss: 0.4, val_loss: 0.5 })],
    },
    {
      label: 'pandas: a printed frame, the numbers of its rows under no name',
      file: 'train.log',
      content:
        '   epoch  train_loss   val_acc\n0      1    0.520000  0.810000\n1      2    0.420000  0.840000\n',
      points: [at(1, { train_loss: 0.52, val_acc: 0.81 }), at(2, { train_loss: 0.42, val_acc: 0.84 })],
    },
    {
      label: 'fastai: the header again, times as mm:ss',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'history.csv',
      content:
        'epoch,train_loss,valid_loss,time\n0,0.5,0.6,00:12\n1,0.4,0.5,01:02\nepoch,train_loss,valid_loss,time\n2,0.3,0.4,00:11\n',
      points: [
        at(0, { train_loss: 0.5, valid_loss: 0.6, time: 12 }),
        at(1, { train_loss: 0.4, valid_loss: 0.5, time: 62 }),
        at(2, { train_loss: 0.3, valid_loss: 0.4, time: 11 }),
      ],
    },
    {
      label: 'a header alone',
      file: 'metrics.csv',
      content: 'epoch,loss,val_acc\n',
      points: [],
      isHidden: true,
      warning: 'no rows',
    },
  ],
  nonFinite: {
    label: 'spellings of NaN, infinities and nothing',
    file: 'metrics.csv',
    content:
      'epoch,loss,val_acc,lr\n1,nan,NaN,NA\n2,inf,-inf,\n3,Infinity,-Infinity,None\n4,1.#INF,-nan,0.1\n5,1e999,83.1%,n/a\n',
    points: [
      at(1, { loss: Number.NaN, val_acc: Number.NaN }),
      at(2, { loss: Number.POSITIVE_INFINITY, val_acc: Number.NEGATIVE_INFINITY }),
      at(3, { loss: Number.POSITIVE_INFINITY, val_acc: Number.NEGATIVE_INFINITY }),
      at(4, { loss: Number.POSITIVE_INFINITY, val_acc: Number.NaN, lr: 0.1 }),
      at(5, { loss: Number.POSITIVE_INFINITY, val_acc: 83.1 }),
    ],
  },
  resumed: {
    label: 'epochs logged again after a resume',
    file: 'metrics.csv',
    content: 'epoch,loss\n1,0.5\n2,0.4\n3,0.3\n2,0.41\n3,0.31\n4,0.2\n',
    points: [at(1, { loss: 0.5 }), at(2, { loss: 0.41 }), at(3, { loss: 0.31 }), at(4, { loss: 0.2 })],
    warning: 'again',
  },
  garbage: {
    lines: ['4,what,ever', 'Traceback (most recent call last):', '{"epoch": 4}', '4'],
    isWarned: true,
  },
});

describe('tables', () => {
  it('takes exact numbers on the fast path', () => {
    const numbers = [
      0.1,
      1e22,
      1.7976931348623157e308,
      5e-324,
      123456789.123,
      -0.30000000000000004,
      2 ** 53,
      0.6931471824645996,
    ];
    const { points } = read(`epoch,loss\n${numbers.map((value, i) => `${i},${value}`).join('\n')}\n`);
    expect(points.map(({ values }) => values['loss'])).toEqual(numbers);
  });

  it.each([
    ['epoch,loss\n1,tensor(0.5)\n', 0.5],
    ['epoch,loss\n1,"tensor(0.25, device=\'cuda:0\')"\n', 0.25],
    ['epoch,loss\n1,"1,234.5"\n', 1234.5],
    ['Epoch , Loss\n 1 , +0.5 \n', 0.5],
    ['epochs|loss\n1|0.5\n', 0.5],
    ['sep=;\nepoch;loss\n1;0.5\n', 0.5],
    ['# run 7\n# seed 42\nepoch,loss\n1,0.5\n', 0.5],
    ['global_step,trainer/loss\n1,0.5\n', 0.5],
  ])('reads %j', (content, value) => {
    expect(Object.values(read(content).points[0]?.values ?? {})).toEqual([value]);
  });

  it('makes no metric of a column of texts', () => {
    expect(read('epoch,model,loss\n1,resnet18,0.5\n2,resnet18,0.4\n').metrics).toEqual(['loss']);
  });

  it('says which cell is no number, and where', () => {
    expect(read('epoch,loss\n1,0.5\n2,oops\n').warnings).toEqual([
      "line 3: 'oops' in column 'loss' is no number, left out",
    ]);
  });

  it('numbers the columns of a table without a header', () => {
    const { points, warnings } = read('1,0.5,0.8\n2,0.4,0.82\n');
    expect(points).toEqual([
      at(1, { column_2: 0.5, column_3: 0.8 }),
      at(2, { column_2: 0.4, column_3: 0.82 }),
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('takes the name of a TensorBoard download from its file', () => {
    expect(
      read('Wall time,Step,Value\n1700000000.1,5,0.5\n', 'run-train-tag-epoch_loss.csv').metrics,
    ).toContain('epoch_loss');
  });

  it('drops a row that was cut off', () => {
    expect(read('epoch,loss,val_acc\n1,0.5,0.8\n2,0.4').points).toHaveLength(1);
  });

  it('follows a header that changes', () => {
    const { points } = read('epoch,loss\n1,0.5\nepoch,loss,val_acc\n2,0.4,0.8\n');
    expect(points).toEqual([at(1, { loss: 0.5 }), at(2, { loss: 0.4, val_acc: 0.8 })]);
  });

  it('keeps the planned number of epochs apart', () => {
    const curve = read('epoch,total_epochs,loss\n1,20,0.5\n');
    expect(curve.totalEpochs).toBe(20);
    expect(curve.metrics).toEqual(['loss']);
  });
});

describe('damage', () => {
  it('leaves out rows that two writers wove into one another, and says so', () => {
    const { points, warnings } = read(
      'epoch,loss,acc\n1,0.5,0.8\n2,0.3,0.4,0.82\n4,0.85\n5,0.25,0.9\n6,0.2\n',
    );
    expect(points).toEqual([
      at(1, { loss: 0.5, acc: 0.8 }),
      at(5, { loss: 0.25, acc: 0.9 }),
      at(6, { loss: 0.2 }),
    ]);
    expect(warnings).toEqual([
      'line 3: 4 cells where the header has 3, left out',
      'line 4: 2 cells where the header has 3, left out',
      'line 6: 2 cells where the header has 3',
    ]);
  });

  it('reads on where a header is too short for all of its rows', () => {
    const { points, warnings } = read('epoch,loss\n1,0.5,x\n2,0.4,y\n');
    expect(points).toEqual([at(1, { loss: 0.5 }), at(2, { loss: 0.4 })]);
    expect(warnings.join()).toContain('3 cells where the header has 2');
  });

  it.each([
    ['a torn write', Buffer.from('epoch,loss\n1,0.5\n\0\0\0\0\n2,0.4\n')],
    [
      'UTF-16 appended to UTF-8',
      Buffer.concat([Buffer.from('epoch,loss\n1,0.5\n'), Buffer.from('2,0.4\r\n', 'utf16le')]),
    ],
  ])('leaves out zero bytes: %s', (_, bytes) => {
    const { points, warnings } = read(bytes);
    expect(points).toEqual([at(1, { loss: 0.5 }), at(2, { loss: 0.4 })]);
    expect(warnings.join()).toContain('zero bytes, left out');
  });
});
