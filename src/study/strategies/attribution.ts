import { isPending, lastRunOf, shouldRepeat } from '../attempts.ts';
import type { Conclusion, RunRequest, Strategy, StrategyView } from './_contract.ts';

export interface AttributionPlan {
  /** The trials with one change left out, in the order of the changes. */
  arms: { path: string; trial: string }[];
  /** Seeds that the reference and the optimized trial already have. */
  seeds: number[];
  /** Trainings that may be started. */
  budget: number;
}

/** Leave-one-out on shared seeds: seed by seed, so that every change has one run before any has two. */
export function attribution(plan: AttributionPlan): Strategy {
  const requests: RunRequest[] = plan.seeds
    .flatMap((seed) => plan.arms.map(({ trial }) => ({ trial, seed })))
    .slice(0, plan.budget);
  const isOpen = (view: StrategyView, { trial, seed }: RunRequest): boolean => {
    const run = lastRunOf(view.record, trial, seed);
    return run === undefined || shouldRepeat(view.record, run);
  };
  return {
    name: 'attribution',
    next: (view) => requests.filter((request) => isOpen(view, request)),
    judge: () => null,
    conclude(view): Conclusion | undefined {
      // An arm that fails or diverges tells nothing of its change; the others still do.
      const isWaiting = requests.some((request) => {
        const run = lastRunOf(view.record, request.trial, request.seed);
        return run === undefined || isPending(run) || shouldRepeat(view.record, run);
      });
      return isWaiting ? undefined : { kind: 'done' };
    },
  };
}
