import { basename } from 'node:path';
import { PawlError } from '../../errors.ts';
import type { Point } from '../../metrics/_contract.ts';
import type { Project } from '../../project/load.ts';
import { elapsedMs } from '../../study/elapsed.ts';
import { chooseStudyMetric } from '../../study/measure.ts';
import { runOf, type StudyRecord } from '../../study/record.ts';
import { targetInScale, type TargetWish } from '../../study/target.ts';
import type { MetricChoice, Run, Trial } from '../../study/types.ts';
import type { Context } from '../context.ts';
import { liveStatus } from './early-end.ts';
import { openLive, type LiveOutput } from './output.ts';

/** Tells a live view what is the same of every study: its metric, its runs, their points. */
export class StudyFeed {
  readonly live: LiveOutput;
  readonly #project: Project;
  readonly #epochsOf: (trial: Trial | undefined) => number | null;
  #target: TargetWish | null = null;
  #metric: MetricChoice | undefined;

  constructor(live: LiveOutput, project: Project, epochsOf: (trial: Trial | undefined) => number | null) {
    this.live = live;
    this.#project = project;
    this.#epochsOf = epochsOf;
  }

  /** Known at the latest when a run has ended. */
  get metric(): MetricChoice | undefined {
    return this.#metric;
  }

  started(iteration: number, reference: string, target: TargetWish | null): void {
    this.#target = target;
    const project = basename(this.#project.root);
    this.live.emit({ type: 'started', at: Date.now(), project, iteration, reference, target: null });
  }

  runStarted(record: StudyRecord, id: string): void {
    const { seed, ticket, trial: trialId } = runOf(record, id);
    const gpus = ticket?.['gpus'];
    const trial = record.trials.get(trialId);
    this.live.emit({
      type: 'run-started',
      at: Date.now(),
      run: id,
      trial: trial?.kind === 'smoke' ? trial.label : trialId,
      kind: trial?.kind ?? 'optimized',
      seed,
      epochs: this.#epochsOf(trial),
      gpus: typeof gpus === 'string' && gpus !== '' ? gpus.split(',') : [],
    });
  }

  runEnded(record: StudyRecord, id: string): void {
    const run = runOf(record, id);
    if (record.metric) this.#seeMetric(record, [], run);
    const status = liveStatus(run);
    const message = status === 'finished' ? null : (run.failure?.message ?? null);
    this.live.emit({ type: 'run-ended', at: Date.now(), run: id, status, value: run.value, message });
  }

  points(run: Run, points: readonly Point[], record: StudyRecord): void {
    this.#seeMetric(record, points, run);
    const at = Date.now();
    if (run.status === 'adopted') {
      const kind = record.trials.get(run.trial)?.kind ?? 'baseline';
      const { id, trial, seed, value } = run;
      this.live.emit({ type: 'earlier-run', at, run: id, trial, kind, seed, points, value });
    } else this.live.emit({ type: 'points', at, run: run.id, points });
  }

  budget(record: StudyRecord, runs: { used: number; limit: number | null }, limitMs: number | null): void {
    const at = Date.now();
    this.live.emit({ type: 'budget', at, runs, ms: { used: elapsedMs(record, at), limit: limitMs } });
  }

  /** The view needs the metric from the first epoch on, the study only settles it when a run has ended. */
  #seeMetric(record: StudyRecord, points: readonly Point[], run: Run): void {
    if (this.#metric) return;
    if (!record.metric && record.trials.get(run.trial)?.kind === 'smoke') return;
    try {
      this.#metric =
        record.metric ??
        chooseStudyMetric(this.#project.settings, namesOf(points), [{ points: [...points] }]);
    } catch (error) {
      if (error instanceof PawlError) return;
      throw error;
    }
    const target = this.#target ? targetInScale(this.#target, this.#metric.scale) : null;
    this.live.emit({ type: 'metric', at: Date.now(), metric: this.#metric, target });
  }
}

/** A feed of what fits the terminal. `epochsOf`: the epoch limit of a trial's runs, where it is known. */
export async function openStudyFeed(
  context: Context,
  project: Project,
  epochsOf: (trial: Trial | undefined) => number | null,
): Promise<StudyFeed> {
  const live = await openLive({
    stream: process.stderr,
    isLive: context.isLive,
    isQuiet: context.isQuiet,
    color: context.color.stderr,
    now: Date.now,
  });
  return new StudyFeed(live, project, epochsOf);
}

function namesOf(points: readonly Point[]): string[] {
  const names = new Set<string>();
  for (const { values } of points) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}
