import type { SweepSummary } from '../../study/sweep/summary.ts';
import type { StudyOutcome } from '../../study/types.ts';
import { outcomeJson } from '../document.ts';
import { type Jsonable, toJsonable } from '../finite.ts';
import type { Importance } from './importance.ts';

/** The document of `pawl sweep --json` and of sweep_results.json. Effects are oriented so that + is better. */
export function sweepJson(
  summary: SweepSummary,
  outcome: StudyOutcome | null,
  importance: readonly Importance[] = [],
): Jsonable {
  const best = summary.trials.find(({ number }) => number === summary.best);
  const isConfirmed = outcome !== null && summary.contender !== null && summary.contender.conclusion === null;
  const { plan } = summary;
  return toJsonable({
    schemaVersion: 1,
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
    stopped: summary.end?.reason ?? null,
    stoppedBy: summary.end?.code ?? null,
    trainings: summary.trainings,
    counts: summary.counts,
    verdict: outcome?.verdict ?? null,
    verdictReason: outcome?.verdictReason ?? null,
    decision: outcome?.decision ?? null,
    reason: outcome?.reason ?? null,
    next: outcome?.next ?? null,
    metric: summary.metric,
    importance,
    space: plan.space,
    sampler: plan.sampler,
    pruner: plan.pruner,
    budget: plan.budget,
    history: summary.trials,
    study: { id: summary.study, iteration: summary.iteration },
    outcome: outcome === null ? null : outcomeJson(outcome),
  });
}
