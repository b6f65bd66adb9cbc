import type { SweepSummary } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { figuresOf } from '../number.ts';
import { plural } from '../table.ts';

/** `40 trials in 52 trainings: 24 complete, 15 pruned, 1 failed`. */
export function countsLine({ trials, trainings, counts }: SweepSummary): string {
  const imported = trials.filter(({ origin }) => origin === 'imported').length;
  const states = (['complete', 'pruned', 'failed', 'running', 'waiting'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  const note = imported > 0 ? `; ${imported} of the trials imported` : '';
  return `${plural(trials.length, 'trial')} in ${plural(trainings, 'training')}: ${states.join(', ')}${note}`;
}

/** Why the search ended, and what ending runs early has saved. */
export function stoppedLine({ end, epochsSpent, epochsSaved, counts }: SweepSummary): string {
  const saved =
    epochsSaved > 0
      ? `, ${epochsSaved} saved by ending ${plural(counts.pruned, 'trial')} early (${Math.round((100 * epochsSaved) / (epochsSpent + epochsSaved))} %)`
      : '';
  return `${end?.reason ?? 'The search goes on.'} ${epochsSpent} epochs spent${saved}.`;
}

/** What the search claimed beside what fresh seeds made of it. */
export function claimLine({ contender, metric }: SweepSummary, outcome: StudyOutcome | null): string | null {
  if (!contender || !metric || !outcome) return null;
  const { value } = contender.claimed;
  if (contender.conclusion) return contender.conclusion.reason;
  const confirmed = outcome.optimized.mean;
  const figures = figuresOf(
    metric.scale,
    [value, confirmed],
    [confirmed === null ? null : value - confirmed],
  );
  if (confirmed === null)
    return `The search claimed ${figures.value(value)}; the confirmation came to no value.`;
  const optimism = metric.goal === 'max' ? value - confirmed : confirmed - value;
  const judged =
    figures.isZero(optimism) || optimism < 0
      ? 'fresh seeds bear it out'
      : `${figures.magnitude(optimism)} of it were luck of the choice`;
  return `The search claimed ${figures.value(value)} (${plural(contender.claimed.n, 'seed')}); on ${plural(outcome.optimized.n, 'fresh seed')} it is ${figures.value(confirmed)}: ${judged}.`;
}
