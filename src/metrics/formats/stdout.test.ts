import type { Point } from '../_contract.ts';
import { testFormat } from '../conformance.ts';
import { stdout } from './stdout.ts';

const at = (epoch: number | null, values: Record<string, number>, step: number | null = null): Point => ({
  epoch,
  step,
  values,
});

testFormat({
  format: stdout,
  specimens: [
    {
      label: 'several prints an epoch, with what else a training says',
      file: 'train.log',
      content: `2024-05-01 12:30:01,123 - INFO - Using device: cuda:0, listening on 127.0.0.1:8080
2024-05-01 12:30:01,200 - INFO - Loading data: 60000 samples, lr scheduler: cosine
2024-05-01 12:30:02,000 - INFO - Epoch 1/3
2024-05-01 12:30:09,000 - INFO - train loss 0.5 | train acc 80.1%
2024-05-01 12:30:10,000 - INFO - val loss 0.6 | val acc 78.9% | 8.1s
2024-05-01 12:30:10,100 - INFO - Saved checkpoint to out/epoch=1-val_loss=0.6.ckpt

2024-05-01 12:30:11,000 - INFO - Epoch 2/3
2024-05-01 12:30:19,000 - INFO - train loss 0.4 | train acc 83.1%
2024-05-01 12:30:20,000 - INFO - val loss 0.55 | val acc 80.2% | 8.0s
`,
      points: [
        at(1, { train_loss: 0.5, train_acc: 80.1, val_loss: 0.6, val_acc: 78.9 }),
        at(2, { train_loss: 0.4, train_acc: 83.1, val_loss: 0.55, val_acc: 80.2 }),
      ],
    },
    {
      label: 'progress bars that return, colours, backspaces',
      file: 'out.txt',
      content:
        'Epoch 1/2\n  1/10 [>...........] - ETA: 3s - loss: 2.3000\b\b\b\b 10/10 [==============================] - 1s 5ms/step - loss: 0.5000 - val_loss: 0.6000\r\nEpoch 2/2\r\n\u001B[1m10/10\u001B[0m \u001B[32m━━━━━━━━━━━━━━━━━━━━\u001B[0m\u001B[37m\u001B[0m \u001B[1m1s\u001B[0m 5ms/step - loss: 0.4000 - val_loss: 0.5000\nEpoch 3:  50%|█████     | 5/10 [00:01<00:01,  4.50it/s, loss=0.4]\rEpoch 3: 100%|██████████| 10/10 [00:02<00:00,  4.50it/s, loss=0.3, val_loss=0.45]\n',
      points: [
        at(1, { loss: 0.5, val_loss: 0.6 }),
        at(2, { loss: 0.4, val_loss: 0.5 }),
        at(3, { loss: 0.3, val_loss: 0.45 }),
      ],
    },
    {
      label: 'dicts, as Python and as JSON, without newline at the end',
      // Recognized by the library's own format.
      isHidden: true,
      file: 'stdout.log',
      content: `{'loss': 0.6899, 'grad_norm': 0.74, 'learning_rate': 0.00018, 'epoch': 0.16}
{'eval_loss': '0.395', 'epoch': '1.0'}
2024-05-01 12:30:01 | INFO | train | {"epoch": 2, "update": 500, "loss": "12.3"}`,
      points: [
        at(0.16, { loss: 0.6899, grad_norm: 0.74, learning_rate: 0.00018 }),
        at(1, { eval_loss: 0.395 }),
        at(2, { loss: 12.3 }, 500),
      ],
    },
    {
      label: 'metrics before the line that ends their epoch',
      file: 'train.log',
      content: 'loss: 0.5\nval_acc: 0.8\nEpoch 1 finished\nloss: 0.4\nval_acc: 0.9\nEpoch 2 finished\n',
      points: [at(1, { loss: 0.5, val_acc: 0.8 }), at(2, { loss: 0.4, val_acc: 0.9 })],
    },
    {
      label: 'no epochs at all',
      file: 'train.log',
      content: 'train_loss: 0.5\nval_acc: 0.8\ntrain_loss: 0.4\nval_acc: 0.9\n',
      points: [at(null, { train_loss: 0.5, val_acc: 0.8 }), at(null, { train_loss: 0.4, val_acc: 0.9 })],
    },
    {
      label: 'tables',
      isHidden: true,
      file: 'train.log',
      content:
        'epoch     train_loss  valid_loss  accuracy  time    \n0         0.345       0.123       0.95      00:12     \n1         0.300       0.113       0.96      00:11     \n',
      points: [
        at(0, { train_loss: 0.345, valid_loss: 0.123, accuracy: 0.95, time: 12 }),
        at(1, { train_loss: 0.3, valid_loss: 0.113, accuracy: 0.96, time: 11 }),
      ],
    },
  ],
  nonFinite: {
    label: 'spellings of NaN and infinities',
    file: 'train.log',
    content:
      "Epoch 1 loss: nan val_loss=inf\nEpoch 2 loss: NaN val_loss=-inf\nEpoch 3 - loss: Infinity, val_loss: -Infinity\n{'epoch': 4, 'loss': nan, 'val_loss': inf}\n",
    points: [
      at(1, { loss: Number.NaN, val_loss: Number.POSITIVE_INFINITY }),
      at(2, { loss: Number.NaN, val_loss: Number.NEGATIVE_INFINITY }),
      at(3, { loss: Number.POSITIVE_INFINITY, val_loss: Number.NEGATIVE_INFINITY }),
      at(4, { loss: Number.NaN, val_loss: Number.POSITIVE_INFINITY }),
    ],
  },
  resumed: {
    label: 'epochs logged again after a resume',
    file: 'train.log',
    content:
      'Epoch 1/3 loss: 0.5\nEpoch 2/3 loss: 0.4\nEpoch 3/3 loss: 0.3\nResuming from epoch 2\nEpoch 2/3 loss: 0.41\nEpoch 3/3 loss: 0.31\n',
    points: [at(1, { loss: 0.5 }), at(2, { loss: 0.41 }), at(3, { loss: 0.31 })],
    warning: 'again',
  },
  garbage: {
    lines: [
      '\u0000\u0001',
      '{"epoch": ',
      "{'loss': [",
      '====',
      '%%%',
      'Epoch',
      ': : =',
      '1/2/3 12:30:01',
      'nan',
      '((((',
      '| | |',
    ],
    isWarned: false,
  },
});
