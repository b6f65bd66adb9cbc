import { describe, expect, it } from 'vitest';
import type { Issue } from './_contract.ts';
import { arbitrate } from './arbitrate.ts';
import { examine } from './examine.ts';
import { caseOf, CURVES, type Columns, type CurveName } from './fixtures/cases.ts';
import { over, settle, wobble } from './fixtures/curves.ts';

const primaryOf = (columns: Columns, target: number | null = null): Issue => {
  const { runs, settings, thresholds } = caseOf(columns);
  return examine(runs, settings, target, thresholds).primary.issue;
};

describe('examine', () => {
  it.each<[CurveName, number | null, Issue]>([
    ['sound', null, 'healthy'],
    ['sound', 91, 'healthy'],
    ['overfitted', 90, 'overfitting'],
    ['overfitted', 75, 'healthy'],
    ['memorized', null, 'overfitting'],
    ['underfitted', 80, 'underfitting'],
    ['jumping', 80, 'learning-rate-too-high'],
    ['crawling', 80, 'learning-rate-too-low'],
    ['stuck', 80, 'stalled'],
    ['cutOff', 85, 'stopped-too-early'],
    ['wasted', null, 'trained-too-long'],
    ['scattered', null, 'noisy-validation'],
    ['broken', 80, 'diverged'],
    ['thrown', 80, 'diverged'],
    ['exploding', 80, 'exploding-gradients'],
    ['vanishing', 80, 'vanishing-gradients'],
    ['idle', null, 'resource-inefficiency'],
    ['idle', 91, 'healthy'],
  ])('%s with target %s: %s', (curve, target, issue) => {
    expect(primaryOf(CURVES[curve], target)).toBe(issue);
  });

  it.each<[string, Columns, number | null]>([
    ['one epoch', { train_loss: [2], val_acc: [30] }, 80],
    ['two epochs', { train_loss: [2, 1.5], val_acc: [30, 50] }, 80],
    ['no training side', { val_acc: over(30, settle(20, 70, 5)) }, 80],
    ['no validation side', { train_loss: over(30, settle(2.3, 0.2, 5)) }, 80],
  ])('does not guess from %s', (_what, columns, target) => {
    expect(primaryOf(columns, target)).toBe('undetermined');
  });

  it('calls a broken run broken even after one epoch', () => {
    expect(primaryOf({ train_loss: [Number.NaN], val_acc: [10] }, 80)).toBe('diverged');
  });

  it('does not take a target for met by a lucky epoch of a scattering validation', () => {
    const columns = {
      ...CURVES.sound,
      val_acc: over(40, (epoch) => settle(20, 84, 4)(epoch) + 11 * wobble(epoch)),
    };
    expect(primaryOf(columns, 94)).toBe('noisy-validation');
  });

  it('calls what lost everything it had learned diverged, and memorizing overfitting', () => {
    const val = over(40, (epoch) => (epoch < 6 ? 10 * epoch : 1));
    expect(primaryOf({ val_acc: val })).toBe('diverged');
    expect(primaryOf({ val_acc: val, train_acc: over(40, settle(10, 99, 4)) })).toBe('overfitting');
  });

  it('does not take the end of a schedule for a training that was stopped too early', () => {
    const val = over(40, (epoch) => (epoch < 25 ? 50 : 50 + (epoch - 24)));
    expect(primaryOf({ val_acc: val })).toBe('undetermined');
    expect(primaryOf({ val_acc: val, lr: over(40, () => 0.1) })).toBe('stopped-too-early');
    expect(primaryOf({ val_acc: val, lr: over(40, (epoch) => 0.1 * (1 - (epoch - 1) / 39)) })).toBe(
      'undetermined',
    );
  });

  it('does not take a bend of the curve for scatter', () => {
    expect(
      primaryOf({
        ...CURVES.sound,
        val_acc: over(8, settle(0, 90, 1.5)),
        train_acc: over(8, settle(0, 91, 1.5)),
      }),
    ).not.toBe('noisy-validation');
  });

  it('judges costs by their own direction', () => {
    const rmse = (train: number, val: number): Columns => ({
      train_rmse: over(40, settle(10, train, 5)),
      val_rmse: over(40, settle(10, val, 5)),
    });
    expect(primaryOf(rmse(3, 3.1), 3.2)).toBe('healthy');
    expect(primaryOf(rmse(6, 6.1), 4)).toBe('underfitting');
    expect(primaryOf(rmse(2, 4), 3)).toBe('overfitting');
  });
});

describe('arbitrate', () => {
  it('puts causes before their symptoms', () => {
    const [first, second] = arbitrate([
      { fault: 'underfitting', confidence: 0.95 },
      { fault: 'learning-rate-too-high', confidence: 0.8 },
    ]);
    expect(first).toMatchObject({ fault: 'learning-rate-too-high', root: 0.8, explainedBy: null });
    expect(second?.explainedBy).toBe('learning-rate-too-high');
    expect(second?.root).toBeCloseTo(0.95 * (1 - 0.8), 10);
  });

  it('leaves a symptom first where its cause is unlikely', () => {
    const [first] = arbitrate([
      { fault: 'underfitting', confidence: 0.95 },
      { fault: 'learning-rate-too-high', confidence: 0.2 },
    ]);
    expect(first?.fault).toBe('underfitting');
  });

  it('lets of two that explain each other the likelier explain the other', () => {
    const ranked = arbitrate([
      { fault: 'underfitting', confidence: 0.95 },
      { fault: 'stalled', confidence: 0.6 },
    ]);
    expect(ranked.map(({ fault, explainedBy }) => [fault, explainedBy])).toEqual([
      ['underfitting', null],
      ['stalled', 'underfitting'],
    ]);
  });
});
