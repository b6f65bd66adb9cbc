import { expect, it } from 'vitest';
import { decidingMetric } from './deciding-metric.ts';

it.each<[string[], string | undefined]>([
  [['train_loss', 'train_acc', 'val_loss', 'val_acc', 'lr'], 'val_acc'],
  [['loss', 'accuracy', 'val_loss', 'val_accuracy'], 'val_accuracy'],
  [['loss', 'accuracy', 'val_loss'], 'val_loss'],
  [['loss', 'eval_loss', 'eval_f1', 'eval_accuracy', 'learning_rate', 'eval_runtime'], 'eval_accuracy'],
  [
    [
      'train/box_loss',
      'metrics/precision(B)',
      'metrics/mAP50(B)',
      'metrics/mAP50-95(B)',
      'val/box_loss',
      'lr/pg0',
    ],
    'metrics/mAP50-95(B)',
  ],
  [['train_loss', 'eval_loss', 'eval_top1', 'eval_top5', 'lr'], 'eval_top1'],
  [['train_loss', 'val_loss', 'val_mae'], 'val_mae'],
  [['train_loss', 'val_loss', 'lr'], 'val_loss'],
  [['train-logloss', 'val-logloss'], 'val-logloss'],
  [['train_loss', 'test_acc'], 'test_acc'],
  [['loss'], 'loss'],
  [['train_loss', 'train_acc'], undefined],
  [['lr', 'time'], undefined],
  [[], undefined],
])('of %j it is %s', (names, expected) => expect(decidingMetric(names)?.name).toBe(expected));
