import type { Project } from '../project/load.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { storeError } from '../store/errors.ts';
import type { StudyRecord } from '../study/record.ts';
import { storeFile } from '../study/session.ts';
import { existsSync } from 'node:fs';
import { TrackerFailure } from './_contract.ts';
import { trackingError } from './errors.ts';
import { Ledger } from './ledger.ts';
import { ledgerName, openTracker } from './open-tracker.ts';
import { Sender } from './sender.ts';
import { folderOfLedgers, StudySource } from './source.ts';
import { countWaiting } from './standing.ts';
import { type Target, targetsOf } from './targets.ts';
import { TrackingLock } from './tracking-lock.ts';

export interface SyncOptions {
  /** Every study of the project, not only the newest. */
  all: boolean;
  /** Compares with what the trackers hold, whatever was noted as sent. */
  check: boolean;
  say: (message: string) => void;
}

export interface Synced {
  study: string;
  tracker: Target['kind'];
  target: string;
  runs: number;
  /** Runs that were sent now. */
  sent: number;
  waiting: number;
  problem: string | null;
}

/** Sends to the trackers what they do not have yet; also of studies that ran before there was a `tracking:`. */
export async function sync(project: Project, { all, check, say }: SyncOptions): Promise<Synced[]> {
  const targets = targetsOf(project, process.env);
  if (targets.length === 0) {
    throw trackingError('TRACKING_NONE', 'pawl.yaml has no `tracking:`, so there is nowhere to send to.', {
      file: project.file,
      remedy: 'Add it, such as `tracking: { tensorboard: runs }`, or `tracking: http://127.0.0.1:5000`.',
    });
  }
  const file = storeFile(project.root);
  const store = existsSync(file) ? await openSqliteStore(file) : undefined;
  const lock = new TrackingLock(folderOfLedgers(project.root));
  try {
    const latest = await store?.latest();
    if (!store || latest === undefined) {
      throw storeError('STUDY_NOT_FOUND', 'This project has no study yet.', {
        file,
        remedy: 'Start one with `pawl optimize`.',
      });
    }
    const synced: Synced[] = [];
    for (const id of all ? (await store.list()).reverse() : [latest]) {
      const record = await store.load(id);
      for (const target of targets) {
        // The reports on disk are those of the newest study.
        const hasReports = id === latest;
        synced.push(await syncOne(project, record, target, { check, say, lock, hasReports }));
      }
    }
    return synced;
  } finally {
    await store?.close();
    lock.release();
  }
}

async function syncOne(
  project: Project,
  record: StudyRecord,
  target: Target,
  of: { check: boolean; say: (message: string) => void; lock: TrackingLock; hasReports: boolean },
): Promise<Synced> {
  const source = new StudySource(project, record);
  source.hasReports = of.hasReports;
  const ledger = new Ledger(folderOfLedgers(project.root), record.id, ledgerName(target));
  const tracker = await openTracker(target);
  const takeLock = (): void => of.lock.take();
  const sender = new Sender({ tracker, source, ledger, takeLock, say: of.say, isCheck: of.check });
  let problem: string | null = null;
  const before = of.check ? 0 : source.keys().length - countWaiting(source, ledger).waiting;
  try {
    await sender.drain(source.keys());
  } catch (error) {
    if (!(error instanceof TrackerFailure)) throw error;
    problem = error.message;
    ledger.setProblem(problem, Date.now());
  } finally {
    await source.close();
  }
  const { runs, waiting } = countWaiting(source, ledger);
  const sent = Math.max(0, source.keys().length - waiting - before);
  return { study: record.id, tracker: target.kind, target: tracker.target, runs, sent, waiting, problem };
}
