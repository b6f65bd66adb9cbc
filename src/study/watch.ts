import { join } from 'node:path';
import type { RunOutcome } from '../execution/_contract.ts';
import type { Curve, Point } from '../metrics/_contract.ts';
import { followCurve, type Follower } from '../metrics/follow.ts';
import { readCurve } from '../metrics/read.ts';
import { PawlError } from '../errors.ts';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import type { RunEnded } from './events.ts';
import { chooseStudyMetric, measureCurve } from './measure.ts';
import type { StudyRecord } from './record.ts';
import type { Stop } from './strategies/_contract.ts';
import type { MetricChoice, Run } from './types.ts';

/** A running training's metrics. */
export interface RunWatch {
  /** All points so far. */
  curve(): { points: readonly Point[] };
  /** Reads the log to its end and says what the run came to. */
  finish(outcome: RunOutcome, stop: Stop | null): Promise<{ ended: RunEnded; metric: MetricChoice | null }>;
  close(): void;
}

export interface WatchListener {
  /** Points from this index on are new or changed. */
  onChange: (firstChanged: number) => void;
}

export type WatchRun = (run: Run, listener: WatchListener) => RunWatch;

/** Follows the log of each run: `metrics.source` where it is set, else the output folder, else what the training prints. */
export function createWatcher(project: Project, record: StudyRecord): WatchRun {
  const { settings } = project;
  return (run, { onChange }) => {
    const stdout = join(inProject(project, run.directory), 'stdout.log');
    const source = settings.metrics.source;
    const path =
      source === undefined
        ? inProject(project, run.output)
        : source === 'stdout'
          ? undefined
          : sourceOf(project, source, run);
    let points: Point[] = [];
    const notes: string[] = [];
    const follower: Follower = followCurve({
      path,
      stdout: source === undefined || source === 'stdout' ? stdout : undefined,
      format: source === 'stdout' ? undefined : settings.metrics.format,
      // A fixed place outside {output} may still hold the log of an earlier run.
      sinceMs: source === undefined || source.includes('{') ? undefined : (run.startedAt ?? undefined),
      onPoints(changed, isReplaced) {
        if (isReplaced) points = [];
        let first = isReplaced ? 0 : points.length;
        for (const { index, point } of changed) {
          points[index] = point;
          first = Math.min(first, index);
        }
        onChange(first);
      },
      onWarning: (text) => void notes.push(text),
    });
    return {
      curve: () => ({ points }),
      close: () => void follower.close(),
      async finish(outcome, stop) {
        const followed = await follower.finish();
        const curve = await bestCurve(followed, stdout, settings, source);
        points = curve?.points ?? points;
        return conclude({ project, record, run, outcome, stop, curve, notes });
      },
    };
  };
}

function sourceOf(project: Project, template: string, run: Run): string {
  const filled = template
    .replaceAll('{output}', inProject(project, run.output))
    .replaceAll('{seed}', String(run.seed ?? ''))
    .replaceAll('{run}', run.id);
  return inProject({ root: inProject(project, project.settings.workdir) }, filled);
}

/** The log in the output folder, unless only what the training printed holds the metric. */
async function bestCurve(
  followed: Curve | undefined,
  stdout: string,
  settings: Project['settings'],
  source: string | undefined,
): Promise<Curve | undefined> {
  if (source !== undefined) return followed;
  if (followed && (hasMetric(settings, followed) || followed.file === stdout)) return followed;
  const printed = await readCurve(stdout, { format: 'stdout' }).catch(() => undefined);
  if (printed && printed.points.length > 0 && (!followed || hasMetric(settings, printed))) return printed;
  return followed ?? printed;
}

function hasMetric(settings: Project['settings'], curve: Curve): boolean {
  try {
    chooseStudyMetric(settings, curve.metrics, [curve]);
    return true;
  } catch (error) {
    if (error instanceof PawlError) return false;
    throw error;
  }
}

/** All runs but an adopted one are of the same program, which logs on one scale: a low value is then no other scale. */
function knownFactor(record: StudyRecord, run: Run): number | undefined {
  for (const other of record.runs.values()) {
    if (other.id !== run.id && other.status !== 'adopted' && other.value && !isSmoke(record, other))
      return other.value.factor;
  }
  return undefined;
}

const isSmoke = (record: StudyRecord, run: Run): boolean => record.trials.get(run.trial)?.kind === 'smoke';

async function conclude(of: {
  project: Project;
  record: StudyRecord;
  run: Run;
  outcome: RunOutcome;
  stop: Stop | null;
  curve: Curve | undefined;
  notes: string[];
}): Promise<{ ended: RunEnded; metric: MetricChoice | null }> {
  const { project, record, run, outcome, stop, curve } = of;
  const { settings } = project;
  // A training that was through before it could be stopped has its result; one that logged NaN has diverged all the same.
  const held = stop?.status === 'stopped' && outcome.end === 'finished' ? null : stop;
  const ended: RunEnded = {
    status: held ? held.status : outcome.end,
    endedAt: outcome.endedAt,
    exitCode: outcome.exitCode,
    value: null,
    failure: outcome.failure ?? (held && { code: held.code, message: held.message }),
    resources: outcome.resources,
    notes: [...new Set([...run.notes, ...outcome.notes, ...of.notes, ...(curve?.warnings ?? [])])],
    metricsFile: curve ? toProjectPath(project, curve.file) : null,
    metricsFormat: curve?.format ?? null,
  };
  let metric = record.metric;
  try {
    if (curve && curve.points.length > 0) {
      metric ??= chooseStudyMetric(settings, curve.metrics, [curve]);
      const measured = measureCurve(curve, metric, settings.confirm ?? null, knownFactor(record, run));
      ended.value = measured.value;
      ended.notes.push(...measured.notes);
    }
  } catch (error) {
    if (!(error instanceof PawlError)) throw error;
    // The metric is missing or ambiguous: for a run that ended well, that is its failure.
    if (ended.status === 'finished') {
      ended.status = 'failed';
      ended.failure = { code: error.code, message: error.message, remedy: error.remedy };
    }
  }
  if (ended.status === 'finished' && ended.value === null) {
    const seen =
      curve && curve.metrics.length > 0
        ? ` It logged ${curve.metrics.join(', ')}, but never a finite value of the metric.`
        : '';
    ended.status = 'failed';
    ended.failure = {
      code: 'METRIC_MISSING',
      message: `The training ended well but logged no metric.${seen}`,
      remedy:
        'Say where the log is with `metrics.source` in pawl.yaml (stdout, or a file such as {output}/metrics.csv).',
    };
  }
  // One epoch of a check run may not show the scale (0.4 % or 40 %): the first real run decides.
  return { ended, metric: isSmoke(record, run) ? null : metric };
}
