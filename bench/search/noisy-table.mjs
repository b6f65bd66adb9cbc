// Choosing under seed noise: which configuration does a sweep choose in the end, and how good does it say that is?
// Usage: npm run build && OPTUNA_PYTHON=…/python node bench/search/noisy-table.mjs --data DIR/mlp-table
//        [--tables car,credit_g,phoneme,segment] [--repeats 200] [--trials N] [--methods pawl,single,…] [--results FILE]
// A run returns the value of one of the five seeds of its configuration. True regret: best five-seed mean of the table − that
// of the configuration chosen. Overclaim: the value reported for it − its five-seed mean.
// pawl: the shipped sweep (`sweep-replay.mjs`) with its defaults: a first configuration (drawn uniformly), sampler auto,
// racing on three of the seeds, final round on the other two; nothing is left for the test, which is not held. Reported: the
// expected value of the winner after the final round (search: of the best one before it). The order of the seeds is drawn
// for each repetition. Peers spend exactly the runs that pawl spent in the same repetition.
// Two overclaims, since there are two things to be said of a configuration. Any seed: its expected value for a seed yet unseen, which
// is what `pawl sweep` reports, − its five-seed mean. That mean is itself flattered where all five had a part in the choice, so
// this comes out too low. Five seeds: what is expected of just these five (`standingsOf` with `seeds: 5`) − the same mean; 0 by
// construction where the chosen one has had them all.
// --known: seeds without end and a truth that is known, made of the same tables: a seed is a mixture of the five real ones (weights
// uniform on the simplex, scaled so that each configuration scatters as it does in the table), and the five-seed mean is what
// all of them scatter about. The overclaim for any seed is against that truth; "five seeds" shows what the measure above would say.
// single: the best of that many uniformly drawn configurations, each run once with a seed of its own; reported: its value.
// The mean of 20 such searches, so that the reference is known better than what is held against it.
// single-shared: all with the same seed. tpe, tpe-shared: Optuna's TPESampler (default) instead of uniform draws.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRng } from '../../dist/math/rng.js';
import { readSpace } from '../../dist/search/space/read.js';
import { standingsOf } from '../../dist/search/racing.js';
import { sweepPlan } from '../../dist/study/sweep/sweep-plan.js';
import { mergeWish } from '../../dist/study/sweep/wish.js';
import { option } from '../evidence/scoreboard.mjs';
import { mixtures, NAMES, openTable } from './mlp-table.mjs';
import { replaySweep } from './sweep-replay.mjs';

const folder = option('data', join(process.env.PAWL_BENCH_DATA ?? 'data', 'mlp-table'));
const tables = String(option('tables', 'car,credit_g,phoneme,segment')).split(',');
const repeats = Number(option('repeats', 200));
const firstRepeat = Number(option('first', 0));
const trials = option('trials', '') === '' ? null : Number(option('trials', ''));
const isKnown = process.argv.includes('--known');
const everyMethod = isKnown ? 'pawl,single' : 'pawl,single,single-shared,tpe,tpe-shared';
const methods = String(option('methods', everyMethod)).split(',');
const results = option('results', '');

const SEARCH_SEEDS = [0, 1, 2];
const FINAL_SEEDS = [3, 4];
const FIVE = [0, 1, 2, 3, 4];
/** Searches of single runs in one repetition. */
const SINGLES = 20;
/** A run of its own has a seed of its own: as many as any peer needs. */
const MANY = 1e6;

