import { describe, expect, it } from 'vitest';
import { goalOf } from './goal.ts';
import { lossNames, pairOf } from './pair.ts';

describe('pairOf', () => {
  it.each([
    ['val_acc', ['train_acc', 'val_acc'], 'train_acc'],
    ['val_accuracy', ['loss', 'accuracy', 'val_loss', 'val_accuracy'], 'accuracy'],
    ['val/accuracy', ['train/accuracy', 'train/loss', 'val/accuracy'], 'train/accuracy'],
    ['eval_accuracy', ['training_acc', 'eval_accuracy'], 'training_acc'],
    ['test-error', ['train-error', 'test-error'], 'train-error'],
    ['val_loss', ['train_loss_step', 'train_loss_epoch', 'val_loss'], 'train_loss_epoch'],
    ['val_acc', ['val_acc', 'train_f1'], null],
    ['accuracy', ['accuracy', 'val_accuracy'], null],
    ['accuracy', ['accuracy', 'train_accuracy'], 'train_accuracy'],
    ['train_acc', ['train_acc', 'val_acc'], null],
    ['metrics/mAP50(B)', ['train/box_loss', 'metrics/mAP50(B)'], null],
    ['val_acc', ['val_acc', 'best_train_acc'], null],
    ['eval_loss', ['loss', 'train_loss', 'train_runtime', 'eval_loss'], 'loss'],
  ])('%s among %j is paired with %s', (name, available, wanted) => {
    expect(pairOf(name, available)).toBe(wanted);
  });
});

describe('lossNames', () => {
  it.each([
    [['loss', 'accuracy', 'val_loss'], 'loss', 'val_loss'],
    [['train_loss', 'val_loss'], 'train_loss', 'val_loss'],
    [['train/loss_epoch', 'train/loss_step', 'val/loss'], 'train/loss_epoch', 'val/loss'],
    [['loss', 'eval_loss'], 'loss', 'eval_loss'],
    [['loss', 'train_loss', 'train_runtime', 'eval_loss'], 'loss', 'eval_loss'],
    [['train-logloss', 'val-logloss'], 'train-logloss', 'val-logloss'],
    [['total_loss', 'loss_cls'], 'total_loss', null],
    [['train/box_loss', 'val/box_loss'], null, null],
    [['acc'], null, null],
  ])('%j', (available, train, val) => {
    expect(lossNames(available)).toEqual({ train, val });
  });
});

describe('goalOf', () => {
  it.each([
    'val_loss',
    'error_rate',
    'WER',
    'eval_cer',
    'eer',
    'perplexity',
    'val/mse',
    'RMSE',
    'mae',
    'FID',
    'logloss',
    'val-merror',
    'bpc',
    'nll',
    'valLoss',
    'test-log_loss',
    'mean_squared_error',
    'ppl',
  ])('minimizes %s', (name) => expect(goalOf(name)).toBe('min'));
  it.each([
    'val_acc',
    'f1',
    'AUC',
    'mAP50',
    'val_mIoU',
    'reward',
    'bleu',
    'r2',
    'neg_mean_squared_error',
    'neg_log_loss',
    'R2',
    'accuracy',
    'psnr',
  ])('maximizes %s', (name) => expect(goalOf(name)).toBe('max'));
});
