import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderFile } from './folder.ts';

const FILE_LIMIT = 2000;
const DEPTH_LIMIT = 4;
const FOLDER_LIMIT = 1000;
const SKIPPED =
  /^(?:node_modules|venv|env|virtualenv|__pycache__|site-packages|data|datasets?|raw|dist|build|target|wandb|mlruns|checkpoint-\d+|.*\.egg-info)$|^\.(?!hydra$)/i;
/** Below these, `data` is a group of settings and not the data. */
const IN_CONFIGS = /(?:^|\/)(?:confs?|configs?|cfgs?|hydra_configs?)(?:\/|$)/;

/** The files of a folder, the nearest first: at most 2,000, at most four folders down, without data and what is installed. */
export async function listFolder(root: string): Promise<{ files: FolderFile[]; isCut: boolean }> {
  const files: FolderFile[] = [];
  let isCut = false;
  let visited = 0;
  let level = [''];
  for (let depth = 0; depth <= DEPTH_LIMIT && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > FOLDER_LIMIT) return { files, isCut: true };
      for (const entry of await entriesOf(join(root, folder))) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          const isGroup = IN_CONFIGS.test(folder) && !entry.name.startsWith('.');
          if (SKIPPED.test(entry.name) && !isGroup) continue;
          if (depth < DEPTH_LIMIT) next.push(path);
          else isCut = true;
          continue;
        }
        // A link counts as the file it leads to; folders behind links are not entered.
        const status = await stat(join(root, path)).catch(() => undefined);
        if (!status?.isFile()) continue;
        if (files.length >= FILE_LIMIT) return { files, isCut: true };
        files.push({ path, size: status.size, mtimeMs: status.mtimeMs });
      }
    }
    level = next;
  }
  return { files, isCut };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
