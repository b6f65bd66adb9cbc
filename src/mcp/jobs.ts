import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findLockHolder, isAlive, startOf } from '../store/lock.ts';
import { readStore } from '../study/open-store.ts';
import { pawlFolder } from '../study/session.ts';
import { mcpError } from './errors.ts';
import { readJobError, toPawlError, type JobError } from './job-error.ts';
import type { Place } from './place.ts';

const jobSchema = z.object({
  id: z.string(),
  argv: z.array(z.string()),
  pid: z.int(),
  startedAt: z.string().nullable(),
  since: z.number(),
});
/** A `pawl` command that was started for an agent. It lives on when the server goes. */
export type Job = z.output<typeof jobSchema>;

/** Jobs whose files are kept. */
const KEPT = 20;
/** How long a start may take to begin its study or to fail. */
const BEGIN_MS = 20_000;

/** How long a command that was stopped may take to end after it has given the lock back. */
const END_MS = 10_000;

const jobsFolder = (root: string): string => join(pawlFolder(root), 'jobs');

/**
 * Starts `pawl …` in a session of its own, its output on files. Returns when it has opened its study; where it ends
 * before that, its own error is thrown. Where the request is taken back meanwhile, the command is ended.
 */
export async function startJob(
  place: Place,
  root: string,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<Job> {
  const id = `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}-${randomBytes(3).toString('hex')}`;
  const folder = join(jobsFolder(root), id);
  mkdirSync(folder, { recursive: true });
  forgetOld(root);
  const files = [
    openSync(join(folder, 'stdout.json'), 'w'),
    openSync(join(folder, 'stderr.log'), 'w'),
  ] as const;
  const [program, ...first] = place.pawl;
  const child = spawn(program, [...first, ...argv], {
    cwd: root,
    detached: true,
    stdio: ['ignore', ...files],
    windowsHide: true,
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  files.forEach(closeSync);
  child.unref();
  const pid = child.pid ?? 0;
  const job: Job = { id, argv: [...argv], pid, startedAt: startOf(pid), since: Date.now() };
  writeFileSync(join(folder, 'job.json'), JSON.stringify(job));
  const hasEnded = await Promise.race([ended.then(() => true), begun(root, job, signal)]);
  // Who takes the request back, or goes away before it is answered, does not want the trainings.
  if (signal.aborted && !hasEnded) child.kill('SIGTERM');
  signal.throwIfAborted();
  if (!hasEnded) return job;
  const error = jobError(root, id);
  if (!error && jobDocument(root, id) !== undefined) return job;
  const said = jobMessages(root, id, 5).join(' | ');
  // The caller hears of it now; a start that was refused is nothing to look back at.
  rmSync(folder, { recursive: true, force: true });
  if (error) throw toPawlError(error);
  throw mcpError(
    'MCP_JOB_NOT_STARTED',
    `pawl ${argv.join(' ')} ended at once: ${said || 'nothing was said'}`,
    {
      remedy: `Run it in a terminal in ${root}.`,
    },
  );
}

/** Resolves with false when the process has opened its study: the gate, the plan and the options were good. */
async function begun(root: string, { pid, since }: Job, signal: AbortSignal): Promise<boolean> {
  const until = Date.now() + BEGIN_MS;
  for (let pauseMs = 20; Date.now() < until && !signal.aborted; pauseMs = Math.min(500, pauseMs * 1.3)) {
    const isHolder = findLockHolder(pawlFolder(root))?.pid === pid;
    if (isHolder && (await lastOpened(root)) >= since) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return false;
}

/** When a study of the project was last opened to work on it; 0 where none was. */
async function lastOpened(root: string): Promise<number> {
  const opened = await readStore(root, async (store) => {
    const ids = new Set([(await store.list())[0], await store.latest()]);
    const times: number[] = [];
    for (const id of ids) {
      if (id !== undefined) times.push((await store.load(id)).sessions.at(-1)?.openedAt ?? 0);
    }
    return Math.max(0, ...times);
  });
  return opened ?? 0;
}

function forgetOld(root: string): void {
  const ids = readdirSync(jobsFolder(root)).sort();
  for (const id of ids.slice(0, -KEPT)) rmSync(join(jobsFolder(root), id), { recursive: true, force: true });
}

/** The job of that id; the newest where none is named, undefined where none was ever started. */
export function findJob(root: string, id?: string): Job | undefined {
  let wanted = id;
  if (wanted === undefined) {
    try {
      wanted = readdirSync(jobsFolder(root)).sort().at(-1);
    } catch {
      return undefined;
    }
  }
  const found = wanted !== undefined && /^[\w-]+$/.test(wanted) ? readJob(root, wanted) : undefined;
  if (!found && id !== undefined) {
    throw mcpError('MCP_JOB_UNKNOWN', `There is no job '${id}'.`, {
      remedy: 'Call status without an id.',
    });
  }
  return found;
}

function readJob(root: string, id: string): Job | undefined {
  try {
    return jobSchema.parse(JSON.parse(readFileSync(join(jobsFolder(root), id, 'job.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

export const isRunning = (job: Job): boolean => job.pid > 0 && isAlive(job);

/** Resolves when the newest job, if it is that process, has ended. */
export async function untilEnded(root: string, pid: number, signal: AbortSignal): Promise<void> {
  const job = findJob(root);
  if (job?.pid !== pid) return;
  for (const until = Date.now() + END_MS; isRunning(job) && Date.now() < until && !signal.aborted;)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** What the job printed on stdout; undefined while it is not whole. */
function jobDocument(root: string, id: string): unknown {
  try {
    return JSON.parse(readFileSync(join(jobsFolder(root), id, 'stdout.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The error that the job ended with; null where it ended well or goes on. */
export function jobError(root: string, id: string): JobError | null {
  return readJobError(jobDocument(root, id));
}

/** Its last messages. */
export function jobMessages(root: string, id: string, count: number): string[] {
  try {
    const text = readFileSync(join(jobsFolder(root), id, 'stderr.log'), 'utf8').slice(-8192);
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-count);
  } catch {
    return [];
  }
}
