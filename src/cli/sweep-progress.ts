import { PawlError } from '../errors.ts';
import type { Point } from '../metrics/_contract.ts';
import { formatDuration } from '../project/duration.ts';
import type { Project } from '../project/load.ts';
import { elapsedMs } from '../study/engine.ts';
import { chooseStudyMetric } from '../study/measure.ts';
import { runOf, type StudyRecord } from '../study/record.ts';
import { showValue } from '../study/show.ts';
import type { PlannedSweep } from '../study/sweep/plan.ts';
import type { SweepHooks, SweepPhase } from '../study/sweep/run-sweep.ts';
import { Tally } from '../study/sweep/tally.ts';
import { targetInScale } from '../study/target.ts';
import type { MetricChoice, Run } from '../study/types.ts';
import type { Context } from './context.ts';
import { openLive } from './live/output.ts';

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
  const live = await openLive({
    stream: process.stderr,
    isLive: context.isLive,
    isQuiet: context.isQuiet,
    color: context.color.stderr,
    now: Date.now,
  });
  let planned: PlannedSweep | undefined;
  let metric: MetricChoice | undefined;
  let phase: SweepPhase = 'search';
  let tally: Tally | undefined;
  const openedAt = Date.now();

  const seeMetric = (record: StudyRecord, points: readonly Point[]): void => {
    if (metric) return;
    try {
      const names = new Set(points.flatMap(({ values }) => Object.keys(values)));
      metric = record.metric ?? chooseStudyMetric(project.settings, [...names], [{ points: [...points] }]);
    } catch (error) {
      if (error instanceof PawlError) return;
      throw error;
    }
    const target = planned?.target ? targetInScale(planned.target, metric.scale) : null;
    live.emit({ type: 'metric', at: Date.now(), metric, target });
  };

  const standing = (record: StudyRecord): string | undefined => {
    if (phase !== 'search' || !tally || !planned) return undefined;
    const { done, pruned, failed, best } = tally;
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
    live.emit({
      type: 'budget',
      at: Date.now(),
      runs: { used: tally?.trainings ?? 0, limit: search === null ? null : search + confirm },
      ms: { used: elapsedMs(record, Date.now()), limit: planned.sweep.budget.ms },
    });
  };

  return {
    say: (message) => live.print(message),
    close: () => live.close(),
    onPlan(plan) {
      planned = plan;
      live.emit({
        type: 'started',
        at: Date.now(),
        project: project.root.split('/').at(-1) ?? project.root,
        iteration: plan.iteration,
        reference: plan.iteration === 1 ? 'candidate-0' : `candidate-${plan.iteration}-0`,
        target: null,
      });
    },
    onPhase(name) {
      phase = name;
      live.emit({ type: 'phase', at: Date.now(), name: PHASES[name] });
      if (name === 'confirmation' && planned) {
        const { iteration, reference } = planned;
        const folder = project.root.split('/').at(-1) ?? project.root;
        live.emit({ type: 'started', at: Date.now(), project: folder, iteration, reference, target: null });
      }
    },
    onEvent(event, record) {
      const at = Date.now();
      tally ??= new Tally(record);
      tally.take(event, record);
      if (event.type === 'run-started') {
        const run = runOf(record, event.run);
        const { id, seed, gpus } = run;
        const kind = record.trials.get(run.trial)?.kind ?? 'candidate';
        const epochs = planned?.sweep.fullEpochs ?? null;
        live.emit({ type: 'run-started', at, run: id, trial: run.trial, kind, seed, epochs, gpus });
        budget(record);
      } else if (event.type === 'run-ended') {
        const run = runOf(record, event.run);
        if (record.metric) seeMetric(record, []);
        const message = run.status === 'finished' ? null : (run.failure?.message ?? null);
        live.emit({ type: 'run-ended', at, run: run.id, status: run.status, value: run.value, message });
        const detail = standing(record);
        if (detail !== undefined) live.emit({ type: 'phase', at, name: PHASES.search, detail });
        budget(record);
      }
    },
    onPoints(run: Run, points, record) {
      seeMetric(record, points);
      if (run.status === 'adopted') {
        const { id, trial, seed, value } = run;
        live.emit({
          type: 'earlier-run',
          at: Date.now(),
          run: id,
          trial,
          kind: 'baseline',
          seed,
          points,
          value,
        });
      } else live.emit({ type: 'points', at: Date.now(), run: run.id, points });
    },
  };
}
