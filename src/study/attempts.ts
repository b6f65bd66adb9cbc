import type { StudyRecord } from './record.ts';
import type { Run } from './types.ts';
import type { RunEndCode } from './run-ends.ts';

/** Failures of the machinery, not of the training: repeated with the same seed. */
const INFRASTRUCTURE = new Set(['RUN_LOST', 'EXECUTOR_LOST', 'NODE_FAILED']);
const MOST_ATTEMPTS = 3;

/** The latest attempt at a seed of a trial; an adopted run counts as one. */
export function lastRunOf(record: StudyRecord, trial: string, seed: number | null): Run | undefined {
  let last: Run | undefined;
  for (const run of record.runs.values()) if (run.trial === trial && run.seed === seed) last = run;
  return last;
}

/** Code of a run that was ended because the matter had been settled without it. */
export const NOT_NEEDED = 'RUN_NOT_NEEDED' satisfies RunEndCode;

export function isPending(run: Run): boolean {
  return run.status === 'starting' || run.status === 'running';
}

/**
 * Whether an ended run is to be tried again: it was interrupted, the machinery failed it, or it failed in an earlier
 * session (whoever resumes has mended something). A diverged run is a result and is never repeated.
 */
export function shouldRepeat(record: StudyRecord, run: Run): boolean {
  if (run.status === 'interrupted') return true;
  if (run.status !== 'failed') return false;
  const session = record.sessions.at(-1);
  if (session && run.endedAt !== null && run.endedAt < session.openedAt) return true;
  if (!INFRASTRUCTURE.has(run.failure?.code ?? '')) return false;
  const attempts = [...record.runs.values()].filter(
    (other) => other.trial === run.trial && other.seed === run.seed,
  );
  return attempts.length < MOST_ATTEMPTS;
}
