import { expect, it } from 'vitest';
import { createRecord, type StudyRecord } from '../record.ts';
import type { Run } from '../types.ts';
import { preflight } from './preflight.ts';

const TRIALS = {
  baseline: 'b',
  repeat: 'r',
  optimized: 'o',
  single: [
    { path: 'data.train_samples', trial: 's1' },
    { path: 'model.dropout', trial: 's2' },
  ],
};

function recordOf(statuses: Record<string, Run['status']>): StudyRecord {
  const record = createRecord('study', 'project', 0);
  for (const [trial, status] of Object.entries(statuses))
    record.runs.set(trial, {
      id: trial,
      trial,
      seed: 1,
      status,
      endedAt: 1,
      failure: status === 'failed' ? { code: 'TRAINING_EXIT', message: `${trial} failed` } : null,
    } as Run);
  return record;
}

const conclude = (statuses: Record<string, Run['status']>) =>
  preflight(TRIALS, 1, { pointsWanted: null }).conclude({
    record: recordOf(statuses),
    iteration: {} as never,
    metric: null,
    elapsedMs: 0,
  });

it('waits for the single changes before it blames the optimized config, and names the one that breaks it', () => {
  const early = { b: 'finished', o: 'failed', r: 'finished' } as const;
  expect(conclude(early)).toBeUndefined();
  expect(conclude({ ...early, s1: 'failed', s2: 'finished' })).toEqual({
    kind: 'failed',
    code: 'SMOKE_FAILED',
    message:
      'The short check run of the optimized config failed: o failed data.train_samples makes it fail without the other changes.',
    remedy: 'Leave it out (--without data.train_samples), or mend what the message names.',
  });
});

it('blames the baseline at once', () => {
  expect(conclude({ b: 'failed' })).toMatchObject({
    message: 'The short check run of the baseline config failed: b failed',
  });
});

it('passes where both configs run', () => {
  expect(conclude({ b: 'finished', o: 'finished', r: 'finished', s1: 'finished', s2: 'finished' })).toEqual({
    kind: 'done',
  });
});
