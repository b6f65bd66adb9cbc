import { describe, expect, test } from 'vitest';
import { findEarlyStopping, findEpochLimit, isRegularizing } from './epochs.ts';

describe('findEpochLimit', () => {
  test.each([
    [{ training: { epochs: 50, lr: 0.1 } }, ['training', 'epochs']],
    [{ num_epochs: 3 }, ['num_epochs']],
    [{ trainer: { max_epochs: 10 }, lr_scheduler: { epochs: 5 } }, ['trainer', 'max_epochs']],
    [{ num_train_epochs: 3, max_steps: -1 }, ['num_train_epochs']],
    [{ epochs: 10, max_steps: 500 }, ['epochs']],
    [{ params: { num_boost_round: 200 } }, ['params', 'num_boost_round']],
    [{ n_estimators: 100 }, ['n_estimators']],
    [{ warmup: { epochs: 5 } }, undefined],
    [{ warmup_epochs: 5 }, undefined],
    [{ a: { epochs: 5 }, b: { epochs: 6 } }, undefined],
    [{ epochs: 'many' }, undefined],
  ])('%j → %j', (config, path) => expect(findEpochLimit(config)?.path).toEqual(path));
});

describe('findEarlyStopping', () => {
  test.each([
    [{ early_stopping: { patience: 10 } }, { path: 'early_stopping', patience: 10 }],
    [{ early_stopping: { enabled: false, patience: 10 } }, undefined],
    [{ training: { early_stopping_patience: 4 } }, { path: 'training.early_stopping_patience', patience: 4 }],
    [{ early_stopping_rounds: 20 }, { path: 'early_stopping_rounds', patience: 20 }],
    [{ earlyStopping: true }, { path: 'earlyStopping', patience: null }],
    [{ early_stopping: null }, undefined],
    [{ patience: 3 }, undefined],
  ])('%j → %j', (config, found) => expect(findEarlyStopping(config)).toEqual(found));
});

describe('isRegularizing', () => {
  test.each([
    [{ path: 'model.dropout', from: null, to: 0.4 }, true],
    [{ path: 'model.dropout', from: 0.5, to: 0.1 }, false],
    [{ path: 'optimizer.weight_decay', from: 0, to: 0.01 }, true],
    [{ path: 'data.augmentation.enabled', from: false, to: true }, true],
    [{ path: 'data.transforms', from: null, to: ['flip'] }, true],
    [{ path: 'optimizer.lr', from: 0.1, to: 0.2 }, false],
  ])('%j is %s', (change, answer) => expect(isRegularizing(change)).toBe(answer));
});
