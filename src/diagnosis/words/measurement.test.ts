import { describe, expect, it } from 'vitest';
import { parsePath } from '../../config/path.ts';
import { decidesMeasurement, definesLoss } from './measurement.ts';

const pathOf = (text: string) => parsePath(text) ?? [text];

describe('what decides the measurement', () => {
  it.each([
    ['data.val_samples', true],
    ['data.valSize', true],
    ['dataset.validation.size', true],
    ['val.path', true],
    ['validation_split', true],
    ['data.split_seed', true],
    ['trainer.limit_val_batches', true],
    ['data.train_samples', false],
    ['data.seed', false],
    ['val.batch_size', false],
    ['training.validation.every', false],
    ['model.size', false],
    ['data.splits[0]', false],
    ['optimizer.learning_rate', false],
  ])('%s: %s', (text, expected) => {
    expect(decidesMeasurement(pathOf(text))).toBe(expected);
  });

  it.each([
    ['training.label_smoothing', true],
    ['loss.name', true],
    ['model.name', false],
    ['loss.reduction', false],
    ['loss', true],
    ['criterion', true],
    ['data.class_weights', true],
    ['optimizer.weight_decay', false],
  ])('%s defines the loss: %s', (text, expected) => {
    expect(definesLoss(pathOf(text))).toBe(expected);
  });
});
