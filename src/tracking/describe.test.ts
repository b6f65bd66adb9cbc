import { expect, test } from 'vitest';
import { createRecord, type StudyRecord } from '../study/record.ts';
import type { Run, RunStatus, TrialKind } from '../study/types.ts';
import { describeRun, describeStudy, flatParams, revisionOf, trackedRuns } from './describe.ts';

function record(...runs: { id: string; trial: string; status: RunStatus }[]): StudyRecord {
  const made = createRecord('study-1', '/work/digits', 1000);
  for (const { id, trial, status } of runs) {
    const kind = trial as TrialKind;
    made.trials.set(trial, {
      id: trial,
      kind,
      iteration: 1,
      label: trial,
      config: 'c.yaml',
      configHash: '',
      changes: [],
    });
    const run: Run = {
      id,
      trial,
      seed: 1,
      attempt: 1,
      status,
      directory: `.pawl/runs/${id}`,
      output: '',
      checkpoints: null,
      metricsFile: null,
      metricsFormat: null,
      argv: ['python', 'train.py', '--name', 'a b'],
      ticket: null,
      startedAt: status === 'adopted' ? null : 2000,
      endedAt: status === 'running' || status === 'adopted' ? null : 3000,
      exitCode: null,
      value: null,
      failure: status === 'failed' ? { code: 'TRAINING_FAILED', message: 'no data' } : null,
      resources: null,
      notes: [],
    };
    made.runs.set(id, run);
  }
  return made;
}

test('check runs and runs that have not begun are not logged', () => {
  const study = record(
    { id: 'a', trial: 'baseline', status: 'finished' },
    { id: 'b', trial: 'smoke', status: 'finished' },
    { id: 'c', trial: 'optimized', status: 'starting' },
  );
  expect(trackedRuns(study).map(({ id }) => id)).toEqual(['a']);
});

test.each<[RunStatus, string, number, number | null]>([
  ['running', 'running', 2000, null],
  ['finished', 'finished', 2000, 3000],
  ['failed', 'failed', 2000, 3000],
  ['diverged', 'failed', 2000, 3000],
  ['stopped', 'killed', 2000, 3000],
  ['interrupted', 'killed', 2000, 3000],
  // An existing run has no times of its own.
  ['adopted', 'finished', 1000, 1000],
])('a run that is %s is shown as %s', (status, shown, startedAt, endedAt) => {
  const study = record({ id: 'a', trial: 'baseline', status });
  const facts = describeRun(study, study.runs.get('a') as Run);
  expect(facts).toMatchObject({ key: 'study-1/a', parent: 'study-1', status: shown, startedAt, endedAt });
  expect(facts.tags).toMatchObject({
    'pawl.study': 'study-1',
    'pawl.trial': 'baseline',
    'pawl.seed': '1',
    'pawl.status': status,
    'pawl.command': "python train.py --name 'a b'",
  });
  expect(facts.tags['pawl.failure']).toBe(status === 'failed' ? 'TRAINING_FAILED: no data' : undefined);
});

test('a study is running while a session is open', () => {
  const study = record({ id: 'a', trial: 'baseline', status: 'running' });
  study.sessions.push({ openedAt: 1000, closedAt: null });
  const open = describeStudy(study);
  expect([open.key, open.name, open.status, open.endedAt]).toEqual([
    'study-1',
    'digits study-1',
    'running',
    null,
  ]);
  study.sessions.push({ openedAt: 4000, closedAt: 5000 });
  const closed = describeStudy(study);
  expect([closed.status, closed.endedAt]).toEqual(['killed', 5000]);
  expect(revisionOf(closed)).not.toBe(revisionOf(open));
});

test('a config by its paths', () => {
  expect(
    flatParams({ model: { dropout: 0.4, name: 'mlp', sizes: [32, 16] }, amp: true, none: null, empty: {} }),
  ).toEqual({
    'model.dropout': 0.4,
    'model.name': 'mlp',
    'model.sizes': '[32,16]',
    amp: true,
    none: 'null',
    empty: '{}',
  });
});
