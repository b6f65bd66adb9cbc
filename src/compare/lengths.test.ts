import { describe, expect, it } from 'vitest';
import { describeLengths } from './lengths.ts';

const curve = (length: number, every = 1) =>
  Array.from({ length }, (_, i) => ({
    step: null,
    epoch: i + 1,
    values: i % every === 0 ? { m: 0.5, loss: 1 } : { loss: 1 },
  }));
const describeOf = (baseline: number[], optimized: number[], select: 'best' | 'last' = 'best', every = 1) =>
  describeLengths({
    baseline: baseline.map((length) => curve(length)),
    optimized: optimized.map((length) => curve(length, every)),
    metricIn: () => 'm',
    select,
  });

describe('describeLengths', () => {
  it('says nothing of equal lengths, or of a few epochs more or less', () => {
    expect(describeOf([10, 10], [10, 10])).toBeUndefined();
    expect(describeOf([10, 12], [11, 13])).toBeUndefined();
  });

  it('names the lengths of both groups', () => {
    expect(describeOf([10, 10], [17, 30])).toBe(
      'The runs differ in length (10 against 17–30 values of the metric): a part of the difference can come from that, since the best of more values is higher.',
    );
    expect(describeOf([30], [10], 'last')).toMatch(/30 against 10 values.*can come from that\.$/u);
  });

  it('counts values of the metric, not rows', () => {
    expect(describeOf([10], [20], 'best', 2)).toBeUndefined();
    expect(describeOf([10], [10], 'best', 2)).toMatch(/10 against 5/u);
  });
});
