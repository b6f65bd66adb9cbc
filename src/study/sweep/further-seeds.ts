import type { Goal } from '../../metrics/_contract.ts';
import { nextHalvingRun } from '../../search/racing/halving.ts';
import type { Conclusion, RunRequest, Strategy, StrategyView } from '../strategies/_contract.ts';
import type { Ledger } from './ledger.ts';
import { RACING_SHARE, repeatOf, waitsForEnd } from './parts.ts';
import type { SweepPlan } from './types.ts';

/**
 * After the search: further seeds for its best configurations, by halving (`search/racing/halving.ts`). A strategy of its own,
 * since what it finds must not open a search again that has ended.
 */
export function furtherSeeds(ledger: Ledger, plan: SweepPlan, goal: Goal): Strategy {
  const mostRuns = plan.seeds.length;
  const next = ({ record, metric }: StrategyView): RunRequest[] => {
    ledger.read(record, metric?.name ?? null);
    const own = ledger.candidates.filter(({ trial }) => trial.candidacy.origin !== 'imported');
    const allowance = Math.floor(own.length * RACING_SHARE);
    if (mostRuns < 2 || !waitsForEnd(plan) || ledger.furtherRuns >= allowance) return [];
    const history = ledger.candidates.map(({ search }) => search);
    const chosen = nextHalvingRun(history, goal, { allowance, mostRuns });
    const request = chosen && repeatOf(chosen.trial, ledger, plan);
    return request ? [request] : [];
  };
  return {
    name: 'further seeds',
    next,
    judge: () => null,
    conclude(view): Conclusion | undefined {
      return next(view).length === 0 && ledger.openRuns === 0 ? { kind: 'done' } : undefined;
    },
  };
}
