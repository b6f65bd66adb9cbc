import type { IterationRecord } from './record.ts';
import type { MetricChoice, TargetStatus, TrialResult, Verdict } from './types.ts';

export interface TargetWish {
  value: number;
  unit: '%' | null;
  source: string;
}

/** Reads `80%`, `≥ 0.8`, 80. */
export function parseTarget(text: string | number, source: string): TargetWish | undefined {
  if (typeof text === 'number') return { value: text, unit: null, source };
  const match = /(-?\d+(?:\.\d+)?)\s*(%)?/.exec(text);
  return match ? { value: Number(match[1]), unit: match[2] === '%' ? '%' : null, source } : undefined;
}

/** The target in the metric's own scale: `80%` and `80` are 0.8 on a fraction, `0.8` is 80 on a percentage. */
export function targetInScale(wish: TargetWish, scale: MetricChoice['scale']): number {
  if (scale === 'fraction') return wish.unit === '%' || wish.value > 1.5 ? wish.value / 100 : wish.value;
  if (scale === 'percent')
    return wish.unit === null && wish.value > 0 && wish.value <= 1 ? wish.value * 100 : wish.value;
  return wish.value;
}

/**
 * Whether the mean over the seeds reaches the target. `nominal`: only the point estimate does. `confirmed` needs the
 * size of the validation set, see `evidence/`.
 */
export function targetStatus(
  iteration: Pick<IterationRecord, 'target'>,
  metric: MetricChoice,
  optimized: Pick<TrialResult, 'mean'>,
  validationSize: number | null,
  verdict: Verdict,
): TargetStatus | null {
  if (!iteration.target) return null;
  const value = targetInScale(iteration.target, metric.scale);
  const { source } = iteration.target;
  if (optimized.mean === null) return { value, status: null, source, margin: null };
  const margin = metric.goal === 'max' ? optimized.mean - value : value - optimized.mean;
  // 80.0 reached in percent may be 79.99999 in floating point.
  const isMet = margin >= -1e-9 * Math.max(1, Math.abs(value));
  void validationSize;
  void verdict;
  return { value, status: isMet ? 'nominal' : 'not-met', source, margin };
}
