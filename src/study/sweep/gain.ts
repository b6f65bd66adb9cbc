import type { MetricChoice } from '../types.ts';
import { showValue } from '../show.ts';
import type { Candidate } from './ledger.ts';

/**
 * Whether a search has gone on for `patience` complete or pruned trials without a better one; the reason comes back.
 * Trials are counted in the order of their numbers, which is that in which they were suggested.
 */
export function hasNoGainLeft(
  candidates: readonly Candidate[],
  metric: MetricChoice,
  patience: number,
): string | null {
  let best: number | null = null;
  let bestNumber = 0;
  let since = 0;
  for (const { search, trial } of candidates) {
    if (trial.candidacy.origin === 'imported') continue;
    if (search.state !== 'complete' && search.state !== 'pruned') continue;
    const { value } = search;
    if (value !== null && (best === null || (metric.goal === 'max' ? value > best : value < best))) {
      best = value;
      bestNumber = search.number;
      since = 0;
    } else since += 1;
  }
  if (best === null || since < patience) return null;
  return `${since} trials in a row were not better than trial ${bestNumber} (${showValue(best, metric)}): further gain is unlikely.`;
}
