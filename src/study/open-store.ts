import { existsSync } from 'node:fs';
import type { Store } from '../store/_contract.ts';
import { takeLock } from '../store/lock.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { StudyRecord } from './record.ts';
import { pawlFolder, storeFile } from './session.ts';

/** Reads the project's store and closes it again; undefined where there is none, and none is made. */
export async function readStore<T>(root: string, read: (store: Store) => Promise<T>): Promise<T | undefined> {
  const file = storeFile(root);
  if (!existsSync(file)) return undefined;
  const store = await openSqliteStore(file);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** The newest study that has begun an iteration. */
export async function latestStudy(store: Store): Promise<StudyRecord | undefined> {
  const id = await store.latest();
  return id === undefined ? undefined : store.load(id);
}

/** Works on the project's store alone: under its lock, which is given back however the work ends. */
export async function underLock<T>(
  root: string,
  say: (message: string) => void,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const release = takeLock(pawlFolder(root), (pid) =>
    say(`A former pawl (process ${pid}) ended without finishing; its lock was taken over.`),
  );
  try {
    const store = await openSqliteStore(storeFile(root));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    release();
  }
}
