import type { SweepSummary } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { outcomeJson } from '../document.ts';
import { type Jsonable, toJsonable } from '../finite.ts';
import type { Importance } from './importance.ts';

/**
 * The document of `pawl sweep --json` and of sweep_results.json: that of any optimization, and what the search came to.
 * Effects are oriented so that + is better.
 */
export function sweepJson(
  summary: SweepSummary,
  outcome: StudyOutcome,
  importance: readonly Importance[] = [],
): Jsonable {
  const { plan, contender, end, counts, trainings } = summary;
  const best = summary.trials.find(({ number }) => number === summary.best);
  const isConfirmed = contender !== null && contender.conclusion === null;
  return {
    ...(outcomeJson(outcome) as { [key: string]: Jsonable }),
    ...(toJsonable({
      best: best
        ? {
            params: best.params,
            value: best.value,
            posterior: best.posterior,
            trial: best.number,
            seeds: best.seeds,
          }
        : null,
      confirmed: isConfirmed
        ? { verdict: outcome.verdict, effect: outcome.gain, value: outcome.optimized.mean }
        : null,
      trials: summary.trials.length,
      epochsSpent: summary.epochsSpent,
      epochsSaved: summary.epochsSaved,
      stopped: end?.reason ?? null,
      sweep: {
        stoppedBy: end?.code ?? null,
        trainings,
        counts,
        claimed: contender?.claimed ?? null,
        importance,
        space: plan.space,
        sampler: plan.sampler,
        pruner: plan.pruner,
        budget: plan.budget,
        seeds: plan.seeds,
        confirm: plan.confirm,
        trials: summary.trials,
      },
    }) as { [key: string]: Jsonable }),
  };
}
