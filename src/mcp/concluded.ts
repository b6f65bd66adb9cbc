import { loadConcluded } from '../study/concluded.ts';
import { readStore } from '../study/open-store.ts';
import type { StudyOutcome } from '../study/types.ts';
import { mcpError } from './errors.ts';

export async function concludedIteration(root: string, iteration?: number): Promise<StudyOutcome> {
  const outcome = await readStore(root, (store) => loadConcluded(store, iteration));
  if (outcome) return outcome;
  throw mcpError(
    'MCP_NO_OUTCOME',
    iteration === undefined
      ? 'No iteration has been concluded yet.'
      : `Iteration ${iteration} has not been concluded.`,
    { remedy: 'Call status to see how far the study is, or start one.' },
  );
}
