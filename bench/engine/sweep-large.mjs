// A sweep of 10,000 trials through the engine, its store and the TPE, with simulated trainings, and its report in the same process
// (which loads the study once more: the peak is rather too high than too low); then the commands on it.
// Usage: npm run build && node bench/engine/sweep-large.mjs [--trials 10000] [--epochs 5] [--method tpe]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../dist/cli/program.js';
import { version } from '../../dist/cli/version.js';
import { loadProject } from '../../dist/project/load.js';
import { keepHeapSmall } from '../../dist/report/heap.js';
import { openSqliteStore } from '../../dist/store/sqlite.js';
import { createReplay } from '../../dist/study/replay.js';
import { createStudy, storeFile } from '../../dist/study/session.js';
import { begin } from '../../dist/study/sweep/begin.js';
import { prepareSweep } from '../../dist/study/sweep/plan.js';
import { openSearch, runSearch } from '../../dist/study/sweep/search.js';

const word = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const TRIALS = Number(word('trials', 10_000));
const EPOCHS = Number(word('epochs', 5));
const METHOD = word('method', 'tpe');
const pawl = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'pawl');

const folder = mkdtempSync(join(tmpdir(), 'pawl-large-'));
writeFileSync(
  join(folder, 'config.yaml'),
  `lr: 0.1\ndropout: 0.0\nmomentum: 0.5\ndecay: 0.1\nunits: 64\nlayers: 2\noptimizer: sgd\nact: relu\nepochs: ${EPOCHS}\n`,
);
writeFileSync(
  join(folder, 'pawl.yaml'),
  `train: node train.mjs {config} {output}
baseline:
  config: config.yaml
metric: val_acc
slots: 2
sweep:
  method: ${METHOD}
  seeds: 1
  patience: false
  pruner: false
  confirm: false
  space:
    lr: { type: loguniform, low: 0.0001, high: 1 }
    dropout: { type: uniform, low: 0, high: 0.9 }
    momentum: { type: uniform, low: 0, high: 0.99 }
    decay: { type: loguniform, low: 0.00001, high: 1 }
    units: { type: int, low: 8, high: 512 }
    layers: { type: int, low: 1, high: 8 }
    optimizer: [sgd, adam, rmsprop]
    act: [relu, tanh, gelu]
`,
);
const accuracy = ({ lr, dropout, momentum, decay, units, layers, optimizer, act }) =>
  1 /
  (1 +
    (Math.log10(lr) + 2) ** 2 +
    (dropout - 0.3) ** 2 +
    (momentum - 0.9) ** 2 +
    decay +
    Math.abs(Math.log2(units / 128)) / 8 +
    Math.abs(layers - 3) / 8 +
    (optimizer === 'adam' ? 0 : 0.1) +
    (act === 'gelu' ? 0 : 0.05));

/** Most resident memory that this process has had, MB; as the kernel counts it. */
const peakMb = () =>
  (1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])) / 1e6;

