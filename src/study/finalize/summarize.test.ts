import { describe, expect, it } from 'vitest';
import { judgeGap, summarizeTest } from './summarize.ts';
import { testMetricName } from './test-metric.ts';
import type { TestReading } from './types.ts';

const reading = (...values: number[]): TestReading => ({
  at: 0,
  metric: 'test_acc',
  values: values.map((value, seed) => ({ run: `r${seed}`, seed, value, epoch: null, file: 'f' })),
  isRepeated: false,
});
const fraction = { goal: 'max', scale: 'fraction' } as const;

describe('summarizeTest', () => {
  it('takes the interval over the seeds where there are several', () => {
    // Student's t with 2 degrees of freedom: 4.302653; sd 0.01; 4.302653 × 0.01 / √3 = 0.0248414.
    const { mean, sd, interval } = summarizeTest(reading(0.9, 0.91, 0.92), fraction, 1000, 1);
    expect(mean).toBeCloseTo(0.91, 12);
    expect(sd).toBeCloseTo(0.01, 12);
    expect(interval?.basis).toBe('seeds');
    expect(interval?.low).toBeCloseTo(0.91 - 0.0248414, 6);
    expect(interval?.high).toBeCloseTo(0.91 + 0.0248414, 6);
  });
  it('takes it by the examples where there is one seed', () => {
    const { interval, sd } = summarizeTest(reading(0.9), fraction, 1000, 1);
    expect(sd).toBeNull();
    expect(interval?.basis).toBe('examples');
    expect(interval?.low).toBeCloseTo(0.87985, 5);
    expect(interval?.high).toBeCloseTo(0.91709, 5);
    const percent = summarizeTest(reading(90), { goal: 'max', scale: 'percent' }, 1000, 1).interval;
    expect(percent?.low).toBeCloseTo(87.985, 3);
  });
  it('has none where nothing is known', () => {
    expect(summarizeTest(reading(0.9), fraction, null, 1).interval).toBeNull();
    expect(summarizeTest(reading(2.3), { goal: 'min', scale: 'other' }, 1000, 1).interval).toBeNull();
  });
});

describe('judgeGap', () => {
  it.each([
    [0.93, 0.92, fraction, 1, 'points', 'fine'],
    [0.93, 0.95, fraction, -2, 'points', 'fine'],
    [93, 90, { goal: 'max', scale: 'percent' }, 3, 'points', 'notable'],
    [0.93, 0.87, fraction, 6, 'points', 'warning'],
    [2, 2.2, { goal: 'min', scale: 'other' }, 10, '%', 'warning'],
    [2, 1.9, { goal: 'min', scale: 'other' }, -5, '%', 'fine'],
  ] as const)('%f → %f', (validation, test, metric, points, unit, judgement) => {
    const gap = judgeGap(validation, test, metric);
    expect(gap?.points).toBeCloseTo(points, 9);
    expect(gap).toMatchObject({ unit, judgement });
  });
  it('is silent where a side is missing', () => {
    expect(judgeGap(null, 0.9, fraction)).toBeNull();
    expect(judgeGap(0, 1, { goal: 'max', scale: 'other' })).toBeNull();
  });
});

describe('testMetricName', () => {
  it.each([
    ['val_acc', 'test_acc'],
    ['val/accuracy', 'test/accuracy'],
    ['eval_f1', 'test_f1'],
    ['validation_0-auc', 'test_0-auc'],
    ['valid acc', 'test acc'],
    ['accuracy', 'test_accuracy'],
    ['values', 'test_values'],
  ])('%s → %s', (name, expected) => {
    expect(testMetricName({ name })).toBe(expected);
  });
});
