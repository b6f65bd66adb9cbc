import { describe, expect, it } from 'vitest';
import { findAxes } from './axis.ts';
import { isPhaseKey, phaseOf, withPhase } from './phase.ts';

describe('findAxes', () => {
  it.each([
    [['epoch', 'loss'], 'epoch', undefined, undefined],
    [['Epoch', 'Step', 'loss'], 'Epoch', 'Step', undefined],
    [['epochs', 'loss'], 'epochs', undefined, undefined],
    [['epoch', 'epochs', 'loss'], 'epoch', undefined, 'epochs'],
    [['step', 'iteration', 'global_step'], undefined, 'global_step', undefined],
    [['trainer/global_step', 'epoch', 'val/loss'], 'epoch', 'trainer/global_step', undefined],
    [['_step', '_runtime', 'loss'], undefined, '_step', undefined],
    [['ep', 'total_epochs'], 'ep', undefined, 'total_epochs'],
    [['loss', 'eps', 'steps_per_second', 'epoch_time', 'best_epoch'], undefined, undefined, undefined],
  ])('%j', (names, epoch, step, total) => {
    expect(findAxes(names)).toEqual({ epoch, step, total });
  });
});

describe('phases', () => {
  it('knows their words', () => {
    expect(['Train', 'validation', 'eval', 'test', 'dev', 'loss'].map(phaseOf)).toEqual([
      'train',
      'val',
      'eval',
      'test',
      'val',
      undefined,
    ]);
    expect(isPhaseKey('Split')).toBe(true);
  });

  it('puts them before names that have none', () => {
    expect(withPhase('val', 'loss')).toBe('val_loss');
    expect(withPhase('val', 'train_loss')).toBe('train_loss');
    expect(withPhase(undefined, 'loss')).toBe('loss');
  });
});
