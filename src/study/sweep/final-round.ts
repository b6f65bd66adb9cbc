import { orientedDifference } from '../../evidence/outcome.ts';
import type { Goal } from '../../metrics/_contract.ts';
import { attribution } from '../strategies/attribution.ts';
import type { Strategy } from '../strategies/_contract.ts';
import type { Ranked } from './choose.ts';
import type { ConfirmPlan } from './types.ts';

export interface Field {
  baseline: Ranked | undefined;
  /** All but the baseline, best first. */
  rivals: Ranked[];
  /** The best of those that are believed to beat the baseline: the final round is held among them. */
  finalists: Ranked[];
}

export function fieldOf(ranked: readonly Ranked[], top: number, goal: Goal): Field {
  const isBaseline = ({ candidate }: Ranked): boolean => candidate.trial.candidacy.origin === 'baseline';
  const baseline = ranked.find(isBaseline);
  const rivals = ranked.filter((each) => !isBaseline(each));
  const finalists = rivals
    .filter(({ posterior }) => !baseline || orientedDifference(baseline.posterior, posterior, goal) > 0)
    .slice(0, top);
  return { baseline, rivals, finalists };
}

/** Every finalist on the same fresh seeds, which the search did not look at. */
export function finalRound(finalists: readonly Ranked[], { seeds }: ConfirmPlan): Strategy {
  return attribution({
    arms: finalists.map(({ candidate }) => ({ path: candidate.trial.id, trial: candidate.trial.id })),
    seeds,
    budget: Infinity,
  });
}

/** The best of the finalists by all that is known after the round. */
export function winnerOf(ranked: readonly Ranked[], finalists: readonly Ranked[]): Ranked | undefined {
  const names = new Set(finalists.map(({ candidate }) => candidate.trial.id));
  return ranked.find(({ candidate }) => names.has(candidate.trial.id));
}
