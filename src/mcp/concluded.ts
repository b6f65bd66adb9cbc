import type { SweepSummary } from '../study/sweep/summary.ts';
import { loadConcluded } from '../study/concluded.ts';
import type { FinalOutcome } from '../study/finalize/types.ts';
import { latestStudy, readStore } from '../study/open-store.ts';
import { iterationOf, type StudyRecord } from '../study/record.ts';
import type { StudyOutcome } from '../study/types.ts';
import { mcpError } from './errors.ts';

export interface Concluded {
  outcome: StudyOutcome;
  /** Where its candidates were searched for. */
  sweep: SweepSummary | undefined;
}

/** A concluded iteration; the last one where none is named. */
export async function concludedIteration(root: string, iteration?: number): Promise<Concluded> {
  const found = await readStore(root, async (store): Promise<Concluded | undefined> => {
    const outcome = await loadConcluded(store, iteration);
    if (!outcome) return undefined;
    const record = await store.load(outcome.study.id);
    return { outcome, sweep: await sweepIn(record, outcome.iteration) };
  });
  if (found) return found;
  throw mcpError(
    'MCP_NO_OUTCOME',
    iteration === undefined
      ? 'No iteration has been concluded yet.'
      : `Iteration ${iteration} has not been concluded.`,
    { remedy: 'Call status to see how far the study is, or start one.' },
  );
}

async function sweepIn(record: StudyRecord, number: number): Promise<SweepSummary | undefined> {
  const iteration = iterationOf(record, number);
  if (!iteration.sweep) return undefined;
  const { summarizeSweep } = await import('../study/sweep/summary.ts');
  return summarizeSweep(record, iteration);
}

/** The last finalization that came to its end. */
export async function concludedFinal(root: string): Promise<FinalOutcome> {
  const record = await readStore(root, latestStudy);
  const outcome = record?.finals.findLast((each) => each.outcome !== null)?.outcome;
  if (outcome) return outcome;
  throw mcpError('MCP_NO_OUTCOME', 'Nothing has been finalized yet.', {
    remedy: 'Call start_finalize after a decision finalize or accept.',
  });
}
