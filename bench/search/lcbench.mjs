// Normalized regret on the LCBench surrogate after 10, 25, 50 and 100 full trainings' worth of epochs: what `pawl sweep`
// does by default (sampler auto, pruner forecast) beside Optuna's methods, all on the same surrogate, tasks and seeds.
// Usage: npm run build && node bench/search/lcbench.mjs --data DIR [--methods pawl,tpe,…] [--seeds 20] [--budget 100]
//        [--tasks all|ID,ID] [--python .bench-venv/bin/python] [--results FILE] [--registry DIR]
// Methods: random, tpe, tpe-hyperband, gp (Optuna's), pawl, pawl-unpruned (its sampler alone), and auto: Optuna's AutoSampler,
// whose code lies in DIR/package (a copy of optuna/optunahub-registry; needs the package optunahub).
// DIR holds model.onnx, encoding.json (slds-lmu/yahpo_data, lcbench) and may come from PAWL_BENCH_DATA + /lcbench.
// --results appends every run to a file and takes from it what is there already, so that a long table can be made in parts.
// Regret = (y* − best) / (y* − y_med): y_med the median of 10,000 uniform configurations at epoch 52, y* the best of those
// and of everything that any method found; best: over trainings finished within the budget. No method is given a start.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createPruner } from '../../dist/search/pruner.js';
import { createSampler } from '../../dist/search/sampler.js';
import { trialOf } from '../../dist/search/trial.js';
import { createRng } from '../../dist/math/rng.js';
import { option } from '../evidence/scoreboard.mjs';
import { EPOCHS, openSurrogate, SPACE, TASKS } from './lcbench-surrogate.mjs';
import { preparePython } from './python.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const data = option('data', join(process.env.PAWL_BENCH_DATA ?? 'data', 'lcbench'));
const methods = String(option('methods', 'random,tpe,tpe-hyperband,gp,pawl')).split(',').filter(Boolean);
const budget = Number(option('budget', 100));
const seeds = Array.from(
  { length: Number(option('seeds', 20)) },
  (_, seed) => seed + Number(option('first-seed', 0)),
);
const asked = String(option('tasks', 'all'));
const tasks = asked === 'all' ? TASKS : asked.split(',');
const results = option('results', '');
const registry = option('registry', '');
/** Most trainings are stopped by then: the rest of the curve is computed where it is needed. */
const EARLY = 8;
const BUDGETS = [10, 25, 50, 100].filter((count) => count <= budget);

const surrogate = await openSurrogate(data);

/** One search: [epochs spent, accuracy] of every finished training. */
async function search(task, seed, method) {
  const setup = { space: SPACE, goal: 'max', seed, plannedTrials: null, fullStep: EPOCHS };
  const sampler = createSampler('auto', setup);
  const pruner = createPruner(method === 'pawl' ? 'forecast' : 'none', setup);
  const history = [];
  const completed = [];
  let spent = 0;
  let asking = 0;
  const timed = (work) => {
    const began = performance.now();
    const result = work();
    asking += performance.now() - began;
    return result;
  };
  for (let number = 0; spent < budget * EPOCHS; number++) {
    const params = timed(() => sampler.suggest(history, number));
    const curve = [...(await surrogate.curvePart(task, params, 1, EARLY))];
    const reports = [];
    let isStopped = false;
    while (reports.length < EPOCHS && spent < budget * EPOCHS && !isStopped) {
      const step = reports.length + 1;
      if (step === EARLY + 1) curve.push(...(await surrogate.curvePart(task, params, step, EPOCHS)));
      reports.push({ step, value: curve[step - 1] });
      spent++;
      if (step === EPOCHS) break;
      if (pruner === null) continue;
      const running = trialOf(number, params, [
        { seed: 0, state: 'running', value: null, reports: [...reports] },
      ]);
      const request = { history: [...history, running], trial: number, seed: 0, judged: step - 1 };
      isStopped = timed(() => pruner.judge(request)).action === 'stop';
    }
    const isWhole = reports.length === EPOCHS;
    const value = isWhole ? curve[EPOCHS - 1] : null;
    if (isWhole) completed.push([spent, value]);
    history.push(
      trialOf(number, params, [{ seed: 0, state: isWhole ? 'complete' : 'pruned', value, reports }]),
    );
  }
  return { method, task, seed, completed, trials: history.length, seconds: asking / 1000 };
}

/** A peer's runs, by one Python process. */
async function* peer(python, method, missing) {
  for (const seed of seeds) {
    const open = missing.filter((run) => run.seed === seed).map((run) => run.task);
    if (open.length === 0) continue;
    const child = spawn(
      python,
      [
        join(here, 'optuna_lcbench.py'),
        data,
        method === 'auto' ? `auto:${registry}/package` : method,
        String(budget),
        open.join(),
        String(seed),
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, OMP_NUM_THREADS: '1' },
      },
    );
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line);
  }
}

const runs = [];
if (results !== '' && existsSync(results)) {
  for (const line of readFileSync(results, 'utf8').split('\n')) if (line !== '') runs.push(JSON.parse(line));
}
const keep = (run) => {
  runs.push({ ...run, budget });
  if (results !== '') appendFileSync(results, `${JSON.stringify({ ...run, budget })}\n`);
};
for (const method of methods) {
  const missing = seeds
    .flatMap((seed) => tasks.map((task) => ({ seed, task })))
    .filter(
      ({ seed, task }) =>
        !runs.some(
          (run) => run.method === method && run.seed === seed && run.task === task && run.budget >= budget,
        ),
    );
  if (missing.length === 0) continue;
  if (method.startsWith('pawl')) for (const { task, seed } of missing) keep(await search(task, seed, method));
  else for await (const run of peer(await preparePython(option('python', '')), method, missing)) keep(run);
}

