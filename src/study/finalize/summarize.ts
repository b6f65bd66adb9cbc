import { studentTQuantile } from '../../math/student-t.ts';
import { wilsonInterval } from '../../math/wilson.ts';
import { mean, standardDeviation } from '../results.ts';
import type { MetricChoice } from '../types.ts';
import type { FinalOutcome, Interval, TestReading } from './types.ts';

/** Points (or relative %) between validation and test that need no word, and those that need a warning. */
const FINE = 2;
const WARNING = 5;
const CONFIDENCE = 0.95;

/** Mean and interval of what was read; the test metric is taken to be on validation's scale where its values fit it. */
export function summarizeTest(
  reading: TestReading,
  metric: Pick<MetricChoice, 'goal' | 'scale'>,
  size: number | null,
  looks: number,
): NonNullable<FinalOutcome['test']> {
  const values = reading.values.map(({ value }) => value);
  const average = mean(values);
  const sd = standardDeviation(values);
  const scale =
    metric.scale === 'fraction' && average >= 0 && average <= 1
      ? 'share'
      : metric.scale === 'percent' && average >= 0 && average <= 100
        ? 'percent'
        : 'other';
  return {
    metric: reading.metric,
    scale,
    goal: metric.goal,
    mean: average,
    sd,
    interval: intervalOf(average, sd, values.length, scale, size),
    values: reading.values,
    looks,
  };
}

/** Over the seeds where there are several, else by the number of examples; null where neither is known. */
function intervalOf(
  average: number,
  sd: number | null,
  n: number,
  scale: 'share' | 'percent' | 'other',
  size: number | null,
): Interval | null {
  const byExamples = (): Interval | null => {
    if (size === null || scale === 'other') return null;
    const unit = scale === 'percent' ? 100 : 1;
    const { low, high } = wilsonInterval(average / unit, size, CONFIDENCE);
    return { low: low * unit, high: high * unit, basis: 'examples' };
  };
  if (sd === null) return byExamples();
  const reach = (studentTQuantile(0.5 + CONFIDENCE / 2, n - 1) * sd) / Math.sqrt(n);
  return { low: average - reach, high: average + reach, basis: 'seeds' };
}

/** Validation − test in points (relative % in any other unit), + where the test is worse. */
export function judgeGap(
  validation: number | null,
  test: number,
  metric: Pick<MetricChoice, 'goal' | 'scale'>,
): FinalOutcome['gap'] {
  if (validation === null || !Number.isFinite(validation) || !Number.isFinite(test)) return null;
  const worse = metric.goal === 'max' ? validation - test : test - validation;
  const unit = metric.scale === 'other' ? '%' : 'points';
  const points =
    metric.scale === 'fraction'
      ? worse * 100
      : metric.scale === 'percent'
        ? worse
        : validation === 0
          ? Number.NaN
          : (worse / Math.abs(validation)) * 100;
  if (Number.isNaN(points)) return null;
  const judgement = points > WARNING ? 'warning' : points > FINE ? 'notable' : 'fine';
  return { points, unit, judgement };
}
