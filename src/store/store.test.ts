import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyEvent, createRecord, type StudyRecord } from '../study/record.ts';
import type { StudyEvent } from '../study/events.ts';
import { newRun } from '../study/new-run.ts';
import type { Store } from './_contract.ts';
import { takeLock } from './lock.ts';
import { openSqliteStore } from './sqlite.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pawl-store-'));
  store = await openSqliteStore(join(folder, 'study.db'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const run = newRun({
  id: 'optimized-1-s42',
  trial: 'optimized-1',
  seed: 42,
  status: 'starting',
  directory: '.pawl/runs/x',
  output: '.pawl/runs/x/output',
  argv: ['true'],
});

const events: StudyEvent[] = [
  { type: 'study-created', at: 1, study: 's1', project: 'p' },
  { type: 'session-opened', at: 2, pid: 7 },
  {
    type: 'iteration-started',
    at: 3,
    start: {
      iteration: 1,
      inputsHash: 'h',
      diagnosis: {
        file: 'r.md',
        rootCauses: [],
        target: null,
        baseline: {},
        expectedOutcome: [],
        recommendations: [],
      },
      changes: [],
      skipped: [],
      warnings: ['w'],
      forced: [],
      level: 'quick',
      seeds: [42],
      plannedPairs: 1,
      alpha: 0.05,
      target: null,
      optimized: 'optimized-1',
      reference: 'baseline',
      baseline: 'baseline',
    },
  },
  {
    type: 'trial-added',
    at: 4,
    trial: {
      id: 'optimized-1',
      kind: 'optimized',
      iteration: 1,
      label: 'Optimized',
      config: 'c',
      configHash: 'x',
      changes: [],
    },
  },
  { type: 'run-starting', at: 5, run },
  { type: 'run-started', at: 6, run: run.id, ticket: { executor: 'local', pid: 12 } },
  { type: 'preflight-done', at: 7, iteration: 1, findings: [], warnings: ['second'] },
  {
    type: 'run-ended',
    at: 8,
    run: run.id,
    ended: {
      status: 'diverged',
      endedAt: 8,
      exitCode: 0,
      value: {
        value: Number.NaN,
        epoch: 1,
        last: Number.NEGATIVE_INFINITY,
        best: 0.5,
        bestEpoch: 1,
        epochs: 2,
        train: null,
        trainLoss: null,
        valLoss: null,
        confirm: null,
        factor: 1,
      },
      failure: null,
      resources: null,
      notes: [],
      metricsFile: 'm.csv',
      metricsFormat: 'csv',
    },
  },
  { type: 'session-closed', at: 9, why: 'done' },
];

async function appendAll(): Promise<StudyRecord> {
  const record = createRecord('s1', 'p', 1);
  for (const event of events) {
    applyEvent(record, event);
    await store.append(record, event);
  }
  return record;
}

test('what is loaded equals the record that was stored and the fold of the stored events', async () => {
  const record = await appendAll();
  expect(await store.load('s1')).toEqual(record);
  const stored = await store.events('s1');
  expect(stored).toEqual(events);
  const replayed = createRecord('s1', 'p', 1);
  for (const event of stored) applyEvent(replayed, event);
  expect(replayed).toEqual(record);
});

test('a summary counts runs by status', async () => {
  await appendAll();
  const summary = await store.summarize('s1');
  expect(summary.runs.diverged).toBe(1);
  expect(summary).toMatchObject({ iteration: 1, isConcluded: false });
  expect(await store.latest()).toBe('s1');
});

test('points are replaced by index and keep NaN', async () => {
  const point = (value: number) => ({ step: null, epoch: 1, values: { loss: value } });
  await store.savePoints('s1', 'r', [
    { index: 0, point: point(1) },
    { index: 1, point: point(2) },
  ]);
  await store.savePoints('s1', 'r', [{ index: 1, point: point(Number.NaN) }]);
  expect(await store.curve('s1', 'r')).toEqual([point(1), point(Number.NaN)]);
  await store.dropPoints('s1', 'r', 1);
  expect(await store.curve('s1', 'r')).toEqual([point(1)]);
});

test('an unknown study is refused', async () => {
  await expect(store.load('nope')).rejects.toMatchObject({ code: 'STUDY_NOT_FOUND', exit: 2 });
});

test('a damaged database is refused with its name', async () => {
  const file = join(folder, 'bad.db');
  writeFileSync(
    file,
    'this is not a database at all, and long enough to have a header of one hundred bytes. '.repeat(4),
  );
  await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'STORE_DAMAGED', file });
});

test('the lock refuses a second holder and takes over from a dead one', () => {
  const stale: number[] = [];
  const release = takeLock(folder, (pid) => stale.push(pid));
  expect(() => takeLock(folder, () => {})).toThrowError(/Another pawl is working/);
  release();
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: 999_999_999, startedAt: '1', since: 0 }));
  takeLock(folder, (pid) => stale.push(pid))();
  expect(stale).toEqual([999_999_999]);
});
