import { basename } from 'node:path';
import { formatCommand } from '../execution/command.ts';
import type { Point } from '../metrics/_contract.ts';
import { hashValue } from '../study/hash.ts';
import type { StudyRecord } from '../study/record.ts';
import type { Run, RunStatus } from '../study/types.ts';
import type { ParamValue, TrackedRun, TrackedStatus } from './_contract.ts';

/** All of a tracked run that the record says by itself; the params of a training stand in its config file. */
export type Facts = Omit<TrackedRun, 'params'>;

const STATUS: Record<RunStatus, TrackedStatus> = {
  starting: 'running',
  running: 'running',
  finished: 'finished',
  adopted: 'finished',
  failed: 'failed',
  diverged: 'failed',
  stopped: 'killed',
  interrupted: 'killed',
};

/** The runs that are logged: all that began but the short check runs, whose metrics mean nothing. */
export function trackedRuns(record: StudyRecord): Run[] {
  return [...record.runs.values()].filter((run) => isTracked(record, run));
}

export const isTracked = (record: StudyRecord, run: Run): boolean =>
  run.status !== 'starting' && record.trials.get(run.trial)?.kind !== 'smoke';

/** Changes whenever there is something new to be said of the run. */
export function revisionOf({ params: _params, ...facts }: Facts & { params?: unknown }): string {
  return hashValue(facts);
}

/** Pure: a training as a tracker shows it. */
export function describeRun(record: StudyRecord, run: Run): Facts {
  const trial = record.trials.get(run.trial);
  const outcome = record.iterations.findLast(({ optimized }) => optimized === run.trial)?.outcome;
  const { failure, value } = run;
  return {
    key: `${record.id}/${run.id}`,
    parent: record.id,
    name: run.id,
    group: run.trial,
    status: STATUS[run.status],
    startedAt: run.startedAt ?? record.createdAt,
    endedAt: STATUS[run.status] === 'running' ? null : (run.endedAt ?? record.createdAt),
    tags: filled({
      'pawl.study': record.id,
      'pawl.trial': run.trial,
      'pawl.trial.label': trial?.label,
      'pawl.kind': trial?.kind,
      'pawl.iteration': trial?.iteration,
      'pawl.seed': run.seed ?? undefined,
      'pawl.attempt': run.attempt,
      'pawl.status': run.status,
      'pawl.failure': failure ? `${failure.code}: ${failure.message}` : undefined,
      'pawl.value.epoch': value ? value.epoch : undefined,
      'pawl.changes':
        trial && trial.changes.length > 0
          ? trial.changes.map(({ path, to }) => `${path}=${JSON.stringify(to)}`).join(', ')
          : undefined,
      'pawl.origin': trial?.candidacy?.origin,
      'pawl.command': run.argv.length > 0 ? formatCommand(run.argv) : undefined,
      'pawl.verdict': outcome?.verdict,
      'pawl.decision': outcome?.decision,
    }),
  };
}

/** Pure: the study as the parent of its runs, with what every iteration came to. */
export function describeStudy(record: StudyRecord): Facts {
  const last = record.iterations.at(-1);
  const final = record.finals.at(-1);
  const session = record.sessions.at(-1);
  const isOpen = session?.closedAt === null;
  const isDone = last?.outcome !== null && last?.outcome !== undefined;
  const iterations = record.iterations.flatMap(({ iteration, outcome, failure }) => {
    const prefix = `pawl.iteration.${iteration}`;
    return Object.entries({
      [`${prefix}.verdict`]: outcome?.verdict,
      [`${prefix}.decision`]: outcome?.decision,
      [`${prefix}.reason`]: outcome?.reason,
      [`${prefix}.failure`]: failure?.message,
    });
  });
  return {
    key: record.id,
    parent: null,
    name: `${basename(record.project)} ${record.id}`,
    group: null,
    status: isOpen ? 'running' : isDone ? 'finished' : last?.failure ? 'failed' : 'killed',
    startedAt: record.createdAt,
    endedAt: isOpen ? null : (session?.closedAt ?? record.createdAt),
    tags: filled({
      ...Object.fromEntries(iterations),
      'pawl.study': record.id,
      'pawl.kind': last?.sweep ? 'sweep' : 'study',
      'pawl.iteration': last?.iteration,
      'pawl.metric': record.metric?.name,
      'pawl.goal': record.metric?.goal,
      'pawl.evidence': last?.level,
      'pawl.target': last?.target ? `${last.target.value}${last.target.unit ?? ''}` : undefined,
      'pawl.target.status': last?.outcome?.target?.status ?? undefined,
      'pawl.verdict': last?.outcome?.verdict,
      'pawl.decision': last?.outcome?.decision,
      'pawl.reason': last?.outcome?.reason,
      'pawl.incumbent': last?.outcome?.incumbent,
      'pawl.test': final?.outcome?.test
        ? `${final.outcome.test.metric} ${final.outcome.test.mean}`
        : undefined,
    }),
  };
}

/** Pure: what a study has to show by iteration, as a curve of its own. */
export function studyPoints(record: StudyRecord): Point[] {
  const points = new Map<number, Point>();
  for (const { iteration, outcome } of record.iterations) {
    if (!outcome) continue;
    const values = Object.entries({
      baseline: outcome.baseline.mean,
      optimized: outcome.optimized.mean,
      improvement: outcome.effect.absolute,
    }).filter((entry): entry is [string, number] => entry[1] !== null);
    points.set(iteration, { step: iteration, epoch: null, values: Object.fromEntries(values) });
  }
  return [...points.values()].sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
}

/** Config values by their paths, as trackers list them. */
export function flatParams(value: unknown, prefix = ''): Record<string, ParamValue> {
  const params = Object.create(null) as Record<string, ParamValue>;
  const put = (path: string, item: unknown): void => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0) {
      for (const [key, inner] of Object.entries(item)) put(path === '' ? key : `${path}.${key}`, inner);
    } else if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
      params[path] = item;
    else params[path] = JSON.stringify(item) ?? 'null';
  };
  put(prefix, value);
  return params;
}

function filled(tags: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}
