// Orchestration overhead: 200 trainings that do nothing, 2 slots, against spawning the same processes directly.
// Usage: node bench/engine/overhead.mjs [--runs 200] [--repeat 3]      (after npm run build)
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalExecutor } from '../../dist/execution/executors/local.js';
import { createLauncher } from '../../dist/study/launch.js';
import { runEngine } from '../../dist/study/engine.js';
import { createStudy } from '../../dist/study/session.js';
import { createWatcher } from '../../dist/study/watch.js';
import { openSqliteStore } from '../../dist/store/sqlite.js';
import { loadProject } from '../../dist/project/load.js';
import { iterationStart, trialOf } from '../iteration.mjs';

const option = (name, fallback) =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1] || fallback) || fallback;
const RUNS = option('runs', 200);
const REPEAT = option('repeat', 3);
const SLOTS = 2;

const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
mkdirSync(join(folder, 'out'));
// A training that does nothing but say that it did: one line of metrics.
writeFileSync(
  join(folder, 'noop.mjs'),
  `import { writeFileSync } from 'node:fs';\nwriteFileSync(process.argv[2] + '/metrics.jsonl', '{"epoch":1,"val_acc":0.5}\\n');\n`,
);
writeFileSync(join(folder, 'config.yaml'), 'epochs: 1\n');
writeFileSync(
  join(folder, 'pawl.yaml'),
  'train: node noop.mjs {output}\nbaseline:\n  config: config.yaml\nmetric: val_acc\n',
);

async function direct() {
  let next = 0;
  const worker = async () => {
    while (next < RUNS) {
      const out = join(folder, 'out', String(next++));
      mkdirSync(out, { recursive: true });
      await new Promise((resolve) =>
        spawn('node', ['noop.mjs', out], { cwd: folder, stdio: 'ignore' }).on('exit', resolve),
      );
    }
  };
  await Promise.all(Array.from({ length: SLOTS }, worker));
}

async function orchestrated() {
  rmSync(join(folder, '.pawl'), { recursive: true, force: true });
  const project = await loadProject(join(folder, 'pawl.yaml'));
  const store = await openSqliteStore(join(folder, '.pawl', 'study.db'));
  const now = Date.now;
  const { record, emit } = await createStudy(store, folder, now(), () => {});
  const start = iterationStart({
    level: 'quick',
    plannedPairs: 1,
    optimized: 'noop',
    reference: 'noop',
    baseline: 'noop',
  });
  await emit({ type: 'session-opened', at: now(), pid: process.pid });
  await emit({ type: 'iteration-started', at: now(), start });
  const trial = trialOf('noop', 'optimized', { config: 'config.yaml' });
  await emit({ type: 'trial-added', at: now(), trial });
  const executor = new LocalExecutor();
  const strategy = {
    name: 'bench',
    next: ({ record: { runs } }) => (runs.size < RUNS ? [{ trial: 'noop', seed: runs.size }] : []),
    judge: () => null,
    conclude: ({ record: { runs } }) =>
      runs.size === RUNS && [...runs.values()].every((run) => run.endedAt !== null)
        ? { kind: 'done' }
        : undefined,
  };
  await runEngine({
    record,
    iteration: 1,
    store,
    executor,
    strategy,
    slots: SLOTS,
    stopsOnNan: true,
    now,
    launcher: createLauncher({ project, seedPath: null, gpusPerRun: 0 }),
    watch: createWatcher(project, record),
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: () => {},
  });
  const finished = [...record.runs.values()].filter((run) => run.status === 'finished').length;
  if (finished !== RUNS) throw new Error(`only ${finished} of ${RUNS} runs finished`);
  await executor.close();
  await store.close();
}

const time = async (work) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};
const ratios = [];
await direct();
for (let i = 0; i < REPEAT; i++) {
  const bare = await time(direct);
  const whole = await time(orchestrated);
  ratios.push(whole / bare);
  console.log(
    `${RUNS} trainings, ${SLOTS} slots: direct ${bare.toFixed(0)} ms, orchestrated ${whole.toFixed(0)} ms, ratio ${(whole / bare).toFixed(2)}`,
  );
}
ratios.sort((a, b) => a - b);
const median = ratios[Math.floor(ratios.length / 2)];
console.log(`median ratio ${median.toFixed(2)} (goal: at most 1.5) ${median <= 1.5 ? 'met' : 'MISSED'}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = median <= 1.5 ? 0 : 1;
