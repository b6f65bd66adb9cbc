import { PawlError } from '../errors.ts';
import type { Point } from '../metrics/_contract.ts';
import type { Project } from '../project/load.ts';
import { elapsedMs } from '../study/engine.ts';
import type { StudyEvent } from '../study/events.ts';
import { chooseStudyMetric } from '../study/measure.ts';
import type { OptimizeHooks, PlannedStudy } from '../study/options.ts';
import { runOf, type StudyRecord } from '../study/record.ts';
import { SMOKE_DONE } from '../study/strategies/preflight.ts';
import { targetInScale } from '../study/target.ts';
import type { MetricChoice, Run, Trial } from '../study/types.ts';
import type { Context } from './context.ts';
import { openLive } from './live/output.ts';

type Progress = Pick<OptimizeHooks, 'say' | 'onPhase' | 'onEvent' | 'onPoints' | 'onPlan'> & {
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
  const live = await openLive({
    stream: process.stderr,
    isLive: context.isLive,
    isQuiet: context.isQuiet,
    color: context.color.stderr,
    now: Date.now,
  });
  let planned: PlannedStudy | undefined;
  let metric: MetricChoice | undefined;

  /** The view needs the metric from the first epoch on, the study only settles it when a run has ended. */
  const seeMetric = (record: StudyRecord, points: readonly Point[], run: Run): void => {
    if (metric) return;
    if (!record.metric && record.trials.get(run.trial)?.kind === 'smoke') return;
    try {
      metric =
        record.metric ?? chooseStudyMetric(project.settings, namesOf(points), [{ points: [...points] }]);
    } catch (error) {
      if (error instanceof PawlError) return;
      throw error;
    }
    const target = planned?.target ? targetInScale(planned.target, metric.scale) : null;
    live.emit({ type: 'metric', at: Date.now(), metric, target });
  };

  const epochsOf = (trial: Trial | undefined): number | null => {
    if (!planned || trial?.kind === 'smoke') return null;
    return trial?.id === planned.reference ? planned.epochs.reference : planned.epochs.optimized;
  };

  const budget = (record: StudyRecord): void => {
    if (!planned) return;
    const used = [...record.runs.values()].filter(
      (run) => run.status !== 'adopted' && record.trials.get(run.trial)?.kind !== 'smoke',
    ).length;
    live.emit({
      type: 'budget',
      at: Date.now(),
      runs: { used, limit: planned.budget.runs ?? planned.cost.trainings },
      ms: { used: elapsedMs(record, Date.now()), limit: planned.budget.ms },
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
        reference: plan.reference,
        target: null,
      });
    },
    onPhase: (phase) => live.emit({ type: 'phase', at: Date.now(), name: PHASES[phase] }),
    onEvent(event: StudyEvent, record) {
      const at = Date.now();
      if (event.type === 'run-started') {
        const run = runOf(record, event.run);
        const trial = record.trials.get(run.trial);
        const { id, seed, gpus } = run;
        live.emit({
          type: 'run-started',
          at,
          run: id,
          trial: trial?.kind === 'smoke' ? trial.label : run.trial,
          kind: trial?.kind ?? 'optimized',
          seed,
          epochs: epochsOf(trial),
          gpus,
        });
        budget(record);
      } else if (event.type === 'run-ended') {
        const run = runOf(record, event.run);
        // A check run that is cut after its first points has done what it was for.
        const status = run.failure?.code === SMOKE_DONE ? 'finished' : run.status;
        const message = status === 'finished' ? null : (run.failure?.message ?? null);
        live.emit({ type: 'run-ended', at, run: run.id, status, value: run.value, message });
        budget(record);
      }
    },
    onPoints(run, points, record) {
      seeMetric(record, points, run);
      if (run.status === 'adopted') {
        const kind = record.trials.get(run.trial)?.kind ?? 'baseline';
        const { id, trial, seed, value } = run;
        live.emit({ type: 'earlier-run', at: Date.now(), run: id, trial, kind, seed, points, value });
      } else live.emit({ type: 'points', at: Date.now(), run: run.id, points });
    },
  };
}

function namesOf(points: readonly Point[]): string[] {
  const names = new Set<string>();
  for (const { values } of points) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}
