import type { Dataset } from './dataset.ts';
import type { ModelTraining } from './model-training.ts';

/** What is logged of an epoch. */
export interface EpochMetrics extends Record<string, number> {
  epoch: number;
  train_loss: number;
  train_acc: number;
  val_loss: number;
  val_acc: number;
  lr: number;
  grad_norm: number;
  grad_norm_max: number;
}

/** Trains epoch `epoch` (from 1) and evaluates it on the validation split, and the confirm split where there is one. */
export function trainAndValidate(
  model: ModelTraining,
  { val, confirm }: Dataset,
  epoch: number,
): EpochMetrics {
  const train = model.trainEpoch(epoch - 1);
  const validation = model.evaluate(val);
  const confirmation = confirm.labels.length > 0 ? model.evaluate(confirm) : undefined;
  return {
    epoch,
    train_loss: train.loss,
    train_acc: train.accuracy,
    val_loss: validation.loss,
    val_acc: validation.accuracy,
    ...(confirmation && { confirm_loss: confirmation.loss, confirm_acc: confirmation.accuracy }),
    lr: train.rate,
    grad_norm: train.gradientNorm,
    grad_norm_max: train.maxGradientNorm,
  };
}
