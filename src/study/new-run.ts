import type { Run } from './types.ts';

type Given = 'id' | 'trial' | 'seed' | 'status' | 'directory' | 'output';

/** A run of which nothing is known yet but what is said of it. */
export function newRun(known: Pick<Run, Given> & Partial<Run>): Run {
  return {
    attempt: 1,
    checkpoints: null,
    metricsFile: null,
    metricsFormat: null,
    argv: [],
    ticket: null,
    startedAt: null,
    endedAt: null,
    exitCode: null,
    value: null,
    failure: null,
    resources: null,
    notes: [],
    ...known,
  };
}
