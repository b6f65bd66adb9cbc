/** Logs as trainers of many kinds print and write them, as far as no fixture of the libraries holds them: read whole, exact. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCurve } from './read.ts';

type Row = [epoch: number | null, step: number | null, values: Record<string, number>];

const CASES: [what: string, file: string, content: string | Buffer, rows: Row[]][] = [
  [
    'tqdm with a postfix',
    'train.log',
    'Epoch 1: 100%|███| 10/10 [00:01<00:00,  9.5it/s, loss=0.3, val_acc=0.8]\nEpoch 2: 100%|███| 10/10 [00:01<00:00, 9.5it/s, loss=0.2, val_acc=0.9]\n',
    [
      [1, null, { loss: 0.3, val_acc: 0.8 }],
      [2, null, { loss: 0.2, val_acc: 0.9 }],
    ],
  ],
  [
    'Keras 3, in colours and with carriage returns',
    'keras.log',
    'Epoch 1/2\n\r 1/10 ━━━━ 9s 5ms/step - accuracy: 0.1 - loss: 2.0\r\u001B[1m10/10\u001B[0m \u001B[32m━━━━\u001B[0m \u001B[1m1s\u001B[0m 5ms/step - accuracy: 0.5 - loss: 1.2 - val_accuracy: 0.6\nEpoch 2/2\n10/10 ━━━━ 1s 5ms/step - accuracy: 0.7 - loss: 1.0 - val_accuracy: 0.65\n',
    [
      [1, null, { accuracy: 0.5, loss: 1.2, val_accuracy: 0.6 }],
      [2, null, { accuracy: 0.7, loss: 1, val_accuracy: 0.65 }],
    ],
  ],
  [
    'a tutorial of two lines an epoch',
    'out.log',
    'Epoch: 01 | Epoch Time: 0m 3s\n\tTrain Loss: 0.5 | Train Acc: 80.25%\n\t Val. Loss: 0.6 |  Val. Acc: 78.5%\n',
    [[1, null, { time: 3, train_loss: 0.5, train_acc: 80.25, val_loss: 0.6, val_acc: 78.5 }]],
  ],
  [
    'epoch and step in brackets',
    'out.log',
    'Epoch [1/2], Step [100/200], Loss: 0.5\nEpoch [1/2], Step [200/200], Loss: 0.4\nEpoch [2/2], Step [100/200], Loss: 0.3\n',
    [
      [1, 100, { loss: 0.5 }],
      [1, 200, { loss: 0.4 }],
      [2, 100, { loss: 0.3 }],
    ],
  ],
  [
    'an epoch joined to its number',
    'out.log',
    'ep001 trn_loss 0.8 val_loss 0.7\nep002 trn_loss 0.7 val_loss 0.6\n',
    [
      [1, null, { trn_loss: 0.8, val_loss: 0.7 }],
      [2, null, { trn_loss: 0.7, val_loss: 0.6 }],
    ],
  ],
  [
    'epoch and batch as a heading',
    'composer.log',
    '[epoch=1][batch=10/30]:\n\t Train loss/total: 0.8\n\t Eval accuracy: 0.6\n[epoch=2][batch=20/30]:\n\t Train loss/total: 0.7\n\t Eval accuracy: 0.7\n',
    [
      [1, null, { 'train_loss/total': 0.8, eval_accuracy: 0.6 }],
      [2, null, { 'train_loss/total': 0.7, eval_accuracy: 0.7 }],
    ],
  ],
  [
    'phases in brackets before the epoch',
    'paddle.log',
    '[2024/01/05 12:00:01] ppcls INFO: [Train][Epoch 1/3][Avg]loss: 2.5, top1: 0.4\n[2024/01/05 12:00:09] ppcls INFO: [Eval][Epoch 1][Avg]loss: 2.7, top1: 0.5\n',
    [[1, null, { train_loss: 2.5, train_top1: 0.4, eval_loss: 2.7, eval_top1: 0.5 }]],
  ],
  [
    'the same without a prefix',
    'train.log',
    '[Train][Epoch 1/3] loss: 2.5\n[Eval][Epoch 1] loss: 2.7\n',
    [[1, null, { train_loss: 2.5, eval_loss: 2.7 }]],
  ],
  [
    "the summary of PyTorch's ImageNet example, which belongs to its test",
    'train.log',
    'Epoch: [0][  1/100]\tTime  0.5 ( 0.5)\tLoss 2.9e+00 (2.9e+00)\tAcc@1  10.00 ( 10.00)\nTest: [ 1/20]\tTime  0.5 ( 0.5)\tLoss 2.7e+00 (2.7e+00)\tAcc@1  40.00 ( 40.00)\n *   Acc@1 40.500 Acc@5 70.100\n',
    [
      [
        0,
        null,
        { time: 0.5, loss: 2.9, 'acc@1': 10, test_loss: 2.7, 'test_acc@1': 40.5, 'test_acc@5': 70.1 },
      ],
    ],
  ],
  [
    "DeiT's and torchvision's tests, whose loss is not that of the training",
    'train.log',
    'Epoch: [0]  [   0/1251]  eta: 0:10:00  lr: 0.001  loss: 6.9 (6.9)  time: 0.5  max mem: 5000\nTest:  [ 0/66]  eta: 0:00:10  loss: 5.9 (5.9)  acc1: 10.0 (10.0)  time: 0.1  max mem: 5000\n* Acc@1 10.500 Acc@5 30.100 loss 5.8\n',
    [
      [
        0,
        null,
        {
          lr: 0.001,
          loss: 6.9,
          time: 0.1,
          test_loss: 5.8,
          test_acc1: 10,
          'test_acc@1': 10.5,
          'test_acc@5': 30.1,
        },
      ],
    ],
  ],
  [
    'epoch and batch as two counts behind a phase (Swin)',
    'log_rank0.txt',
    '[2024-01-05 12:00:01 swin_tiny](main.py 200): INFO Train: [1/300][0/1251]\teta 0:10:00 lr 0.001\t wd 0.0500\tloss 6.8 (6.8)\n[2024-01-05 12:00:02 swin_tiny](main.py 200): INFO Train: [2/300][0/1251]\teta 0:10:00 lr 0.002\t wd 0.0500\tloss 6.7 (6.7)\n',
    [
      [1, null, { lr: 0.001, train_loss: 6.8 }],
      [2, null, { lr: 0.002, train_loss: 6.7 }],
    ],
  ],
  [
    'an epoch behind its number (ESPnet)',
    'train.log',
    '[host-1] 2024-01-05 12:00:01,1 (trainer:338) INFO: 3epoch results: [train] loss=3.1, acc=0.5, [valid] loss=2.1, wer=0.4\n',
    [[3, null, { train_loss: 3.1, train_acc: 0.5, val_loss: 2.1, val_wer: 0.4 }]],
  ],
  [
    'a count of right answers, which is no rounded fraction',
    'mnist.log',
    'Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.3\n\nTest set: Average loss: 0.0845, Accuracy: 9801/10000 (98%)\n\n',
    [[1, null, { train_loss: 2.3, test_loss: 0.0845, test_accuracy: 98.01 }]],
  ],
  [
    'ranks in front',
    'out.log',
    '[rank0]: [Epoch 1] loss: 0.5 val_loss: 0.6\n[rank1]: [Epoch 1] loss: 0.5 val_loss: 0.6\n[default0]:Epoch 2 loss: 0.4 val_loss: 0.5\n',
    [
      [1, null, { loss: 0.5, val_loss: 0.6 }],
      [2, null, { loss: 0.4, val_loss: 0.5 }],
    ],
  ],
  [
    'loguru and logging',
    'out.log',
    '2024-01-05 12:00:01.123 | INFO     | __main__:train:41 - Epoch 1/2 train_loss=0.8 val_acc=0.7\n2024-01-05 12:00:02,123 - trainer - INFO - epoch=2 train_loss=0.7 val_acc=0.8\n',
    [
      [1, null, { train_loss: 0.8, val_acc: 0.7 }],
      [2, null, { train_loss: 0.7, val_acc: 0.8 }],
    ],
  ],
  [
    'paths of Windows',
    'out.log',
    'Saving C:\\runs\\exp1\\epoch_1.pt\r\n[1/2] D:\\data\\x loss: 0.8 - val_loss: 0.7\r\n[2/2] \\\\server\\share loss: 0.7 - val_loss: 0.6\r\n',
    [
      [1, null, { loss: 0.8, val_loss: 0.7 }],
      [2, null, { loss: 0.7, val_loss: 0.6 }],
    ],
  ],
  [
    'NaN with a percent sign',
    'out.log',
    'Epoch 1 loss: 0.5 acc: 50.0%\nEpoch 2 loss: nan acc: nan%\n',
    [
      [1, null, { loss: 0.5, acc: 50 }],
      [2, null, { loss: Number.NaN, acc: Number.NaN }],
    ],
  ],
  [
    'a table of rich',
    'out.log',
    '┏━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━┓\n┃ Epoch ┃ Train loss ┃ Val acc ┃\n┡━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━┩\n│ 1     │ 0.8000     │ 71.5%   │\n└───────┴────────────┴─────────┘\n',
    [[1, null, { 'Train loss': 0.8, 'Val acc': 71.5 }]],
  ],
  [
    'columns parted by several spaces, with names of two words',
    'gb.log',
    '      Iter       Train Loss   Remaining Time \n         1           1.2800            0.01s\n         2           1.2500            0.02s\n',
    [
      [null, 1, { 'Train Loss': 1.28, 'Remaining Time': 0.01 }],
      [null, 2, { 'Train Loss': 1.25, 'Remaining Time': 0.02 }],
    ],
  ],
  [
    'a table in Markdown',
    'out.md.log',
    '| epoch | train loss | val acc |\n|------:|:-----------|---------|\n| 1 | 0.8 | 0.7 |\n',
    [[1, null, { 'train loss': 0.8, 'val acc': 0.7 }]],
  ],
  [
    'scikit-learn',
    'mlp.log',
    'Iteration 1, loss = 0.81234567\nValidation score: 0.600000\nIteration 2, loss = 0.71234567\nValidation score: 0.700000\n',
    [
      [null, 1, { loss: 0.81234567, validation_score: 0.6 }],
      [null, 2, { loss: 0.71234567, validation_score: 0.7 }],
    ],
  ],
  [
    'CatBoost',
    'cat.log',
    '0:\tlearn: 0.9\ttest: 0.8\tbest: 0.8 (0)\ttotal: 1ms\tremaining: 2.1s\n10:\tlearn: 0.5\ttest: 0.6\tbest: 0.6 (10)\ttotal: 1s\tremaining: 2s\n',
    [
      [null, 0, { learn: 0.9, test: 0.8 }],
      [null, 10, { learn: 0.5, test: 0.6 }],
    ],
  ],
  [
    'decimal commas and a German epoch',
    'de.csv',
    'Époque;train_loss;val_acc\n1;0,8;0,6\n2;0,7;0,65\n',
    [
      [1, null, { train_loss: 0.8, val_acc: 0.6 }],
      [2, null, { train_loss: 0.7, val_acc: 0.65 }],
    ],
  ],
  [
    'UTF-16 with a byte order mark',
    'm.csv',
    Buffer.from('\uFEFFepoch,val_acc\r\n1,0.6\r\n', 'utf16le'),
    [[1, null, { val_acc: 0.6 }]],
  ],
  [
    'a history as pandas writes it',
    'history.json',
    '{"loss":{"0":0.9,"1":0.8},"val_loss":{"0":0.95,"1":0.85}}',
    [
      [0, null, { loss: 0.9, val_loss: 0.95 }],
      [1, null, { loss: 0.8, val_loss: 0.85 }],
    ],
  ],
  [
    'JSON lines of LLaMA-Factory',
    'trainer_log.jsonl',
    '{"current_steps": 10, "total_steps": 30, "loss": 1.5, "lr": 1e-05, "epoch": 0.5, "elapsed_time": "0:00:10"}\n{"current_steps": 20, "total_steps": 30, "loss": 1.25, "lr": 1e-05, "epoch": 1.0, "elapsed_time": "0:00:20"}\n',
    [
      [0.5, 10, { total_steps: 30, loss: 1.5, lr: 1e-5 }],
      [1, 20, { total_steps: 30, loss: 1.25, lr: 1e-5 }],
    ],
  ],
  [
    'structlog',
    'run.jsonl',
    '{"event": "epoch done", "level": "info", "timestamp": "2024-01-05T12:00:01Z", "epoch": 1, "train_loss": 0.8, "metrics": {"val_acc": 0.6}}\n',
    [[1, null, { train_loss: 0.8, 'metrics/val_acc': 0.6 }]],
  ],
  [
    'printed lines inside JSON (Docker, loggers)',
    'container.log',
    '{"log": "Epoch 1 loss=0.5 val_loss=0.6\\n", "stream": "stdout", "time": "2024-01-05T12:00:01Z"}\n{"log": "Epoch 2 loss=0.4 val_loss=0.5\\n", "stream": "stdout", "time": "2024-01-05T12:00:02Z"}\n',
    [
      [1, null, { loss: 0.5, val_loss: 0.6 }],
      [2, null, { loss: 0.4, val_loss: 0.5 }],
    ],
  ],
  [
    'a table in colours (skorch)',
    'out.log',
    '  epoch    train_loss    valid_acc\n-------  ------------  -----------\n      1        \u001B[36m0.8000\u001B[0m       \u001B[32m0.6000\u001B[0m\n      2        \u001B[36m0.7000\u001B[0m       0.5900\n',
    [
      [1, null, { train_loss: 0.8, valid_acc: 0.6 }],
      [2, null, { train_loss: 0.7, valid_acc: 0.59 }],
    ],
  ],
  [
    'YOLOv5',
    'results.csv',
    '               epoch,      train/box_loss,metrics/mAP_0.5:0.95\n                   0,             0.0911,              0.2\n',
    [[0, null, { 'train/box_loss': 0.0911, 'metrics/mAP_0.5:0.95': 0.2 }]],
  ],
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-variants-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(CASES)('%s', async (_, name, content, rows) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { points, warnings } = await readCurve(file);
  expect(points.map(({ epoch, step, values }) => [epoch, step, { ...values }])).toEqual(rows);
  expect(warnings).toEqual([]);
});

it('a table torn within its last number', async () => {
  const file = join(folder, 'torn.csv');
  writeFileSync(file, 'epoch,loss,val_acc\n1,0.9,0.5\n2,0.8,0.');
  const { points, warnings } = await readCurve(file);
  expect(points.map(({ epoch, values }) => [epoch, { ...values }])).toEqual([
    [1, { loss: 0.9, val_acc: 0.5 }],
    [2, { loss: 0.8 }],
  ]);
  expect(warnings).toEqual(['line 3: the last number is incomplete, left out']);
});