/** The search. Its memory is free when it is over. */
async function search() {
  const project = await loadProject(join(folder, 'pawl.yaml'));
  const options = {
    iteration: 1,
    smoke: false,
    earlyKill: true,
    extend: false,
    attribute: false,
    without: [],
    resume: false,
    fresh: false,
    force: false,
    dryRun: false,
    cwd: folder,
  };
  const prepared = await prepareSweep(
    project,
    options,
    { trials: TRIALS, retryFailed: false, earlyStop: true },
    undefined,
  );
  const store = await openSqliteStore(storeFile(folder));
  const session = await createStudy(store, folder, Date.now(), () => {});
  const { record } = session;
  const maker = {
    project,
    study: record.id,
    iteration: 1,
    base: prepared.base,
    space: prepared.planned.sweep.space,
    fixed: [],
  };
  const hooks = { now: Date.now, say: () => {}, onPhase: () => {}, onEvent: () => {}, onPoints: () => {} };
  await session.emit({ type: 'session-opened', at: Date.now(), pid: process.pid });
  await begin(session, prepared, maker, hooks);
  const metric = {
    name: 'val_acc',
    wanted: 'val_acc',
    goal: 'max',
    select: 'best',
    scale: 'fraction',
    train: null,
    trainLoss: null,
    valLoss: null,
    note: null,
  };
  await session.emit({ type: 'metric-chosen', at: Date.now(), metric });
  const replay = createReplay({
    metric,
    pointsPerTick: EPOCHS,
    curveOf: (trial) => {
      const value = accuracy(record.trials.get(trial).candidacy.params);
      return Array.from({ length: EPOCHS }, (_, i) => ({
        step: null,
        epoch: i + 1,
        values: { val_acc: value * (1 - Math.exp(-i - 1)) },
      }));
    },
  });
  const opened = openSearch(project, prepared.planned.sweep, {
    iteration: 1,
    isRetry: false,
    slots: 2,
    confirmPairs: 1,
  });
  /** By trial: the longest that choosing it took; asking again is answered from memory. */
  const chosen = new Map();
  const { strategy } = opened;
  const next = strategy.next.bind(strategy);
  strategy.next = (view) => {
    const before = process.cpuUsage();
    const requests = next(view);
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1e3;
    const [{ proposal, trial } = {}] = requests;
    if (proposal) chosen.set(trial, Math.max(took, chosen.get(trial) ?? 0));
    return requests;
  };
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const result = await runSearch(session, opened, maker, {
    record,
    iteration: 1,
    store,
    slots: 2,
    stopsOnNan: true,
    now: Date.now,
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: () => {},
    ...replay,
  });
  const used = process.cpuUsage(cpu);
  const peak = peakMb();
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  const seconds = (performance.now() - begun) / 1000;
  const asks = [...chosen.values()];
  const late = asks.slice(-Math.ceil(asks.length / 20)).sort((a, b) => a - b);
  const at = (share) => late[Math.floor(share * (late.length - 1))];
  console.log(
    `${record.runs.size} trials × ${EPOCHS} epochs, ${METHOD}: ${seconds.toFixed(0)} s, CPU ${((used.user + used.system) / 1e3 / record.runs.size).toFixed(1)} ms a trial; ` +
      `peak memory ${peak.toFixed(0)} MB; ` +
      `CPU for choosing the next, last 5 %: median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms (goal 50: ${at(0.5) < 50 ? 'met' : 'MISSED'}); ` +
      `database ${(statSync(storeFile(folder)).size / 1e6).toFixed(0)} MB`,
  );
  await session.emit({ type: 'session-closed', at: Date.now(), why: 'interrupted' });
  await store.close();
}

// As the command does.
keepHeapSmall();
await search();
process.chdir(folder);
await runProgram(version, ['sweep', '--resume', '-q', '--trials', String(TRIALS)]);
console.log(
  `with its report in the same process: peak memory ${peakMb().toFixed(0)} MB (goal 300: ${peakMb() < 300 ? 'met' : 'MISSED'})`,
);

const whole = (...args) => {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/env',
    ['time', '-f', '%M %U %S', process.execPath, pawl, ...args],
    {
      cwd: folder,
      maxBuffer: 1 << 28,
    },
  );
  const said = String(stderr);
  if (status !== 0) throw new Error(`pawl ${args.join(' ')}: ${said.slice(-2000)}`);
  const [kb, user, system] = said.trim().split('\n').at(-1).split(' ').map(Number);
  console.log(
    `pawl ${args.join(' ')}: ${((performance.now() - from) / 1000).toFixed(1)} s, CPU ${(user + system).toFixed(1)} s, ${(kb / 1000).toFixed(0)} MB, ${stdout.length} bytes out`,
  );
};
const hasTime = spawnSync('/usr/bin/env', ['time', '-f', '%M', 'true']).status === 0;
if (hasTime) {
  whole('status');
  whole('status', '--json');
  whole('sweep', '--resume', '-q', '--trials', String(TRIALS));
  whole('report');
  const report = readFileSync(join(folder, 'results', 'optimization', 'sweep_results.md'), 'utf8');
  const size = (name) => (statSync(join(folder, 'results', 'optimization', name)).size / 1e3).toFixed(0);
  console.log(
    `sweep_results.md ${report.split('\n').length} lines, ${size('sweep_results.md')} kB; JSON ${size('sweep_results.json')} kB; ` +
      `history ${size('sweep_history.svg')} kB, parallel ${size('sweep_parallel.svg')} kB, slices ${size('sweep_slices.svg')} kB`,
  );
} else console.log('GNU time is not installed: the commands were not measured');
if (process.argv.includes('--keep')) console.log(folder);
else rmSync(folder, { recursive: true, force: true });
