import { describe, expect, test } from 'vitest';
import type { TrialState } from '../_contract.ts';
import { trialOf } from '../trial.ts';
import { discountOf, priceOf } from './price.ts';

describe('price of an epoch', () => {
  test.each([
    ['nothing to gain', [0, 0], 3, 52, 0],
    ['all alike: all are trained to the end', [2, 2, 2], 3, 52, 2 / 52],
    ['one stands out: the others cost their first rung', [0, 9, 0], 3, 52, 9 / (3 * 3 + 49)],
    ['the second is not worth its epochs', [8, 1, 0, 0], 2, 10, 8 / (4 * 2 + 8)],
    ['the second is', [8, 6, 0, 0], 2, 10, 14 / (4 * 2 + 16)],
  ])('%s', (_, gains, first, full, price) => {
    expect(priceOf(gains, first, full)).toBeCloseTo(price, 12);
  });
});

describe('discount', () => {
  const trial = (number: number, state: TrialState, steps: number) =>
    trialOf(number, {}, [
      {
        seed: 0,
        state,
        value: state === 'complete' ? 1 : null,
        reports: [{ step: steps, value: 1 }],
      },
    ]);
  const history = (complete: number, stopped: number) =>
    Array.from({ length: complete + stopped }, (_, i) =>
      i < complete ? trial(i, 'complete', 50) : trial(i, 'pruned', 5),
    );

  test('1 before a training has finished', () => {
    expect(discountOf([])).toBe(1);
    expect(discountOf(history(0, 9))).toBe(1);
  });

  test('at least 1 while finished trainings have their share, which grows with their number up to 0.7', () => {
    // 5 finished: 250 of 1,250 epochs; their share: 5/25.
    expect(discountOf(history(5, 200))).toBeCloseTo(1, 12);
    // 50 finished: 2,500 of 3,500 epochs are 5/7; their share: 0.7.
    expect(discountOf(history(50, 200))).toBeCloseTo((5 / 7 / 0.7) ** 4, 12);
  });

  test('small where almost everything was stopped', () => {
    // 20 finished: 1,000 of 5,000 epochs; their share: 0.7.
    expect(discountOf(history(20, 800))).toBeCloseTo((0.2 / 0.7) ** 4, 12);
  });
});
