import type { MetricChoice } from './types.ts';

type Shown = Pick<MetricChoice, 'scale'>;

/** A value of the metric for people: `83.1%`, or four significant digits in its own unit. */
export function showValue(value: number | null, metric: Shown, further = 0): string {
  if (value === null || Number.isNaN(value)) return '—';
  if (metric.scale === 'fraction') return `${(value * 100).toFixed(1 + further)}%`;
  if (metric.scale === 'percent') return `${value.toFixed(1 + further)}%`;
  return String(Number(value.toPrecision(4 + further)));
}

/** How many further digits tell two values apart: 94.98% misses 95.00%, not 95.0% misses 95.0%. */
export function digitsBetween(a: number | null, b: number | null, metric: Shown): number {
  if (a === null || b === null || a === b) return 0;
  const further = [0, 1, 2].find((each) => showValue(a, metric, each) !== showValue(b, metric, each));
  return further ?? 0;
}

/** A signed difference: `+4.2 pp`, or in the metric's own unit. */
export function showDifference(value: number, metric: Shown): string {
  const sign = value < 0 ? '-' : '+';
  if (metric.scale === 'other') return `${sign}${Number(Math.abs(value).toPrecision(3))}`;
  const points = Math.abs(value) * (metric.scale === 'fraction' ? 100 : 1);
  return `${sign}${points.toFixed(points < 0.1 && points > 0 ? 2 : 1)} pp`;
}

/** How large a difference is, however small: `0.034 pp`, or in the metric's own unit. */
export function showAmount(value: number, metric: Shown): string {
  const amount = (digits: number, factor: number): string =>
    String(Number((factor * value).toPrecision(digits)));
  if (metric.scale === 'other') return amount(3, 1);
  return `${amount(2, metric.scale === 'fraction' ? 100 : 1)} pp`;
}
