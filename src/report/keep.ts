import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, parse, join } from 'node:path';

/** `results.md` → `results.previous-2.md`. */
function previousName(file: string, n: number): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}.previous-${n}${ext}`);
}

/**
 * Writes a file whole or not at all. One that is there and differs is kept beside it under the first free
 * `previous` name, which is returned.
 */
export async function writeKeeping(file: string, content: string | Buffer): Promise<string | null> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const present = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (present?.equals(bytes)) return null;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const kept = present === undefined ? null : await keep(file);
    await rename(temporary, file);
    return kept;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A second name for the file: unlike a rename it never leaves a moment without the file, and never replaces one. */
async function keep(file: string): Promise<string> {
  for (let n = 1; ; n++) {
    const previous = previousName(file, n);
    try {
      await link(file, previous);
      return previous;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK' && code !== 'ENOSYS') throw error;
      await copyNew(file, previous);
      return previous;
    }
  }
}

/** For file systems without hard links. */
async function copyNew(from: string, to: string): Promise<void> {
  const handle = await open(to, 'wx');
  try {
    await handle.writeFile(await readFile(from));
  } finally {
    await handle.close();
  }
}
