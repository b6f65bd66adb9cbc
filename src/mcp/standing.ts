import { existsSync } from 'node:fs';
import { z } from 'zod';
import { jsonNumber } from '../metrics/curve-json.ts';
import { findLockHolder } from '../store/lock.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/_contract.ts';
import { pawlFolder, storeFile } from '../study/session.ts';
import { isPending } from '../study/attempts.ts';
import { findJob, isRunning, jobError, jobMessages, type Job } from './jobs.ts';

const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

export const standingSchema = z.looseObject({
  schemaVersion: z.literal(1),
  state: z
    .enum(['none', 'starting', 'running', 'concluded', 'failed', 'interrupted'])
    .describe('starting and running: call again later; interrupted: start with resume'),
  study: z.string().nullable(),
  metric: z.string().nullable(),
  iteration: z.int().nullable(),
  verdict: z.string().nullable(),
  decision: z.string().nullable(),
  reason: z.string().nullable(),
  next: z.string().nullable().describe('what to do next, as a command'),
  failure: z.looseObject({ code: z.string(), message: z.string() }).nullable(),
  counts: z.record(z.string(), z.int()).describe('runs by status'),
  runs: z
    .array(
      z.object({
        id: z.string(),
        trial: z.string(),
        seed: z.int().nullable(),
        status: z.string(),
        epoch: z.number().nullable(),
        value: number.nullable().describe("of the study's metric: final, or so far"),
        failure: z.string().nullable(),
      }),
    )
    .describe('those under way and the last that ended'),
  job: z.looseObject({ id: z.string(), running: z.boolean(), messages: z.array(z.string()) }).nullable(),
});
export type Standing = z.output<typeof standingSchema>;

const NOTHING = {
  study: null,
  metric: null,
  iteration: null,
  verdict: null,
  decision: null,
  reason: null,
  next: null,
  counts: {},
  runs: [] as Standing['runs'],
};

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
  const idle = failure ? 'failed' : 'none';
  if (!existsSync(storeFile(root))) {
    return { schemaVersion: 1, state: isBusy ? 'starting' : idle, ...NOTHING, failure, job: about };
  }
  const store = await openSqliteStore(storeFile(root));
  try {
    const latest = await store.latest();
    if (latest === undefined) {
      return { schemaVersion: 1, state: isBusy ? 'starting' : idle, ...NOTHING, failure, job: about };
    }
    const record = await store.load(latest);
    const last = record.iterations.at(-1);
    const outcome = last?.outcome ?? null;
    const counts: Record<string, number> = Object.create(null) as Record<string, number>;
    for (const { status } of record.runs.values()) counts[status] = (counts[status] ?? 0) + 1;
    const all = [...record.runs.values()];
    const pending = all.filter(isPending);
    const ended = all.filter((run) => !isPending(run)).slice(-Math.max(0, most - pending.length));
    const name = record.metric?.name ?? null;
    // A command that failed before its study began says so itself; the study before it stands as it stood.
    const isJobsOwn = job !== undefined && (last?.startedAt ?? 0) >= job.since;
    return {
      schemaVersion: 1,
      state: isBusy
        ? 'running'
        : failure && !isJobsOwn && failure.code !== 'STUDY_INTERRUPTED'
          ? 'failed'
          : outcome
            ? 'concluded'
            : last?.failure
              ? 'failed'
              : 'interrupted',
      study: latest,
      metric: name,
      iteration: last?.iteration ?? null,
      verdict: outcome?.verdict ?? null,
      decision: outcome?.decision ?? null,
      reason: outcome?.reason ?? null,
      next: outcome?.next ?? null,
      failure: last?.failure ?? failure,
      counts,
      runs: [
        ...ended.map((run) => ({
          id: run.id,
          trial: run.trial,
          seed: run.seed,
          status: run.status,
          epoch: run.value?.epoch ?? null,
          value: run.value ? jsonNumber(run.value.value) : null,
          failure: run.failure?.message ?? null,
        })),
        ...(await Promise.all(
          pending.slice(0, most).map(async ({ id, trial, seed, status }) => ({
            id,
            trial,
            seed,
            status,
            ...(await soFar(store, latest, id, name)),
            failure: null,
          })),
        )),
      ],
      job: about,
    };
  } finally {
    await store.close();
  }
}

function aboutJob(root: string, job: Job): NonNullable<Standing['job']> {
  return {
    id: job.id,
    command: `pawl ${job.argv.join(' ')}`,
    running: isRunning(job),
    messages: jobMessages(root, job.id, 3),
  };
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
