import { sep } from 'node:path';
import { phaseOf } from '../phase.ts';

/** `events.out.tfevents.<time>.<host>…`, as every writer names its files; CatBoost leaves the rest away. */
export function isEventsFile(name: string): boolean {
  return name.includes('tfevents') && !/\.(?:gz|zip|tmp)$/i.test(name);
}

/** Folders that are runs of their own, whatever lies above them. */
const RUN_FOLDER = /^(?:version_\d+|[A-Z][a-z]{2}\d{2}_\d{2}-\d{2}-\d{2}.*|\d{8}-\d{6}.*)$/;

/**
 * The event files of the one run a folder holds, in the order they were begun; none where it holds several runs. A folder
 * is a run where it has event files itself, with the sub-folders of its phases and series, or where it has nothing
 * but such phases (Keras' `train` and `validation`).
 */
export function eventFiles(listing: readonly string[]): string[] {
  const files = listing.filter((path) => isEventsFile(path.slice(path.lastIndexOf(sep) + 1)));
  const isOwn = (path: string): boolean => !path.includes(sep);
  const folders = new Set(files.filter((path) => !isOwn(path)).map((path) => path.split(sep)[0] as string));
  const own = files.filter(isOwn);
  if (own.length === 0 && ![...folders].every((folder) => phaseOf(folder) !== undefined)) return [];
  return files
    .filter(
      (path) =>
        !path
          .split(sep)
          .slice(0, -1)
          .some((folder) => RUN_FOLDER.test(folder)),
    )
    .sort((a, b) => begunAt(a) - begunAt(b) || (a < b ? -1 : 1));
}

function begunAt(path: string): number {
  return Number(/tfevents\.(\d+)/.exec(path)?.[1] ?? 0);
}
