import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { storeError } from './errors.ts';

export interface LockHolder {
  pid: number;
  /** Distinguishes a process from a later one with the same pid; null where it cannot be read. */
  startedAt: string | null;
  since: number;
}

/** Start time of a process in the kernel's ticks since boot (Linux); null elsewhere or when it is gone. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and parentheses; fields are counted from the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Whether that very process still lives. */
export function isAlive(holder: Pick<LockHolder, 'pid' | 'startedAt'>): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.startedAt === null || startOf(holder.pid) === holder.startedAt;
}

function readHolder(folder: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')) as LockHolder;
    return Number.isInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Which living process works on the project whose `.pawl` folder this is; undefined when none does. */
export function findLockHolder(folder: string): LockHolder | undefined {
  const holder = readHolder(folder);
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Takes the project's lock; the returned function gives it back. The lock itself is SQLite's on `lock.db`: the kernel
 * drops it when its process dies, however it dies, so that it can neither go stale nor be taken twice. `lock.json`
 * beside it only says who holds it. `onStale` hears of a former holder that died without giving it back.
 */
export function takeLock(folder: string, onStale: (pid: number) => void): () => void {
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'lock.db'));
  try {
    database.pragma('busy_timeout = 0');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Error) || !/locked|busy/i.test(error.message)) throw error;
    const holder = readHolder(folder);
    const who = holder
      ? `process ${holder.pid}, since ${new Date(holder.since).toISOString()}`
      : 'its process is unknown';
    throw storeError('STUDY_LOCKED', `Another pawl is working on this project (${who}).`, {
      file: folder,
      remedy: 'Wait for it, watch it with `pawl status`, or end it with `pawl stop`.',
    });
  }
  const former = readHolder(folder);
  if (former) onStale(former.pid);
  const me: LockHolder = { pid: process.pid, startedAt: startOf(process.pid), since: Date.now() };
  writeFileSync(join(folder, 'lock.json'), JSON.stringify(me));
  return () => {
    rmSync(join(folder, 'lock.json'), { force: true });
    database.exec('ROLLBACK');
    database.close();
  };
}
