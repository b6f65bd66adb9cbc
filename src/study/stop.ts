import { existsSync } from 'node:fs';
import { openExecutor } from '../execution/open.ts';
import type { Project } from '../project/load.ts';
import { findLockHolder } from '../store/lock.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { isPending } from './attempts.ts';
import { createLauncher } from './launch.ts';
import { pawlFolder, storeFile } from './session.ts';

export interface Stopped {
  /** The orchestrator that was asked to end; null where none ran. */
  pid: number | null;
  /** Runs that a killed orchestrator had left behind and that were ended here. */
  ended: string[];
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends what works on the project: first the orchestrator, gracefully, and where there is none, trainings without one. */
export async function stopStudy(
  project: Project,
  { isNow, signal }: { isNow: boolean; signal?: AbortSignal },
): Promise<Stopped> {
  const folder = pawlFolder(project.root);
  const holder = findLockHolder(folder);
  if (!holder) return { pid: null, ended: await endLeftBehind(project) };
  process.kill(holder.pid, 'SIGINT');
  if (isNow) {
    await sleep(200);
    if (findLockHolder(folder)) process.kill(holder.pid, 'SIGINT');
  }
  while (findLockHolder(folder)?.pid === holder.pid) {
    signal?.throwIfAborted();
    await sleep(100);
  }
  return { pid: holder.pid, ended: [] };
}

/** Trainings whose orchestrator is gone go on by themselves; these are ended here. */
async function endLeftBehind(project: Project): Promise<string[]> {
  const file = storeFile(project.root);
  if (!existsSync(file)) return [];
  const store = await openSqliteStore(file);
  const executor = await openExecutor(project.settings.executor);
  const launcher = createLauncher({ project, seedPath: null, gpusPerRun: 0 });
  try {
    const latest = await store.latest();
    if (latest === undefined) return [];
    const record = await store.load(latest);
    const ended: string[] = [];
    for (const run of record.runs.values()) {
      if (!isPending(run)) continue;
      const ticket = run.ticket ?? (await executor.find?.(launcher.specOf(record, run)));
      if (!ticket) continue;
      await executor.clean(ticket);
      ended.push(run.id);
    }
    return ended;
  } finally {
    await executor.close();
    await store.close();
  }
}
