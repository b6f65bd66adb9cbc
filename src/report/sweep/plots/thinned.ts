import type { SweepSummary, SweepTrial } from '../../../study/sweep/summary.ts';
import type { MetricChoice } from '../../../study/types.ts';

/** So many of the trials as a plot can show: the best of them, and of all others an even selection, in their order. */
export function thinned({ trials, best }: SweepSummary, { goal }: MetricChoice, most: number): SweepTrial[] {
  if (trials.length <= most) return trials;
  const sign = goal === 'max' ? -1 : 1;
  const ranked = trials
    .filter(({ value }) => value !== null)
    .toSorted((a, b) => sign * ((a.value as number) - (b.value as number)));
  const kept = new Set(ranked.slice(0, Math.floor(most / 3)));
  for (const trial of trials) if (trial.number === best || trial.origin === 'baseline') kept.add(trial);
  const rest = trials.filter((trial) => !kept.has(trial));
  const wanted = most - kept.size;
  for (let index = 0; index < wanted; index++)
    kept.add(rest[Math.floor((index * rest.length) / wanted)] as SweepTrial);
  return trials.filter((trial) => kept.has(trial));
}

/** What a plot says where it does not show all. */
export function shownOf({ trials }: SweepSummary, most: number): string {
  return trials.length <= most
    ? ''
    : ` · the best and an even selection of ${trials.length.toLocaleString('en')} trials`;
}
