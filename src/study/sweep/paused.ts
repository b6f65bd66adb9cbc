import type { Report } from '../../search/_contract.ts';
import type { Run } from '../types.ts';

/** Code of a run that waits at a rung: it goes on, or begins again, when its trial is promoted. */
export const PAUSED = 'RUN_PAUSED';

export const isPaused = (run: Run): boolean => run.status === 'stopped' && run.failure?.code === PAUSED;

/** Whether a run went on where a former attempt had stopped, rather than beginning again. */
export const continues = (run: Run, former: Run | undefined): boolean =>
  former !== undefined && former.id !== run.id && former.output === run.output;

/** Epochs that a run itself trained: the log of one that went on holds those of the former attempt as well. */
export function trainedEpochs(run: Run, former: Run | undefined): number {
  const epochs = run.value?.epochs ?? 0;
  const before = continues(run, former) ? (former?.value?.epochs ?? 0) : 0;
  return epochs >= before ? epochs - before : epochs;
}

/** What a promoted training has shown so far: the reports of the former attempt until it has come as far itself. */
export function joinReports(former: readonly Report[], own: readonly Report[]): readonly Report[] {
  const first = own[0]?.step ?? Infinity;
  const last = own.at(-1)?.step ?? -Infinity;
  const reached = former.at(-1)?.step ?? -Infinity;
  if (last < reached) return former;
  const kept = former.filter(({ step }) => step < first);
  return kept.length === 0 ? own : [...kept, ...own];
}
