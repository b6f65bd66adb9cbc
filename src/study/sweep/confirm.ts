import type { Point } from '../../metrics/_contract.ts';
import type { Project } from '../../project/load.ts';
import { compareTrials } from '../effect.ts';
import { type EngineOptions, type EngineResult, runEngine } from '../engine.ts';
import { changesSchedule, createFutilityJudge } from '../futility.ts';
import type { OptimizeOptions } from '../options.ts';
import { iterationOf } from '../record.ts';
import { standingRuns, summarizeTrial } from '../results.ts';
import type { Session } from '../session.ts';
import { targeted } from '../strategies/targeted.ts';
import type { Run } from '../types.ts';
import type { PreparedSweep } from './plan.ts';
import type { SweepHooks } from './run-sweep.ts';

/** The contender against the baseline on seeds that nothing was chosen by, like any other optimized trial. */
export async function confirm(of: {
  session: Session;
  prepared: PreparedSweep;
  engine: Omit<EngineOptions, 'strategy' | 'propose'>;
  hooks: Pick<SweepHooks, 'onPhase'>;
  project: Project;
  options: OptimizeOptions;
}): Promise<EngineResult> {
  const { session, prepared, engine, options } = of;
  const { record, store } = session;
  const iteration = iterationOf(record, options.iteration);
  const { contender, sweep } = iteration;
  const { metric } = record;
  if (!contender || !sweep || !metric) throw new Error('nothing was chosen to be confirmed');
  if (contender.conclusion) {
    const reference = summarizeTrial(record, iteration.reference, metric);
    const optimized = summarizeTrial(record, iteration.optimized, metric);
    const gain = compareTrials(reference, optimized, metric);
    return { kind: 'verdict', ...contender.conclusion, gain };
  }
  of.hooks.onPhase('confirmation');
  const seen = new Map<string, readonly Point[]>();
  const onPoints = (run: Run, points: readonly Point[]): void => {
    if (run.trial === iteration.reference) seen.set(run.id, points);
    engine.onPoints(run, points);
  };
  for (const trial of new Set([iteration.baseline, iteration.reference])) {
    for (const run of standingRuns(record, trial)) onPoints(run, await store.curve(record.id, run.id));
  }
  const judgeRun = options.earlyKill
    ? createFutilityJudge({
        candidate: iteration.optimized,
        reference: iteration.reference,
        plannedEpochs: sweep.fullEpochs,
        schedulesDiffer: changesSchedule(iteration.changes, prepared.base.value),
        pointsOf: (run) => seen.get(run) ?? [],
      })
    : () => null;
  return runEngine({ ...engine, onPoints, strategy: targeted({ budgetMs: sweep.budget.ms, judgeRun }) });
}
