import type { MetricChoice } from '../../../study/types.ts';
import type { SweepSummary, SweepTrial } from '../../../study/sweep/summary.ts';
import { linearTicks, type Range } from '../../plots/range.ts';
import { factorOf } from '../../plots/metric-title.ts';

/** The value that a trial is drawn at: its mean, or how far it came before it was ended. */
export const heightOf = ({ value, reached, state }: SweepTrial): number | null =>
  value ?? (state === 'pruned' ? reached : null);

/**
 * The stretch of values that a search is about. What lies far below the middle of all (configurations that never
 * learned) would press everything else together; it is drawn at the edge.
 */
export function valueStretch(
  { trials }: SweepSummary,
  metric: Pick<MetricChoice, 'goal' | 'scale'>,
  must: readonly number[],
): Range {
  const factor = factorOf(metric);
  const values = trials.flatMap((trial) => heightOf(trial) ?? []).filter(Number.isFinite);
  const sorted = values.map((value) => value * factor).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const best = metric.goal === 'max' ? at(1) : at(0);
  const middle = at(0.5);
  const worst = metric.goal === 'max' ? at(0) : at(1);
  // Everything within three times the way from the middle to the best is shown at its place.
  const reach = 3 * Math.abs(best - middle) || Math.abs(best - worst);
  const edge = metric.goal === 'max' ? Math.max(worst, best - reach) : Math.min(worst, best + reach);
  const shown = [best, edge, ...must.map((value) => value * factor)];
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const spread = high - low || Math.abs(high) * 0.1 || 1;
  const range = { low: low - 0.07 * spread, high: high + 0.09 * spread };
  return { ...range, ticks: linearTicks(range.low, range.high, 6), isLog: false, isCut: null };
}

export const within = ({ low, high }: Range, value: number): number => Math.min(high, Math.max(low, value));
