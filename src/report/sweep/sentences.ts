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

/** Where nothing beat the baseline that is the best, and what was chosen is only the best of the others. */
export function isBaselineBest({ contender }: SweepSummary): boolean {
  return contender?.conclusion?.verdict === 'not-better';
}

export const bestTitle = (summary: SweepSummary): string =>
  isBaselineBest(summary) ? 'Best besides the baseline' : 'Best of the search';

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
  const { sd, n } = outcome.optimized;
  const optimism = metric.goal === 'max' ? value - confirmed : confirmed - value;
  const luck = luckOf(optimism, { sd, claimed: contender.claimed.n, fresh: n });
  const lost = figures.magnitude(optimism);
  const judged =
    figures.isZero(optimism) || luck === 'none'
      ? 'fresh seeds bear it out'
      : luck === 'seeds'
        ? `${lost} less, which is no more than seeds scatter`
        : `${lost} of it was luck, of the choice or of the seeds it had`;
  return `The search claimed ${figures.value(value)} (${plural(contender.claimed.n, 'seed')}); on ${plural(outcome.optimized.n, 'fresh seed')} it is ${figures.value(confirmed)}: ${judged}.`;
}

/** Standard errors of the difference of two means up to which it says nothing of the choice. */
const SCATTER = 2;

/** What a claim that was higher than fresh seeds allow owes that to. */
export function luckOf(
  optimism: number,
  { sd, claimed, fresh }: { sd: number | null; claimed: number; fresh: number },
): 'none' | 'seeds' | 'luck' {
  if (!(optimism > 0)) return 'none';
  if (sd === null || claimed === 0 || fresh === 0) return 'luck';
  return optimism <= SCATTER * sd * Math.sqrt(1 / claimed + 1 / fresh) ? 'seeds' : 'luck';
}
