import { existsSync } from 'node:fs';
import { findProject, loadProject, type Project } from '../../project/load.ts';
import { openExecutor } from '../../execution/open.ts';
import { findLockHolder } from '../../store/lock.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { isPending } from '../../study/attempts.ts';
import { createLauncher } from '../../study/launch.ts';
import { pawlFolder, storeFile } from '../../study/session.ts';
import { flagOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const folder = pawlFolder(project.root);
  const holder = findLockHolder(folder);
  if (holder) {
    process.kill(holder.pid, 'SIGINT');
    if (flagOption(options, 'now')) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (findLockHolder(folder)) process.kill(holder.pid, 'SIGINT');
    }
    while (findLockHolder(folder)) await new Promise((resolve) => setTimeout(resolve, 100));
    if (context.isJson) context.json({ schemaVersion: 1, stopped: true, pid: holder.pid, ended: [] });
    else context.out(`Stopped (process ${holder.pid}). Continue with \`pawl optimize --resume\`.\n`);
    return 0;
  }
  const ended = await endLeftBehind(project);
  if (context.isJson) context.json({ schemaVersion: 1, stopped: ended.length > 0, pid: null, ended });
  else if (ended.length === 0) context.out('Nothing is running.\n');
  else context.out(`Ended what a killed pawl left behind: ${ended.join(', ')}.\n`);
  return 0;
};

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
