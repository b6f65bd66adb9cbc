import { formatDuration } from '../project/duration.ts';
import type { Project } from '../project/load.ts';
import type { StudyRecord } from '../study/record.ts';
import { showValue } from '../study/show.ts';
import type { PlannedSweep } from '../study/sweep/plan.ts';
import type { SweepHooks, SweepPhase } from '../study/sweep/run-sweep.ts';
import { Tally } from '../study/sweep/tally.ts';
import type { Context } from './context.ts';
import { openStudyFeed } from './live/study-feed.ts';

type Progress = Pick<SweepHooks, 'say' | 'onPhase' | 'onEvent' | 'onPoints' | 'onPlan'> & { close(): void };

const PHASES: Record<SweepPhase, string> = {
  search: 'searching',
  'further seeds': 'further seeds for the best',
  'final round': 'final round on fresh seeds',
  confirmation: 'testing the best against the baseline',
  reporting: 'writing the report',
};

/** Tells the live view (or the line printer) how far a sweep is: best so far, trials done, pruned, failed, what is left. */
export async function createSweepProgress(context: Context, project: Project): Promise<Progress> {
  let planned: PlannedSweep | undefined;
  const feed = await openStudyFeed(context, project, () => planned?.sweep.fullEpochs ?? null);
  let phase: SweepPhase = 'search';
  let tally: Tally | undefined;
  const openedAt = Date.now();

  const standing = (record: StudyRecord): string | undefined => {
    if (phase !== 'search' || !tally || !planned) return undefined;
    const { done, pruned, failed, best } = tally;
    const { metric } = feed;
    const { trials } = record.iterations.at(-1)?.sweep?.budget ?? planned.sweep.budget;
    const parts = [
      `${done}${trials === null ? '' : ` of ${trials}`} trials`,
      pruned > 0 ? `${pruned} pruned` : '',
      failed > 0 ? `${failed} failed` : '',
      best && metric ? `best ${showValue(best.value, metric)} (trial ${best.number})` : '',
      restOf(trials),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  };

  const restOf = (trials: number | null): string => {
    const { done, before } = tally ?? { done: 0, before: 0 };
    if (trials === null || done >= trials || done === before) return '';
    const perTrial = (Date.now() - openedAt) / (done - before);
    return `about ${formatDuration(perTrial * (trials - done))} left`;
  };

  const budget = (record: StudyRecord): void => {
    if (!planned) return;
    const { search, confirm } = planned.trainings;
    const limit = search === null ? null : search + confirm;
    feed.budget(record, { used: tally?.trainings ?? 0, limit }, planned.sweep.budget.ms);
  };

  return {
    say: (message) => feed.live.print(message),
    close: () => feed.live.close(),
    onPlan(plan) {
      planned = plan;
      const baseline = plan.iteration === 1 ? 'candidate-0' : `candidate-${plan.iteration}-0`;
      feed.started(plan.iteration, baseline, plan.target);
    },
    onPhase(name) {
      phase = name;
      feed.live.emit({ type: 'phase', at: Date.now(), name: PHASES[name] });
      if (name === 'confirmation' && planned)
        feed.started(planned.iteration, planned.reference, planned.target);
    },
    onEvent(event, record) {
      tally ??= new Tally(record);
      tally.take(event, record);
      if (event.type === 'run-started') {
        feed.runStarted(record, event.run);
        budget(record);
      } else if (event.type === 'run-ended') {
        feed.runEnded(record, event.run);
        const detail = standing(record);
        if (detail !== undefined)
          feed.live.emit({ type: 'phase', at: Date.now(), name: PHASES.search, detail });
        budget(record);
      }
    },
    onPoints: (run, points, record) => feed.points(run, points, record),
  };
}
