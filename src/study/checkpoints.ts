import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, toProjectPath, type Project } from '../project/load.ts';
import { hasResult } from './results.ts';
import type { Checkpoint, Run } from './types.ts';

const CHECKPOINT =
  /\.(?:pt|pth|ckpt|safetensors|h5|hdf5|keras|joblib|pkl|pickle|onnx|bin|npz|msgpack|cbm|ubj|weights|tflite)$|(?:^|\/)(?:model|booster)\.(?:json|txt)$/i;
const MOST_FILES = 5000;

/** The checkpoints of finished runs: in {checkpoints}, in the output folder, or where the `checkpoints:` glob points. */
export async function findCheckpoints(project: Project, runs: readonly Run[]): Promise<Checkpoint[]> {
  const found = new Map<string, Checkpoint>();
  const setting = project.settings.checkpoints;
  for (const run of runs.filter(hasResult)) {
    const own = run.checkpoints === null ? [] : await filesUnder(inProject(project, run.checkpoints));
    const output = (await filesUnder(inProject(project, run.output))).filter((file) => CHECKPOINT.test(file));
    const elsewhere = /[*?[\]{}]/.test(setting) ? await globbed(project, setting, run) : [];
    for (const file of [...own, ...output, ...elsewhere]) {
      const info = await stat(file).catch(() => undefined);
      const path = toProjectPath(project, file);
      if (info && info.size > 0 && !found.has(path))
        found.set(path, { run: run.id, file: path, bytes: info.size });
    }
  }
  return [...found.values()];
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .slice(0, MOST_FILES)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Files of the glob that were written while the run ran. */
async function globbed(project: Project, pattern: string, run: Run): Promise<string[]> {
  const { glob } = await import('tinyglobby');
  const files = await glob(pattern, { cwd: project.root, absolute: true, followSymbolicLinks: false });
  const written = await Promise.all(
    files.slice(0, MOST_FILES).map(async (file) => {
      const info = await stat(file).catch(() => undefined);
      const isOurs =
        info !== undefined &&
        info.mtimeMs >= (run.startedAt ?? 0) - 1000 &&
        info.mtimeMs <= (run.endedAt ?? Infinity) + 1000;
      return isOurs ? file : undefined;
    }),
  );
  return written.filter((file) => file !== undefined);
}
