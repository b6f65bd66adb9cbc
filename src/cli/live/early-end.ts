import type { RunEndCode } from '../../study/run-ends.ts';
import type { Run, RunStatus } from '../../study/types.ts';

/** How a run ended that was ended on purpose although nothing was wrong with it. */
export type EarlyEnd = 'pruned' | 'paused' | 'ended early';

/** A run's status as it is shown. */
export type LiveStatus = RunStatus | EarlyEnd;

const EARLY_ENDS = new Map<string, LiveStatus>([
  ['RUN_PRUNED', 'pruned'],
  ['RUN_PAUSED', 'paused'],
  ['RUN_FUTILE', 'ended early'],
  ['RUN_SETTLED_EARLY', 'ended early'],
  ['RUN_NOT_NEEDED', 'ended early'],
  // A check run that is cut after its first points has done what it was for.
  ['SMOKE_DONE', 'finished'],
] satisfies [RunEndCode, LiveStatus][]);

export function liveStatus({ status, failure }: Pick<Run, 'status' | 'failure'>): LiveStatus {
  const early = status === 'stopped' && failure ? EARLY_ENDS.get(failure.code) : undefined;
  return early ?? status;
}

export const isEarlyEnd = (status: LiveStatus): status is EarlyEnd =>
  status === 'pruned' || status === 'paused' || status === 'ended early';
