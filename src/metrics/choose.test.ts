import { describe, expect, it } from 'vitest';
import { PawlError } from '../errors.ts';
import { chooseMetric } from './choose.ts';

function refusal(wanted: string, available: string[]): PawlError {
  try {
    chooseMetric(wanted, available);
  } catch (error) {
    if (error instanceof PawlError) return error;
  }
  throw new Error(`'${wanted}' was not refused`);
}

describe('chooseMetric', () => {
  it.each([
    ['val_acc', 'val_acc', 'exact'],
    ['val_acc', 'Val_Acc', 'spelling'],
    ['val acc', 'val_acc', 'spelling'],
    ['val_acc', 'val/acc', 'spelling'],
    ['val_acc', 'valAcc', 'spelling'],
    ['val_acc', 'val/accuracy', 'meaning'],
    ['val_acc', 'validation_accuracy', 'meaning'],
    ['val_acc', 'eval_accuracy', 'meaning'],
    ['val_acc', 'valid acc', 'meaning'],
    ['validation accuracy', 'val_acc', 'meaning'],
    ['val_acc', 'accuracy_val', 'meaning'],
    ['val_acc', 'eval_top1', 'meaning'],
    ['val_acc', 'val/Acc@1', 'meaning'],
    ['val_acc', 'val_accuracy/top1', 'meaning'],
    ['val_loss', 'validation/loss_epoch', 'meaning'],
    ['val_f1', 'val_f1_score', 'meaning'],
    ['val_f1', 'val_f1_macro', 'only'],
    ['mAP50', 'metrics/mAP50(B)', 'only'],
    ['mAP50-95', 'metrics/mAP50-95(B)', 'only'],
    ['accuracy', 'val_accuracy', 'only'],
    ['val_auc', 'valid_0_auc', 'meaning'],
    ['val_auc', 'validation_0-auc', 'meaning'],
    ['val_auc', 'validation_0/auc', 'meaning'],
    ['auc', 'validation_0-auc', 'only'],
    ['val_rmse', 'dval-rmse', 'meaning'],
    ['test_auc', 'test-auc-mean', 'meaning'],
    ['val_logloss', 'valid_1_binary_logloss', 'only'],
    ['val_loss', 'val_loss/dataloader_idx_0', 'meaning'],
    ['mAP50', 'metrics/mAP_0.5', 'only'],
    ['mAP@0.5', 'metrics/mAP50(B)', 'only'],
    ['mAP@0.5:0.95', 'metrics/mAP50-95(B)', 'only'],
    ['mAP@[.5:.05:.95]', 'metrics/mAP50-95(B)', 'only'],
    ['val_mAP50-95', 'metrics/mAP_0.5:0.95', 'meaning'],
    ['mAP50', 'coco/bbox_mAP_50', 'only'],
    ['eval_reward', 'eval/mean_reward', 'meaning'],
    ['val_acc', 'val_sparse_categorical_accuracy', 'only'],
  ])('finds %s as %s', (wanted, name, how) => {
    expect(chooseMetric(wanted, ['epoch_time', 'lr', 'train_loss', 'metrics/precision(B)', name])).toEqual({
      name,
      how,
    });
  });

  it('takes for a validation metric what has no phase only where losses name both', () => {
    const fastai = ['train_loss', 'valid_loss', 'accuracy', 'error_rate'];
    expect(chooseMetric('val_acc', fastai)).toEqual({ name: 'accuracy', how: 'only' });
    expect(refusal('val_acc', ['loss', 'accuracy', 'val_loss']).code).toBe('METRIC_NOT_FOUND');
    expect(refusal('val_acc', ['loss', 'acc', 'val_loss', 'train_time']).code).toBe('METRIC_NOT_FOUND');
  });

  it('prefers the name itself to every other that fits', () => {
    expect(chooseMetric('val_acc', ['val/acc', 'val_accuracy', 'val_acc']).name).toBe('val_acc');
    expect(chooseMetric('val_loss', ['val_loss_step', 'val_loss_epoch']).name).toBe('val_loss_epoch');
    expect(chooseMetric('mAP50', ['metrics/mAP50(B)', 'metrics/mAP50-95(B)']).name).toBe('metrics/mAP50(B)');
    expect(chooseMetric('val_acc', ['val_acc1', 'val_acc5']).name).toBe('val_acc1');
  });

  it.each([
    ['val_acc', ['val/acc', 'val.acc']],
    ['val_acc', ['val_accuracy', 'eval_accuracy']],
    ['accuracy', ['val_accuracy', 'train_accuracy']],
    ['auc', ['training_auc', 'valid_1_auc']],
    ['val_auc', ['validation_0-auc', 'validation_1-auc']],
    ['mAP50-95', ['metrics/mAP50-95(B)', 'metrics/mAP50-95(M)']],
    ['val_acc', ['val_acc/dataloader_idx_0', 'val_acc/dataloader_idx_1']],
    ['val_f1', ['val_f1_macro', 'val_f1_micro']],
  ])('refuses %s where %j fit alike', (wanted, available) => {
    const error = refusal(wanted, available);
    expect(error.code).toBe('METRIC_AMBIGUOUS');
    for (const name of available) expect(error.message).toContain(name);
  });

  it.each([
    ['val_acc', ['train_acc', 'val_loss']],
    ['val_acc', ['acc', 'loss']],
    ['val_acc', ['best_val_acc']],
    ['val_acc', ['test_acc']],
    ['val_acc', ['val_acc5', 'loss']],
    ['val_loss', ['val_loss_std']],
    ['loss', ['accuracy']],
    ['map', ['mape']],
  ])('does not take for %s any of %j', (wanted, available) => {
    const error = refusal(wanted, available);
    expect(error.code).toBe('METRIC_NOT_FOUND');
    for (const name of available) expect(error.message).toContain(`'${name}'`);
  });

  it('suggests what is near', () => {
    expect(refusal('val_acc', ['loss', 'val_loss', 'acc']).remedy).toContain("'acc'");
    expect(refusal('vall_acc', ['train_loss', 'val_acc']).remedy).toContain("Did you mean 'val_acc'");
  });

  it('says that there are no metrics at all', () => {
    expect(refusal('val_acc', []).message).toBe("The log holds no metric 'val_acc', nor any other.");
  });
});
