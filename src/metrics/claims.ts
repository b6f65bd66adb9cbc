import { join } from 'node:path';
import type { MetricFormat } from './_contract.ts';

interface Claimant {
  path: string;
  format: MetricFormat;
  /** Paths of the files a folder's log is made of; absent for a file. */
  members?: readonly string[];
}

/** The paths of the files that a folder's log is made of. */
export function membersOf(folder: string, format: MetricFormat, listing: readonly string[]): string[] {
  return (format.members?.(listing) ?? []).map((member) => join(folder, member));
}

/** Without the files, and the folders of nothing but files, that are part of another's log in the same format. */
export function withoutParts<T extends Claimant>(candidates: readonly T[]): T[] {
  const folders = candidates.filter(({ members }) => members !== undefined && members.length > 0);
  const claims = folders.map(({ members }) => new Set(members));
  return candidates.filter((candidate) => {
    const own = candidate.members ?? [candidate.path];
    return !folders.some((folder, i) => {
      const claim = claims[i] as Set<string>;
      if (folder === candidate || !own.every((path) => claim.has(path))) return false;
      return candidate.members === undefined || folder.path.length < candidate.path.length;
    });
  });
}
