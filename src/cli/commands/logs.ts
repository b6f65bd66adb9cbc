import { createReadStream, existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findProject, inProject, loadProject } from '../../project/load.ts';
import { storeError } from '../../store/errors.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { isPending } from '../../study/attempts.ts';
import { storeFile } from '../../study/session.ts';
import type { Run } from '../../study/types.ts';
import type { Context } from '../context.ts';
import { flagOption, integerOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const file = storeFile(project.root);
  const lines = integerOption(options, 'lines', 1);
  const chosen = existsSync(file) ? await findRun(file, args[0]) : undefined;
  if (!chosen) {
    throw storeError(
      'STUDY_NOT_FOUND',
      args[0] === undefined ? 'No run has been started yet.' : `There is no run '${args[0]}'.`,
      {
        file,
        remedy: 'List the runs with `pawl status`.',
      },
    );
  }
  const folder = inProject(project, chosen.directory);
  const stdout = join(folder, 'stdout.log');
  const stderr = join(folder, 'stderr.log');
  if (context.isJson) {
    const tail = async (path: string): Promise<string[]> =>
      (await lastLines(path, lines ?? 200)).split('\n').filter((line) => line !== '');
    context.json({
      schemaVersion: 1,
      run: chosen.id,
      status: chosen.status,
      stdout: await tail(stdout),
      stderr: await tail(stderr),
      files: { stdout, stderr },
    });
    return 0;
  }
  for (const path of [stderr, stdout]) {
    if (lines !== undefined) context.out(await lastLines(path, lines));
    else await copyOut(context, path, 0);
  }
  if (flagOption(options, 'follow')) await follow(context, file, chosen.id, stdout);
  return 0;
};

async function findRun(file: string, id: string | undefined): Promise<Run | undefined> {
  const store = await openSqliteStore(file);
  try {
    const latest = await store.latest();
    if (latest === undefined) return undefined;
    const { runs } = await store.load(latest);
    return id === undefined ? [...runs.values()].findLast((each) => each.status !== 'adopted') : runs.get(id);
  } finally {
    await store.close();
  }
}

/** Streams a log from an offset; returns where it ended. */
async function copyOut(context: Context, path: string, from: number): Promise<number> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size <= from) return Math.min(from, size);
  for await (const chunk of createReadStream(path, { start: from, end: size - 1, encoding: 'utf8' }))
    context.out(String(chunk));
  return size;
}

const TAIL_BYTES = 1 << 20;

async function lastLines(path: string, count: number): Promise<string> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').replace(/\n$/, '').split('\n');
    return `${lines.slice(-count).join('\n')}\n`;
  } finally {
    await handle.close();
  }
}

async function follow(context: Context, file: string, id: string, path: string): Promise<void> {
  let at = (await stat(path).catch(() => undefined))?.size ?? 0;
  for (;;) {
    const chosen = await findRun(file, id);
    at = await copyOut(context, path, at);
    if (!chosen || !isPending(chosen)) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
