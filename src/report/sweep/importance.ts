import { importanceOf as measure } from '../../search/importance.ts';
import type { Trial } from '../../search/_contract.ts';
import type { SweepSummary } from '../../study/sweep/summary.ts';

/** How much one parameter matters for the metric, with its uncertainty. */
export interface Importance {
  param: string;
  /** Share of all importance, 0 to 1. */
  share: number;
  low: number;
  high: number;
  /** False where shuffled values would show as much. */
  isAboveChance: boolean;
}

/** Importance of the parameters, most important first; none where there are too few trials. */
export function importanceOf({ trials, plan, metric }: SweepSummary): Importance[] {
  if (!metric) return [];
  const history = trials
    .filter(({ value }) => value !== null)
    .map(({ number, params, value }): Trial => ({ number, params, state: 'complete', value, runs: [] }));
  return (measure(plan.space, history, metric.goal) ?? []).map(({ name, ...rest }) => ({
    param: name,
    ...rest,
  }));
}
