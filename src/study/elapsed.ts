import type { StudyRecord } from './record.ts';

/** Elapsed wall time over all sessions, the open one up to `now`. */
export function elapsedMs(record: StudyRecord, now: number): number {
  return record.sessions.reduce((sum, { openedAt, closedAt }, index) => {
    const isOpen = index === record.sessions.length - 1;
    return sum + Math.max(0, (closedAt ?? (isOpen ? now : openedAt)) - openedAt);
  }, 0);
}
