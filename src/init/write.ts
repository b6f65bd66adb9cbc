import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { PawlError } from '../errors.ts';
import { initError } from './errors.ts';

/** Writes at once or not at all; a former file is kept as pawl.yaml.previous-N. Returns its new name. */
export async function writeProject(
  file: string,
  text: string,
  former: string | undefined,
): Promise<string | null> {
  try {
    return await replace(file, text, former);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error instanceof PawlError) throw error;
    throw initError('INIT_NOT_WRITABLE', `${file} cannot be written (${String(error.code)}).`, {
      file,
      remedy: 'Check the permissions of the folder, and whether something else of that name is in the way.',
      cause: error,
    });
  }
}

async function replace(file: string, text: string, former: string | undefined): Promise<string | null> {
  if (former === text) return null;
  if (former === undefined) {
    await writeFile(file, text, { flag: 'wx' });
    return null;
  }
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  const kept = await keep(file, former);
  await rename(temporary, file);
  return kept;
}

async function keep(file: string, former: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = `${file}.previous-${n}`;
    try {
      await writeFile(name, former, { flag: 'wx' });
      return basename(name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** A baseline config that was made from a script's defaults; one that is there already stays. */
export async function writeDerived(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}
