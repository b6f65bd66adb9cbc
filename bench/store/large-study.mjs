// A study of 10,000 finished runs × 50 epochs: whole-process time of `pawl status`, and of loading it to resume.
// Usage: npm run build && node bench/store/large-study.mjs [--runs 10000] [--epochs 50]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudy } from '../../dist/study/session.js';
import { openSqliteStore } from '../../dist/store/sqlite.js';

const option = (name, fallback) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) || fallback;
const RUNS = option('runs', 10_000);
const EPOCHS = option('epochs', 50);
const pawl = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'pawl');
const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
mkdirSync(join(folder, '.pawl'));
writeFileSync(
  join(folder, 'pawl.yaml'),
  'train: node x.mjs {config}\nbaseline:\n  config: config.yaml\nmetric: val_acc\n',
);
writeFileSync(join(folder, 'config.yaml'), 'epochs: 50\n');
const file = join(folder, '.pawl', 'study.db');

let store = await openSqliteStore(file);
const { record, emit } = await createStudy(store, folder, 1, () => {});
await emit({ type: 'session-opened', at: 1, pid: 1 });
await emit({
  type: 'iteration-started',
  at: 1,
  start: {
    iteration: 1,
    inputsHash: '',
    changes: [],
    skipped: [],
    warnings: [],
    forced: [],
    level: 'standard',
    seeds: [1],
    plannedPairs: 8,
    alpha: 0.05,
    target: null,
    optimized: 'optimized-1',
    reference: 'baseline',
    baseline: 'baseline',
    diagnosis: {
      file: '',
      rootCauses: [],
      target: null,
      baseline: {},
      expectedOutcome: [],
      recommendations: [],
    },
  },
});
const begun = performance.now();
for (let i = 0; i < RUNS; i++) {
  const id = `candidate-${i}`;
  const run = {
    id,
    trial: 'optimized-1',
    seed: i,
    attempt: 1,
    status: 'starting',
    directory: `.pawl/runs/${record.id}/${id}`,
    output: `.pawl/runs/${record.id}/${id}/output`,
    checkpoints: null,
    metricsFile: null,
    metricsFormat: null,
    argv: ['node', 'train.mjs', '--config', 'config.yaml', '--seed', String(i)],
    gpus: [],
    ticket: null,
    startedAt: null,
    endedAt: null,
    exitCode: null,
    value: null,
    failure: null,
    resources: null,
    notes: [],
  };
  await emit({ type: 'run-starting', at: i, run });
  const points = Array.from({ length: EPOCHS }, (_, e) => ({
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
console.log(
  `${RUNS} runs × ${EPOCHS} epochs stored in ${((performance.now() - begun) / 1000).toFixed(1)} s, ${(statSync(file).size / 1e6).toFixed(0)} MB`,
);
await store.close();

const whole = (args) => {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const at = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [pawl, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(String(stderr));
    times.push(performance.now() - at);
  }
  return times.toSorted((a, b) => a - b)[1];
};
const status = whole(['status']);
const at = performance.now();
store = await openSqliteStore(file);
const loaded = await store.load(await store.latest());
const resume = performance.now() - at;
await store.close();
if (loaded.runs.size !== RUNS) throw new Error('not all runs were loaded');
console.log(`pawl status: ${status.toFixed(0)} ms (goal 1000 ms: ${status <= 1000 ? 'met' : 'MISSED'})`);
console.log(
  `loading to resume: ${resume.toFixed(0)} ms (goal 2000 ms: ${resume <= 2000 ? 'met' : 'MISSED'})`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status <= 1000 && resume <= 2000 ? 0 : 1;
