// A project whose study has many finished runs, as the store keeps it.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newRun } from '../../dist/study/new-run.js';
import { createStudy } from '../../dist/study/session.js';
import { openSqliteStore } from '../../dist/store/sqlite.js';
import { iterationStart } from '../iteration.mjs';

/** @returns the project's folder and the file of its store */
export async function makeStudy({ runs, epochs }) {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
  mkdirSync(join(folder, '.pawl'));
  writeFileSync(
    join(folder, 'pawl.yaml'),
    'train: node x.mjs {config}\nbaseline:\n  config: config.yaml\nmetric: val_acc\n',
  );
  writeFileSync(join(folder, 'config.yaml'), 'epochs: 50\n');
  const file = join(folder, '.pawl', 'study.db');
  const store = await openSqliteStore(file);
  const { record, emit } = await createStudy(store, folder, 1, () => {});
  await emit({ type: 'session-opened', at: 1, pid: 1 });
  await emit({ type: 'iteration-started', at: 1, start: iterationStart({ seeds: [1] }) });
  for (let i = 0; i < runs; i++) {
    const id = `candidate-${i}`;
    const directory = `.pawl/runs/${record.id}/${id}`;
    const run = newRun({
      id,
      trial: 'optimized-1',
      seed: i,
      status: 'starting',
      directory,
      output: `${directory}/output`,
      argv: ['node', 'train.mjs', '--config', 'config.yaml', '--seed', String(i)],
    });
    await emit({ type: 'run-starting', at: i, run });
    const points = Array.from({ length: epochs }, (_, e) => ({
      index: e,
      point: {
        step: null,
        epoch: e + 1,
        values: { train_loss: 1 / (e + 1), val_loss: 1.1 / (e + 1), val_acc: 1 - 1 / (e + 2) },
      },
    }));
    await store.savePoints(record.id, id, points);
    await emit({
      type: 'run-ended',
      at: i + 1,
      run: id,
      ended: {
        status: 'finished',
        endedAt: i + 1,
        exitCode: 0,
        failure: null,
        resources: null,
        notes: [],
        metricsFile: 'm',
        metricsFormat: 'jsonl',
        value: {
          value: 0.9,
          epoch: 50,
          last: 0.9,
          best: 0.9,
          bestEpoch: 50,
          epochs: 50,
          train: 0.95,
          trainLoss: 0.1,
          valLoss: 0.2,
          confirm: null,
          factor: 1,
        },
      },
    });
  }
  await store.close();
  return { folder, file };
}
