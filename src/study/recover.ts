import type { Executor, RunHandle } from '../execution/_contract.ts';
import type { StudyEvent } from './events.ts';
import type { Launcher } from './launch.ts';
import { runOf, type StudyRecord } from './record.ts';
import type { Run } from './types.ts';

/** Finds the runs of an earlier session again: attached, taken as ended, or marked for a new attempt. */
export async function recover(
  options: { record: StudyRecord; executor: Executor; launcher: Launcher; now: () => number },
  emit: (event: StudyEvent) => void,
  supervise: (run: Run, handle: RunHandle, isNew: boolean) => void,
): Promise<void> {
  const { record, executor, launcher } = options;
  for (const run of Array.from(record.runs.values())) {
    if (run.status !== 'starting' && run.status !== 'running') continue;
    const spec = launcher.specOf(record, run);
    const ticket = run.ticket ?? (await executor.find?.(spec));
    const handle = ticket && (await executor.reattach(spec, ticket));
    if (handle) {
      if (run.status === 'starting') {
        emit({ type: 'run-started', at: options.now(), run: run.id, ticket: handle.ticket });
      }
      supervise(runOf(record, run.id), handle, false);
    } else {
      const failure = { code: 'RUN_LOST', message: 'Pawl ended while this run was being started.' };
      const ended = { ...neverRan(run, failure, options.now()), status: 'interrupted' as const };
      emit({ type: 'run-ended', at: options.now(), run: run.id, ended });
    }
  }
}

export function neverRan(run: Run, failure: NonNullable<Run['failure']>, at: number) {
  return {
    status: 'failed' as const,
    endedAt: at,
    exitCode: null,
    value: null,
    failure,
    resources: null,
    notes: run.notes,
    metricsFile: null,
    metricsFormat: null,
  };
}
