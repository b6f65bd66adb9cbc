import { statfs } from 'node:fs/promises';
import { formatBytes } from '../../bytes.ts';

const MOST_RESERVED_BYTES = 256 * 1024 * 1024;
const RESERVED_SHARE = 0.05;
const FEWEST_INODES = 64;

export interface DiskSpace {
  freeBytes: number;
  totalBytes: number;
  /** null where the file system has no fixed number of them. */
  freeInodes: number | null;
}

export async function diskSpaceOf(directory: string): Promise<DiskSpace | undefined> {
  try {
    const { bavail, bsize, blocks, files, ffree } = await statfs(directory);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, freeInodes: files > 0 ? ffree : null };
  } catch {
    return undefined;
  }
}

/** What must stay free so that the results so far can still be written: relative on small disks. */
export function reservedBytes(totalBytes: number): number {
  return Math.min(MOST_RESERVED_BYTES, totalBytes * RESERVED_SHARE);
}

/** Says why the disk counts as full; undefined while there is room. */
export function fullness(space: DiskSpace, directory: string): string | undefined {
  const reserved = reservedBytes(space.totalBytes);
  if (space.freeBytes < reserved) {
    return `Only ${formatBytes(space.freeBytes)} are free on the disk of ${directory}; ${formatBytes(reserved)} must stay free so that no result gets lost.`;
  }
  if (space.freeInodes !== null && space.freeInodes < FEWEST_INODES) {
    return `The disk of ${directory} can hold only ${space.freeInodes} more files.`;
  }
  return undefined;
}
