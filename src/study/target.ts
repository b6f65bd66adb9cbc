import { judgeTarget, type MetricScale } from '../evidence/validation-size.ts';
import type { MetricChoice, TargetStatus } from './types.ts';

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
 * Whether the mean over the seeds reaches the target: `confirmed` where the size of the validation set allows to say so,
 * else `nominal`. Where a confirm split is reported, its value is what is held against the target.
 */
export function targetStatus(
  wish: TargetWish | null,
  metric: MetricChoice,
  value: number | null,
  examples: number | null,
  /** The metric that `value` is of, where it is not the study's. */
  name = metric.name,
): TargetStatus | null {
  if (!wish) return null;
  const target = targetInScale(wish, metric.scale);
  const { source } = wish;
  if (value === null || !Number.isFinite(value)) return { value: target, status: null, source, margin: null };
  const margin = metric.goal === 'max' ? value - target : target - value;
  const scale = scaleOfShare(metric.scale, value);
  // 80.0 reached in percent may be 79.99999999999999 in floating point.
  const isMet = margin >= -1e-9 * Math.max(1, Math.abs(target));
  const judged = judgeTarget({
    value: isMet && margin < 0 ? target : value,
    target,
    goal: metric.goal,
    scale,
    examples,
  });
  return {
    value: target,
    status: judged.status,
    source,
    margin,
    measured: { metric: name, value },
    interval:
      judged.low === null || judged.high === null || examples === null
        ? null
        : { low: judged.low, high: judged.high, examples },
  };
}

function scaleOfShare(scale: MetricChoice['scale'], value: number): MetricScale {
  if (scale === 'fraction' && value >= 0 && value <= 1) return 'share';
  return scale === 'percent' && value >= 0 && value <= 100 ? 'percent' : 'other';
}