function shuffled(rng, count) {
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = rng.integer(at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

async function pawl(table, repeat) {
  const rng = createRng(1_000 + repeat);
  const order = shuffled(rng, table.seeds);
  const first = [{ number: 0, params: table.paramsOf(rng.integer(table.count)), origin: 'baseline' }];
  const wish = { ...mergeWish({ retryFailed: false }), trials, seed: repeat };
  const plan = sweepPlan(readSpace(table.space), wish, { first, fullEpochs: null, firstSeed: 0 });
  if (plan.seeds.join() !== SEARCH_SEEDS.join()) throw new Error(`seeds ${plan.seeds.join()}`);
  if (plan.confirm.seeds.length !== 2) throw new Error(`final seeds ${plan.confirm.seeds.join()}`);
  plan.confirm = { ...plan.confirm, seeds: FINAL_SEEDS };
  const value = isKnown ? mixtures(table, repeat) : (row, seed) => table.value(row, order[seed]);
  const valueOf = (params, seed) => value(table.rowOf(params), seed);
  const { winner, claimed, runs, searched, history } = await replaySweep({ plan, valueOf });
  const row = table.rowOf(winner.candidate.search.params);
  const { ranked } = standingsOf(history, 'max', { seeds: FIVE.length });
  const ofFive = ranked.find(({ trial }) => trial === winner.candidate.search.number);
  const five = FIVE.reduce((sum, seed) => sum + value(row, seed), 0) / FIVE.length;
  return {
    row,
    reported: winner.posterior,
    five: isKnown ? winner.posterior - five : ofFive.expected - five,
    claim: { row: table.rowOf(claimed.candidate.search.params), reported: claimed.posterior },
    runs,
    searched,
  };
}

function single(table, rng, value, runs, isShared) {
  const seeds = isKnown ? MANY : table.seeds;
  const shared = rng.integer(seeds);
  let row = -1;
  let reported = -Infinity;
  for (let run = 0; run < runs; run++) {
    const other = rng.integer(table.count);
    const seed = rng.integer(seeds);
    const got = value(other, isShared ? shared : seed);
    if (got > reported) [row, reported] = [other, got];
  }
  return { row, reported };
}

function singles(table, repeat, runs, isShared, scored) {
  const rng = createRng(500_000 + repeat);
  const value = isKnown ? mixtures(table, repeat) : table.value;
  const found = Array.from({ length: SINGLES }, () => scored(single(table, rng, value, runs, isShared)));
  return {
    regret: mean(found.map((each) => each.regret)),
    overclaim: mean(found.map((each) => each.overclaim)),
  };
}

/** Optuna's best trial of as many runs. */
function startOptuna(table, isShared) {
  const python = process.env['OPTUNA_PYTHON'] ?? 'python3';
  const script = fileURLToPath(new URL('optuna_table.py', import.meta.url));
  const sizes = NAMES.map((name) => table.space[name].length).join();
  const file = join(folder, `${table.name}.f32.gz`);
  const child = spawn(python, ['-W', 'ignore', script, file, sizes, isShared ? 'shared' : 'own'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(repeat, runs) {
      child.stdin.write(`${JSON.stringify({ seed: repeat, runs })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`Optuna ended; give a Python that has it in OPTUNA_PYTHON (now ${python}).`);
      return { ...JSON.parse(value), runs };
    },
    stop: () => child.stdin.end(),
  };
}

const rows = new Map();
const keyOf = (method, table, repeat) => `${method} ${table} ${repeat}`;
if (results !== '' && existsSync(results)) {
  for (const line of readFileSync(results, 'utf8').split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line);
    rows.set(keyOf(row.method, row.table, row.repeat), row);
  }
}
const keep = (row) => {
  rows.set(keyOf(row.method, row.table, row.repeat), row);
  if (results !== '') appendFileSync(results, `${JSON.stringify(row)}\n`);
};
const numbers = Array.from({ length: repeats }, (_, at) => firstRepeat + at);
for (const name of tables) {
  const table = openTable(folder, name);
  const scored = (found) => ({
    regret: table.best - table.truth[found.row],
    overclaim: found.reported - table.truth[found.row],
    ...(found.five === undefined ? {} : { five: found.five }),
  });
  for (const method of methods) {
    const missing = numbers.filter((repeat) => !rows.has(keyOf(method, name, repeat)));
    const optuna =
      method.startsWith('tpe') && missing.length > 0 ? startOptuna(table, method === 'tpe-shared') : null;
    for (const repeat of missing) {
      if (method === 'pawl') {
        const began = process.cpuUsage();
        const found = await pawl(table, repeat);
        const { user, system } = process.cpuUsage(began);
        const { runs, searched } = found;
        const common = { table: name, repeat, runs };
        keep({ ...common, method, searched, ...scored(found), seconds: (user + system) / 1e6 });
        keep({ ...common, method: 'pawl-search', ...scored(found.claim) });
        continue;
      }
      const ours = rows.get(keyOf('pawl', name, repeat));
      if (ours === undefined) throw new Error('the peers spend what pawl spent: run pawl first');
      const found =
        optuna === null
          ? singles(table, repeat, ours.runs, method === 'single-shared', scored)
          : scored(await optuna.ask(repeat, ours.runs));
      keep({ method, table: name, repeat, runs: ours.runs, ...found });
    }
    optuna?.stop();
  }
}

function mean(list) {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}
function interval(list, of = mean) {
  const rng = createRng(7);
  const drawn = Array.from({ length: 1000 }, () => of(list.map(() => list[rng.integer(list.length)])));
  drawn.sort((a, b) => a - b);
  return [drawn[25], drawn[974]];
}
const four = (value) => value.toFixed(4);
const cell = (list) => `${four(mean(list))} [${interval(list).map(four).join(', ')}]`;
const shown = ['pawl', 'pawl-search', ...methods.filter((method) => method !== 'pawl')];
console.log('| table | method | runs | true regret | of single | overclaim, any seed | five seeds |');
console.log('|---|---|---|---|---|---|---|');
const checks = [];
for (const name of [...tables, 'all']) {
  const listOf = (method) =>
    (name === 'all' ? tables : [name]).flatMap((table) =>
      numbers.flatMap((repeat) => rows.get(keyOf(method, table, repeat)) ?? []),
    );
  const reference = listOf('single');
  const shareOf = (pairs) =>
    mean(pairs.map(([own]) => own.regret)) / mean(pairs.map(([, other]) => other.regret));
  for (const method of shown) {
    const list = listOf(method);
    if (list.length === 0) continue;
    const pairs = list.map((own, at) => [own, reference[at]]);
    const share = reference.length === list.length ? shareOf(pairs) : Number.NaN;
    const [low, high] =
      reference.length === list.length ? interval(pairs, shareOf) : [Number.NaN, Number.NaN];
    const overclaims = list.map(({ overclaim }) => overclaim);
    const fives = list.flatMap(({ five }) => five ?? []);
    console.log(
      `| ${name} | ${method} | ${mean(list.map(({ runs }) => runs)).toFixed(1)} | ${cell(list.map(({ regret }) => regret))} | ${(100 * share).toFixed(0)} % [${(100 * low).toFixed(0)}, ${(100 * high).toFixed(0)}] | ${cell(overclaims)} | ${fives.length === list.length ? cell(fives) : ''} |`,
    );
    if (method === 'pawl') {
      const [what, matching] = isKnown ? ['any seed', overclaims] : ['five seeds', fives];
      checks.push([`${name}: overclaim (${what}) within ± 0.003`, Math.abs(mean(matching)) <= 0.003]);
      if (Number.isFinite(share))
        checks.push([`${name}: at most half the regret of single runs`, share <= 0.5]);
    }
  }
}
console.log('');
for (const [what, isMet] of checks) console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}`);
const spent = numbers.flatMap((repeat) =>
  tables.flatMap((table) => rows.get(keyOf('pawl', table, repeat))?.seconds ?? []),
);
if (spent.length > 0) console.log(`CPU ${mean(spent).toFixed(2)} s a sweep`);
