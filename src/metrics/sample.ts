import { open, opendir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Sample } from './_contract.ts';
import { decodeText } from './encoding.ts';
import { metricsError } from './errors.ts';

const HEAD_BYTES = 65_536;
const LISTING_LIMIT = 500;

/** `http://host/run`, `mlflow:…`, `sqlite:///file.db#run`: asked, not opened. */
export function isAddress(path: string): boolean {
  return /^(?:[a-z][a-z\d+.-]+:\/\/|(?:mlflow|trackio|optuna):)/i.test(path);
}

/** What detection may see of a place that holds no bytes itself. */
export function sampleOf(
  path: string,
  kind: 'directory' | 'address',
  listing: readonly string[] = [],
): Sample {
  return { path, name: basename(path), kind, size: 0, head: Buffer.alloc(0), text: null, listing };
}

/** What detection may see of a file: its first 64 KB, its name, its neighbours. */
export async function takeSample(path: string): Promise<Sample> {
  if (isAddress(path)) return sampleOf(path, 'address');
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, Math.max(size, 4096)));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    const head = buffer.subarray(0, bytesRead);
    const listing = await neighbours(dirname(path));
    const isDatabase = head.toString('latin1', 0, 13) === 'SQLite format';
    return {
      ...(isDatabase && { tables: (await import('./sqlite/tables.ts')).tableNames(path) }),
      path,
      name: basename(path),
      kind: 'file',
      size: Math.max(size, bytesRead),
      head,
      text: decodeText(head),
      listing,
    };
  } catch (error) {
    throw readingError(path, error);
  } finally {
    await handle.close();
  }
}

/** Opens a regular file; everything else (a pipe would block for ever) is refused with a clear error. */
export async function openFile(path: string): Promise<FileHandle> {
  try {
    const status = await stat(path);
    if (!status.isFile()) {
      throw metricsError('METRICS_UNREADABLE', `${path} is not a regular file.`, {
        file: path,
        remedy: 'Name a log file or its folder.',
      });
    }
    return await open(path, 'r');
  } catch (error) {
    throw readingError(path, error);
  }
}

/** The error that says why a path cannot be read. */
export function readingError(path: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('METRIC')) return error as Error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return metricsError('METRICS_NOT_FOUND', `There is no file or folder ${path}.`, {
      file: path,
      remedy: 'Check the path, and whether the training wrote its metrics there.',
      cause: error,
    });
  }
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'permission denied'
      : code === 'ELOOP'
        ? 'a symbolic link that leads to itself'
        : String(error);
  return metricsError('METRICS_UNREADABLE', `${path} cannot be read: ${why}.`, {
    file: path,
    remedy: 'Make it readable for the user who runs Pawl.',
    cause: error,
  });
}

async function neighbours(directory: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of await opendir(directory)) {
      names.push(entry.name);
      if (names.length >= LISTING_LIMIT) break;
    }
  } catch {
    // A folder may forbid listing and still let its files be read.
  }
  return names;
}
