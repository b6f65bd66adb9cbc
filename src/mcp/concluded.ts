import { existsSync } from 'node:fs';
import { openSqliteStore } from '../store/sqlite.ts';
import { loadConcluded } from '../study/concluded.ts';
import { storeFile } from '../study/session.ts';
import type { StudyOutcome } from '../study/types.ts';
import { mcpError } from './errors.ts';

export async function concludedIteration(root: string, iteration?: number): Promise<StudyOutcome> {
  const file = storeFile(root);
  if (existsSync(file)) {
    const store = await openSqliteStore(file);
    try {
      const outcome = await loadConcluded(store, iteration);
      if (outcome) return outcome;
    } finally {
      await store.close();
    }
  }
  throw mcpError(
    'MCP_NO_OUTCOME',
    iteration === undefined
      ? 'No iteration has been concluded yet.'
      : `Iteration ${iteration} has not been concluded.`,
    { remedy: 'Call status to see how far the study is, or start one.' },
  );
}
