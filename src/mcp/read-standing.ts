import { existsSync } from 'node:fs';
import { jsonNumber } from '../metrics/curve-json.ts';
import { findLockHolder } from '../store/lock.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/_contract.ts';
import type { FinalRecord } from '../study/finalize/types.ts';
import type { StudyRecord } from '../study/record.ts';
import { pawlFolder, storeFile } from '../study/session.ts';
import { isPending } from '../study/attempts.ts';
import type { JobError } from './job-error.ts';
import { findJob, isRunning, jobError, jobMessages, type Job } from './jobs.ts';
import type { Standing } from './standing.ts';

const NOTHING = {
  kind: null,
  study: null,
  metric: null,
  iteration: null,
  verdict: null,
  decision: null,
  reason: null,
  next: null,
  counts: {},
  runs: [],
  sweep: null,
  final: null,
} satisfies Partial<Standing>;

/** How the newest study of a project stands, short enough to be asked for often. */
export async function readStanding(
  root: string,
  { job: wanted, runs: most }: { job?: string | undefined; runs: number },
): Promise<Standing> {
  const job = findJob(root, wanted);
  const about = job ? aboutJob(root, job) : null;
  const failure = job ? jobError(root, job.id) : null;
  // After the lock is given back the command still writes its report.
  const isBusy = findLockHolder(pawlFolder(root)) !== undefined || (job !== undefined && isRunning(job));
  const nothing = (): Standing => ({
    schemaVersion: 1,
    state: isBusy ? 'starting' : failure ? 'failed' : 'none',
    ...NOTHING,
    failure,
    job: about,
  });
  if (!existsSync(storeFile(root))) return nothing();
  const store = await openSqliteStore(storeFile(root));
  try {
    const latest = await store.latest();
    if (latest === undefined) return nothing();
    const record = await store.load(latest);
    const last = record.iterations.at(-1);
    const outcome = last?.outcome ?? null;
    const work = newestWork(record);
    const counts: Record<string, number> = Object.create(null) as Record<string, number>;
    for (const { status } of record.runs.values()) counts[status] = (counts[status] ?? 0) + 1;
    return {
      schemaVersion: 1,
      state: isBusy ? 'running' : stateOf(work, job, failure),
      kind: work.kind,
      study: latest,
      metric: record.metric?.name ?? null,
      iteration: last?.iteration ?? null,
      verdict: outcome?.verdict ?? null,
      decision: outcome?.decision ?? null,
      reason: outcome?.reason ?? null,
      // After the last training there is nothing that Pawl could do.
      next: work.kind === 'finalization' && work.isConcluded ? null : (outcome?.next ?? null),
      failure: work.failure ?? failure,
      counts,
      runs: await listRuns(store, record, most),
      sweep: work.kind === 'sweep' ? await sweepStanding(record) : null,
      final: work.final ? finalStanding(work.final) : null,
      job: about,
    };
  } finally {
    await store.close();
  }
}

/** What was worked on last: the last iteration, or a finalization that came after it. */
interface Work {
  kind: NonNullable<Standing['kind']>;
  startedAt: number;
  isConcluded: boolean;
  failure: { code: string; message: string } | null;
  final: FinalRecord | null;
}

function newestWork({ iterations, finals }: StudyRecord): Work {
  const last = iterations.at(-1);
  const final = finals.at(-1);
  if (final && last?.outcome && final.startedAt >= last.startedAt) {
    const { startedAt, outcome } = final;
    return { kind: 'finalization', startedAt, isConcluded: outcome !== null, failure: null, final };
  }
  return {
    kind: last?.sweep ? 'sweep' : 'optimization',
    startedAt: last?.startedAt ?? 0,
    isConcluded: last?.outcome !== null && last !== undefined,
    failure: last?.failure ?? null,
    final: null,
  };
}

function stateOf(work: Work, job: Job | undefined, failure: JobError | null): Standing['state'] {
  // A command that failed before its work began says so itself; what was done before stands as it stood.
  const isJobsOwn = job !== undefined && work.startedAt >= job.since;
  const hasFailed = failure !== null && failure.code !== 'STUDY_INTERRUPTED';
  if (hasFailed && !isJobsOwn) return 'failed';
  if (work.isConcluded) return 'concluded';
  return work.failure || hasFailed ? 'failed' : 'interrupted';
}

async function listRuns(store: Store, record: StudyRecord, most: number): Promise<Standing['runs']> {
  const all = [...record.runs.values()];
  const pending = all.filter(isPending);
  const ended = all.filter((run) => !isPending(run)).slice(-Math.max(0, most - pending.length));
  return [
    ...ended.map(({ id, trial, seed, status, value, failure }) => ({
      id,
      trial,
      seed,
      status,
      epoch: value?.epoch ?? null,
      value: value ? jsonNumber(value.value) : null,
      failure: failure?.message ?? null,
    })),
    ...(await Promise.all(
      pending.slice(0, most).map(async ({ id, trial, seed, status }) => ({
        id,
        trial,
        seed,
        status,
        ...(await soFar(store, record.id, id, record.metric?.name ?? null)),
        failure: null,
      })),
    )),
  ];
}

async function soFar(
  store: Store,
  study: string,
  run: string,
  name: string | null,
): Promise<{ epoch: number | null; value: Standing['runs'][number]['value'] }> {
  const curve = await store.curve(study, run);
  const point = curve.findLast(({ values }) => name !== null && name in values) ?? curve.at(-1);
  const value = name === null ? undefined : point?.values[name];
  return { epoch: point?.epoch ?? null, value: value === undefined ? null : jsonNumber(value) };
}

async function sweepStanding(record: StudyRecord): Promise<Standing['sweep']> {
  const { sweepOf, sweepProgress } = await import('../report/sweep/progress.ts');
  const summary = sweepOf(record);
  if (!summary) return null;
  const { best, ...rest } = sweepProgress(summary);
  const value = best?.value ?? null;
  return { ...rest, best: best && { ...best, value: value === null ? null : jsonNumber(value) } };
}

function finalStanding({ number, outcome }: FinalRecord): Standing['final'] {
  const { test = null, final = null, missing = null } = outcome ?? {};
  const mean = final?.mean ?? null;
  return {
    number,
    validation: mean === null ? null : jsonNumber(mean),
    test: test && { metric: test.metric, mean: jsonNumber(test.mean), looks: test.looks },
    missing,
    config: outcome?.artifacts.config ?? null,
  };
}

function aboutJob(root: string, job: Job): NonNullable<Standing['job']> {
  return {
    id: job.id,
    command: `pawl ${job.argv.join(' ')}`,
    running: isRunning(job),
    messages: jobMessages(root, job.id, 3),
  };
}