const references = new Map();
const draw = createRng(2024);
for (const task of tasks) {
  const configs = Array.from({ length: 10_000 }, () => uniform());
  const values = [...(await surrogate.finished(task, configs))].sort((a, b) => a - b);
  const found = runs
    .filter((run) => run.task === task)
    .flatMap((run) => run.completed.map(([, value]) => value));
  references.set(task, {
    median: (values[4999] + values[5000]) / 2,
    best: found.reduce((a, b) => Math.max(a, b), values[9999]),
  });
}
function uniform() {
  const between = (low, high) => low + (high - low) * draw.uniform();
  return Object.fromEntries(
    SPACE.params.map(({ name, kind, isLog, low, high }) => {
      const margin = kind === 'int' ? 0.5 : 0;
      const value = isLog
        ? Math.exp(between(Math.log(low - margin), Math.log(high + margin)))
        : between(low - margin, high + margin);
      return [name, kind === 'int' ? Math.max(low, Math.min(high, Math.round(value))) : value];
    }),
  );
}

function regret({ task, completed }, count) {
  const { median, best } = references.get(task);
  const reached = completed.filter(([spent]) => spent <= count * EPOCHS).map(([, value]) => value);
  // Nothing finished yet: as good as one random draw.
  const value = reached.reduce((a, b) => Math.max(a, b), reached.length > 0 ? -Infinity : median);
  return (best - value) / (best - median);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Mean over tasks of the mean over seeds, and its 95 % interval by a bootstrap of seeds within tasks. */
function summary(chosen, count) {
  const groups = tasks
    .map((task) => chosen.filter((run) => run.task === task).map((run) => regret(run, count)))
    .filter((group) => group.length > 0);
  const stream = createRng(7);
  const means = Array.from({ length: 1000 }, () =>
    mean(groups.map((group) => mean(group.map(() => group[stream.integer(group.length)])))),
  ).sort((a, b) => a - b);
  return { mean: mean(groups.map(mean)), low: means[25], high: means[974], runs: groups.flat().length };
}

console.log(
  `| method | runs | ${BUDGETS.map((count) => `${count} trainings`).join(' | ')} | trials a run | asking, s a run |`,
);
console.log(`|---|---|${BUDGETS.map(() => '---').join('|')}|---|---|`);
const names = [...new Set([...methods, ...runs.map((run) => run.method)])];
for (const method of names) {
  const own = runs.filter(
    (run) => run.method === method && tasks.includes(run.task) && seeds.includes(run.seed),
  );
  if (own.length === 0) continue;
  const cells = BUDGETS.map((count) => {
    const long = own.filter((run) => run.budget >= count);
    if (long.length === 0) return '—';
    const { mean: value, low, high, runs: n } = summary(long, count);
    return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]${n === own.length ? '' : ` (${n} runs)`}`;
  });
  const widest = own.filter((run) => run.budget === Math.max(...own.map((other) => other.budget)));
  console.log(
    `| ${method} | ${own.length} | ${cells.join(' | ')} | ${mean(widest.map((run) => run.trials)).toFixed(0)} | ${mean(widest.map((run) => run.seconds)).toFixed(2)} |`,
  );
}

// The same tasks and seeds: what the methods have in common, whatever else each was run on.
console.log(
  '\nPawl against each, on the tasks and seeds that both have: mean regret, difference and its 95 % interval',
);
console.log('| budget | peer | pairs | pawl | peer | pawl − peer |');
console.log('|---|---|---|---|---|---|');
const of = (method, count) =>
  new Map(
    runs
      .filter((run) => run.method === method && run.budget >= count && tasks.includes(run.task))
      .filter((run) => seeds.includes(run.seed))
      .map((run) => [`${run.task} ${run.seed}`, run]),
  );
for (const count of BUDGETS) {
  const own = of('pawl', count);
  for (const method of names.filter((name) => name !== 'pawl')) {
    const pairs = [...of(method, count)].flatMap(([key, run]) =>
      own.has(key) ? [{ task: run.task, pair: [regret(own.get(key), count), regret(run, count)] }] : [],
    );
    if (pairs.length === 0) continue;
    const groups = tasks
      .map((task) => pairs.filter((item) => item.task === task).map((item) => item.pair))
      .filter((group) => group.length > 0);
    const both = [0, 1].map((side) => mean(groups.map((group) => mean(group.map((pair) => pair[side])))));
    // With one or two seeds a bootstrap within tasks would show no spread: tasks are drawn as well.
    const stream = createRng(11);
    const drawn = Array.from({ length: 1000 }, () =>
      mean(
        groups.map(() => {
          const group = groups[stream.integer(groups.length)];
          return mean(
            group.map(() => {
              const [ours, theirs] = group[stream.integer(group.length)];
              return ours - theirs;
            }),
          );
        }),
      ),
    ).sort((a, b) => a - b);
    const [a, b] = both.map((value) => value.toFixed(3));
    console.log(
      `| ${count} | ${method} | ${pairs.length} | ${a} | ${b} | ${(both[0] - both[1]).toFixed(3)} [${drawn[25].toFixed(3)}, ${drawn[974].toFixed(3)}] |`,
    );
  }
}
