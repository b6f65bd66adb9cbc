import type { MetricChoice } from '../../study/types.ts';
import { toPlain } from '../plain.ts';

/** Fractions are drawn as percent. */
export const factorOf = (metric: Pick<MetricChoice, 'scale'>): number =>
  metric.scale === 'fraction' ? 100 : 1;

/** `val_acc (%)`. */
export function metricTitle(metric: Pick<MetricChoice, 'name' | 'scale'>): string {
  return `${toPlain(metric.name, 40)}${metric.scale === 'other' ? '' : ' (%)'}`;
}
