import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Store } from '../store/_contract.ts';
import type { StudyEvent } from './events.ts';
import { applyEvent, createRecord, type StudyRecord } from './record.ts';

/** A study that is open for writing, under the project's lock. */
export interface Session {
  store: Store;
  record: StudyRecord;
  /** Stores an event and applies it. */
  emit: (event: StudyEvent) => Promise<void>;
}

export const pawlFolder = (root: string): string => join(root, '.pawl');
export const storeFile = (root: string): string => join(pawlFolder(root), 'study.db');

/** `20261122-204510-3f`: sorts by time, unique in the project. */
export function newStudyId(now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${stamp}-${randomBytes(2).toString('hex')}`;
}

export function openSession(
  store: Store,
  record: StudyRecord,
  onEvent: (event: StudyEvent) => void,
): Session {
  return {
    store,
    record,
    async emit(event) {
      applyEvent(record, event);
      await store.append(record, event);
      onEvent(event);
    },
  };
}

export async function createStudy(
  store: Store,
  project: string,
  now: number,
  onEvent: (event: StudyEvent) => void,
): Promise<Session> {
  const record = createRecord(newStudyId(new Date(now)), project, now);
  const session = openSession(store, record, onEvent);
  await session.emit({ type: 'study-created', at: now, study: record.id, project });
  return session;
}
