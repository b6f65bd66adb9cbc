import type { Project } from '../project/load.ts';
import type { OptimizeHooks, PlannedStudy } from '../study/options.ts';
import type { StudyRecord } from '../study/record.ts';
import type { Trial } from '../study/types.ts';
import type { Context } from './context.ts';
import { openStudyFeed } from './live/study-feed.ts';

type Progress = Pick<OptimizeHooks, 'say' | 'onPhase' | 'onEvent' | 'onPoints' | 'onPlan'> & {
  /** The epoch limit of a final training, where the config has one. */
  expectFinal: (epochs: number | null) => void;
  close(): void;
};

const PHASES = {
  preflight: 'checking that the changes take effect',
  training: 'training',
  attribution: 'finding out which change helped',
  reporting: 'writing the report',
};

/** Tells the live view (or the line printer) what the engine does. */
export async function createProgress(context: Context, project: Project): Promise<Progress> {
  let planned: PlannedStudy | undefined;
  let finalEpochs: number | null = null;
  const feed = await openStudyFeed(context, project, (trial: Trial | undefined): number | null => {
    if (trial?.kind === 'final') return finalEpochs;
    if (!planned || trial?.kind === 'smoke') return null;
    return trial?.id === planned.reference ? planned.epochs.reference : planned.epochs.optimized;
  });

  const budget = (record: StudyRecord): void => {
    if (!planned) return;
    const used = [...record.runs.values()].filter(
      (run) => run.status !== 'adopted' && record.trials.get(run.trial)?.kind !== 'smoke',
    ).length;
    feed.budget(record, { used, limit: planned.budget.runs ?? planned.cost.trainings }, planned.budget.ms);
  };

  return {
    say: (message) => feed.live.print(message),
    close: () => feed.live.close(),
    expectFinal(epochs) {
      finalEpochs = epochs;
    },
    onPlan(plan) {
      planned = plan;
      feed.started(plan.iteration, plan.reference, plan.target);
    },
    onPhase: (phase) => feed.live.emit({ type: 'phase', at: Date.now(), name: PHASES[phase] }),
    onEvent(event, record) {
      if (event.type !== 'run-started' && event.type !== 'run-ended') return;
      if (event.type === 'run-started') feed.runStarted(record, event.run);
      else feed.runEnded(record, event.run);
      budget(record);
    },
    onPoints: (run, points, record) => feed.points(run, points, record),
  };
}
