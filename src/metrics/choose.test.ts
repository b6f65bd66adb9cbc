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
    ['val_auc', 'valid_0_auc', 'only'],
  ])('finds %s as %s', (wanted, name, how) => {
    expect(chooseMetric(wanted, ['epoch_time', 'lr', 'train_loss', 'metrics/precision(B)', name])).toEqual({
      name,
      how,
    });
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
