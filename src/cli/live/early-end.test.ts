import { expect, test } from 'vitest';
import { RUN_ENDS } from '../../study/run-ends.ts';
import type { Run } from '../../study/types.ts';
import { isEarlyEnd, liveStatus } from './early-end.ts';

const ended = (status: Run['status'], code: string | null): Pick<Run, 'status' | 'failure'> => ({
  status,
  failure: code === null ? null : { code, message: '' },
});

test.each([
  ['finished', null, 'finished'],
  ['stopped', 'RUN_PRUNED', 'pruned'],
  ['stopped', 'RUN_PAUSED', 'paused'],
  ['stopped', 'RUN_FUTILE', 'ended early'],
  ['stopped', 'RUN_SETTLED_EARLY', 'ended early'],
  ['stopped', 'RUN_NOT_NEEDED', 'ended early'],
  ['stopped', 'SMOKE_DONE', 'finished'],
  ['stopped', 'RUN_TIME_LIMIT', 'stopped'],
  ['stopped', null, 'stopped'],
  ['diverged', 'GUARD_NAN', 'diverged'],
  ['failed', 'RUN_PRUNED', 'failed'],
  ['interrupted', 'RUN_INTERRUPTED', 'interrupted'],
] as const)('%s by %s is shown as %s', (status, code, shown) => {
  expect(liveStatus(ended(status, code))).toBe(shown);
});

test('what went wrong is never shown as an end on purpose', () => {
  const bad = ['GUARD_NAN', 'RUN_INTERRUPTED', 'EXECUTOR_LOST', 'NODE_FAILED'];
  const early = Object.keys(RUN_ENDS).filter((code) => isEarlyEnd(liveStatus(ended('stopped', code))));
  expect(early.filter((code) => bad.includes(code))).toEqual([]);
  expect(early).toHaveLength(5);
});
