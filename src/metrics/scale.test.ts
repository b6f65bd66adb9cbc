import { describe, expect, it } from 'vitest';
import { reconcileScales, scaleOf } from './scale.ts';

describe('scaleOf', () => {
  it.each([
    ['val_acc', [0.1, 0.83], 'fraction'],
    ['val_acc', [0, 1], 'fraction'],
    ['val_acc', [10, 83.1], 'percent'],
    ['val_acc', [0.4, 1.2, 3], 'percent'],
    ['val_acc', [Number.NaN], 'other'],
    ['val_acc', [], 'other'],
    ['val_acc', [830, 200], 'other'],
    ['val_acc', [-0.5, 0.5], 'other'],
    ['val_acc_pct', [0.5], 'percent'],
    ['val_loss', [0.5], 'other'],
    ['val_mse', [0.5], 'other'],
    ['mean_absolute_error', [0.5], 'other'],
    ['error_rate', [0.17], 'fraction'],
    ['eval_f1', [83], 'percent'],
    ['metrics/mAP50(B)', [0.5], 'fraction'],
    ['WER', [12.3], 'percent'],
    ['reward', [0.5], 'other'],
  ])('%s of %j is %s', (name, values, scale) => {
    expect(scaleOf(name, values)).toBe(scale);
  });
});

describe('reconcileScales', () => {
  const of = (...values: number[]) => ({ name: 'val_acc', values });

  it('leaves what agrees', () => {
    expect(reconcileScales(of(0.7, 0.8), of(0.5, 0.83))).toEqual({ factorA: 1, factorB: 1 });
    expect(reconcileScales(of(70, 80), of(50, 83))).toEqual({ factorA: 1, factorB: 1 });
    expect(reconcileScales({ name: 'loss', values: [0.5] }, { name: 'loss', values: [83] })).toEqual({
      factorA: 1,
      factorB: 1,
    });
  });

  it('brings fractions to percent', () => {
    expect(reconcileScales(of(0.7, 0.789), of(50, 83.1))).toEqual({ factorA: 100, factorB: 1 });
    expect(reconcileScales(of(78.9), of(0.831))).toEqual({ factorA: 1, factorB: 100 });
  });

  it('refuses to guess', () => {
    expect(reconcileScales(of(0.4, 0.9), of(0.4, 1.2, 3))).toHaveProperty('refused');
    expect(reconcileScales(of(0.8), of(830))).toHaveProperty('refused');
    expect(reconcileScales(of(0), of(83))).toHaveProperty('refused');
  });
});
