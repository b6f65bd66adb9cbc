import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

const DEPTH_LIMIT = 6;
const ENTRY_LIMIT = 5000;
const SKIPPED = /^(?:\.(?!wandb$).*|node_modules|__pycache__|site-packages|venv)$/;

export interface FoundFile {
  path: string;
  /** Relative to the folder that was walked. */
  relative: string;
  depth: number;
  size: number;
  mtimeMs: number;
}

export interface FoundFolder {
  path: string;
  /** Relative to the folder that was walked; empty for that itself. */
  relative: string;
  depth: number;
}

/** The regular files in a folder and below, the nearest first, each real folder once however links lead to it. */
export async function walk(root: string): Promise<{ files: FoundFile[]; folders: FoundFolder[] }> {
  const files: FoundFile[] = [];
  const folders: FoundFolder[] = [];
  const visited = new Set<string>();
  let entries = 0;
  const within = `${await realpath(root).catch(() => root)}${sep}`;
  // `folder/` as shells complete it: the paths of its files are cut by the length of its own.
  let level = [{ path: join(root, '.'), relative: '' }];
  for (let depth = 0; level.length > 0 && depth <= DEPTH_LIMIT; depth++) {
    const next: typeof level = [];
    for (const folder of level) {
      const identity = await identify(folder.path);
      if (identity === undefined || visited.has(identity)) continue;
      visited.add(identity);
      folders.push({ path: folder.path, relative: folder.relative, depth });
      for (const entry of await list(folder.path)) {
        if (++entries > ENTRY_LIMIT) return { files, folders };
        const path = join(folder.path, entry.name);
        const relative = join(folder.relative, entry.name);
        // A link counts as what it leads to; one that leads nowhere is passed over.
        const status = entry.isDirectory() ? undefined : await stat(path).catch(() => null);
        if (status === null) continue;
        if (!status || status.isDirectory()) {
          // A link that leads back above the folder is no part of it.
          if (status && within.startsWith((await realpath(path).catch(() => path)) + sep)) continue;
          if (!SKIPPED.test(entry.name)) next.push({ path, relative });
        } else if (status.isFile())
          files.push({ path, relative, depth, size: status.size, mtimeMs: status.mtimeMs });
      }
    }
    level = next;
  }
  return { files, folders };
}

async function identify(path: string): Promise<string | undefined> {
  const status = await stat(path).catch(() => undefined);
  return status && `${status.dev}:${status.ino}`;
}

async function list(path: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(path)) {
      entries.push(entry);
      if (entries.length > ENTRY_LIMIT) break;
    }
  } catch {
    // A folder that may not be listed holds nothing for us.
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
