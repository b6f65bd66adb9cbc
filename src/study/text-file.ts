import { readFile } from 'node:fs/promises';
import { studyError } from './errors.ts';

/** Reads a small UTF-8 file that pawl.yaml names. */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw studyError('FILE_UNREADABLE', `${file} cannot be read: ${(error as Error).message}`, {
      file,
      remedy: 'Correct the path in pawl.yaml, or the permissions of the file.',
      cause: error,
    });
  }
}
