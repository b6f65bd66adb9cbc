import { describe, expect, it } from 'vitest';
import { createRecord, type StudyRecord } from '../record.ts';
import type { Run, RunStatus } from '../types.ts';
import type { StrategyView } from './_contract.ts';
import { final } from './final.ts';

function view(runs: readonly (readonly [number, RunStatus])[]): StrategyView {
  const record: StudyRecord = createRecord('s', '/p', 0);
  runs.forEach(([seed, status], index) => {
    const run = { id: `r${index}`, trial: 'final-1', seed, status, failure: null, endedAt: 1 };
    record.runs.set(run.id, run as unknown as Run);
  });
  return { record, iteration: {} as StrategyView['iteration'], metric: null, elapsedMs: 0 };
}

describe('final', () => {
  const strategy = final('final-1', [1, 2]);
  it.each([
    ['nothing yet', [], [1, 2], undefined],
    ['one runs', [[1, 'running']], [2], undefined],
    ['one was interrupted', [[1, 'interrupted']], [1, 2], undefined],
    [
      'one failed',
      [
        [1, 'failed'],
        [2, 'running'],
      ],
      [],
      'failed',
    ],
    ['one diverged', [[1, 'diverged']], [2], 'failed'],
    [
      'all ended well',
      [
        [1, 'finished'],
        [2, 'finished'],
      ],
      [],
      'done',
    ],
  ] as const)('%s', (_name, runs, wanted, conclusion) => {
    const seen = view(runs);
    expect(strategy.next(seen).map(({ seed }) => seed)).toEqual(wanted);
    expect(strategy.conclude(seen)?.kind).toBe(conclusion);
  });
});
