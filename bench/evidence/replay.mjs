// Whole studies on real training curves, through the shipped engine and strategy: every pair of configurations of one
// workload (A/B) and every configuration against itself in another order of seeds (A/A), for a single run, three seeds by
// rule of thumb, five and five by Welch's test, and Pawl (N = 5: the data have five seeds).
// Usage: npm run build && node bench/evidence/replay.mjs --data algoperf-pytorch.json.gz [--pairs 60]
import { welchTest } from '../../dist/evidence/welch.js';
import { studentTQuantile } from '../../dist/math/student-t.js';
import { createRng } from '../../dist/math/rng.js';
import { createRecord, applyEvent } from '../../dist/study/record.js';
import { runEngine } from '../../dist/study/engine.js';
import { createFutilityJudge } from '../../dist/study/futility.js';
import { createReplay } from '../../dist/study/replay.js';
import { targeted } from '../../dist/study/strategies/targeted.js';
import { iterationStart, metricOf, trialOf } from '../iteration.mjs';
import { readWorkloads, scheduleSettles } from './real-curves.mjs';
import { option } from './scoreboard.mjs';

const startedAt = performance.now();
const perWorkload = Number(option('pairs', 60));
const SEEDS = [0, 1, 2, 3, 4];
const ALPHA = 0.05;
const SHORTEST = 10;
const TRUE_EFFECT = 2.5;

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const sd = (values) =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));
const best = (values, goal) => (goal === 'max' ? Math.max(...values) : Math.min(...values));

/** Studies: { goal, length, settled, baseline, optimized: curve[seed], effect: true difference in sd, + is better }. */
function* studies(workloads) {
  const rng = createRng(20_261_122);
  for (const [workload, cells] of workloads) {
    const cut = (cell, length) => cell.runs.map((run) => run.slice(0, length).map(([, value]) => value));
    const lengthOf = (...some) => Math.min(...some.flatMap(({ runs }) => runs.map((run) => run.length)));
    for (const cell of cells) {
      const length = lengthOf(cell);
      if (length < SHORTEST) continue;
      const curves = cut(cell, length);
      for (let shift = 1; shift < 5; shift++) {
        const optimized = SEEDS.map((seed) => curves[(seed + shift) % 5]);
        yield {
          kind: 'A/A',
          workload,
          goal: cell.goal,
          length,
          settled: null,
          baseline: curves,
          optimized,
          effect: 0,
        };
      }
    }
    const pairs = cells.flatMap((a) => cells.filter((b) => b !== a).map((b) => [a, b]));
    for (let i = 0; i < perWorkload && pairs.length > 0; i++) {
      const [[a, b]] = pairs.splice(Math.floor(rng.uniform() * pairs.length), 1);
      const length = lengthOf(a, b);
      if (length < SHORTEST) continue;
      const [baseline, optimized] = [cut(a, length), cut(b, length)];
      const values = [baseline, optimized].map((curves) => curves.map((curve) => best(curve, a.goal)));
      const spread = Math.sqrt((sd(values[0]) ** 2 + sd(values[1]) ** 2) / 2);
      if (!(spread > 0)) continue;
      const effect = ((mean(values[1]) - mean(values[0])) / spread) * (a.goal === 'max' ? 1 : -1);
      yield {
        kind: 'A/B',
        workload,
        goal: a.goal,
        length,
        settled: scheduleSettles(a, b),
        baseline,
        optimized,
        effect,
      };
    }
  }
}

const oriented = (study, curve) => best(curve, study.goal) * (study.goal === 'max' ? 1 : -1);

function singleRun(study) {
  const accepted = oriented(study, study.optimized[0]) > oriented(study, study.baseline[0]);
  return { accepted, trainings: 2, epochs: 2 * study.length };
}

function threeSeeds(study) {
  const values = study.optimized.slice(0, 3).map((curve) => oriented(study, curve));
  const accepted = mean(values) - 2 * sd(values) > oriented(study, study.baseline[0]);
  return { accepted, trainings: 4, epochs: 4 * study.length };
}

function fiveByWelch(study) {
  const [baseline, optimized] = [study.baseline, study.optimized].map((curves) =>
    curves.map((curve) => oriented(study, curve)),
  );
  const { t, degreesOfFreedom } = welchTest({
    baseline,
    optimized,
    alpha: ALPHA,
    goal: 'max',
    resolution: 1e-12,
  });
  return {
    accepted: t >= studentTQuantile(1 - ALPHA, degreesOfFreedom),
    trainings: 10,
    epochs: 10 * study.length,
  };
}

const pawlWith = (kills) => async (study) => {
  const metric = metricOf(study.goal);
  const record = createRecord('replay', '.', 0);
  const at = 0;
  applyEvent(record, { type: 'metric-chosen', at, metric });
  applyEvent(record, { type: 'trial-added', at, trial: trialOf('baseline', 'baseline') });
  applyEvent(record, { type: 'trial-added', at, trial: trialOf('optimized-1', 'optimized') });
  const start = iterationStart({ seeds: SEEDS, plannedPairs: 5, alpha: ALPHA });
  applyEvent(record, { type: 'iteration-started', at, start });
  const seen = new Map();
  const replay = createReplay({
    metric,
    pointsPerTick: 1,
    curveOf: (name, seed) =>
      (name === 'baseline' ? study.baseline : study.optimized)[seed].map((value, i) => ({
        step: null,
        epoch: i + 1,
        values: { m: value },
      })),
  });
  const judge = createFutilityJudge({
    candidate: 'optimized-1',
    reference: 'baseline',
    plannedEpochs: study.length,
    schedulesDiffer: study.settled !== null && study.settled > 0,
    pointsOf: (run) => seen.get(run) ?? [],
  });
  const nothing = async () => {};
  const result = await runEngine({
    record,
    iteration: 1,
    slots: 2,
    stopsOnNan: true,
    now: () => 0,
    store: { append: nothing, appendAll: nothing, savePoints: nothing, dropPoints: nothing },
    executor: replay.executor,
    launcher: replay.launcher,
    watch: replay.watch,
    strategy: targeted({ budgetMs: null, judgeRun: kills ? judge : () => null }),
    interrupts: { level: 0, subscribe: () => () => {} },
    onEvent: () => {},
    onPoints: (run, points) => run.trial === 'baseline' && seen.set(run.id, [...points]),
  });
  if (result.kind !== 'verdict') throw new Error(`no verdict: ${JSON.stringify(result)}`);
  const epochs = [...replay.played.values()].reduce((sum, count) => sum + count, 0);
  return { accepted: result.verdict === 'better', trainings: record.runs.size, epochs };
};

const methods = {
  'single run': singleRun,
  '3 seeds, mean − 2 sd > one run': threeSeeds,
  '5 + 5, Welch p < .05': fiveByWelch,
  'Pawl, no run ended early': pawlWith(false),
  Pawl: pawlWith(true),
};
const tally = Object.fromEntries(
  Object.keys(methods).map((name) => [
    name,
    {
      aa: 0,
      aaWrong: 0,
      aaTrainings: 0,
      aaEpochs: 0,
      gains: 0,
      found: 0,
      losses: 0,
      lossWrong: 0,
      small: 0,
      smallGains: 0,
      smallLosses: 0,
      trainings: 0,
      epochs: 0,
      right: 0,
      ab: 0,
    },
  ]),
);
for (const study of studies(readWorkloads())) {
  for (const [name, method] of Object.entries(methods)) {
    const { accepted, trainings, epochs } = await method(study);
    const row = tally[name];
    if (study.kind === 'A/A') {
      row.aa += 1;
      row.aaWrong += accepted ? 1 : 0;
      row.aaTrainings += trainings;
      row.aaEpochs += epochs;
      continue;
    }
    if (Math.abs(study.effect) < TRUE_EFFECT) {
      row.small += 1;
      if (accepted) row[study.effect > 0 ? 'smallGains' : 'smallLosses'] += 1;
      continue;
    }
    row.ab += 1;
    row.trainings += trainings;
    row.epochs += epochs;
    if (study.effect > 0) {
      row.gains += 1;
      row.found += accepted ? 1 : 0;
    } else {
      row.losses += 1;
      row.lossWrong += accepted ? 1 : 0;
    }
    row.right += accepted === study.effect > 0 ? 1 : 0;
  }
}
const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
const rows = Object.entries(tally);
const { aa, gains, losses, small } = rows[0][1];
console.log(
  `${aa} A/A studies; A/B: ${gains} true gains and ${losses} true losses of at least ${TRUE_EFFECT} sd, ${small} smaller differences\n`,
);
console.log(
  '| method | A/A accepted | gains accepted | losses accepted | smaller gains / losses accepted | trainings | A/A trainings | epochs per right verdict, of Welch 5 + 5 | the same with A/A |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
// A verdict is right when a true gain is accepted and a true loss is not; of A/A studies, when nothing is accepted.
const cost = (row) => row.epochs / row.right;
const costWithNull = (row) => (row.epochs + row.aaEpochs) / (row.right + row.aa - row.aaWrong);
const fixed = tally['5 + 5, Welch p < .05'];
const welch = cost(fixed);
for (const [name, row] of rows) {
  console.log(
    `| ${name} | ${percent(row.aaWrong, row.aa)} | ${percent(row.found, row.gains)} | ${percent(row.lossWrong, row.losses)} | ${row.smallGains} / ${row.smallLosses} | ${(row.trainings / row.ab).toFixed(1)} | ${(row.aaTrainings / row.aa).toFixed(1)} | ${percent(cost(row), welch)} | ${percent(costWithNull(row), costWithNull(fixed))} |`,
  );
}
const pawl = tally['Pawl'];
const honest = rows.filter(([, row]) => row.aaWrong / row.aa <= ALPHA);
const checks = [
  [`wrong accepts of A/A at most ${100 * ALPHA} %`, pawl.aaWrong / pawl.aa <= ALPHA],
  [
    'lowest epochs per right verdict of the methods that hold it',
    honest.every(([, row]) => cost(row) >= cost(pawl) - 1e-9),
  ],
  ['at most 45 % of the epochs of Welch 5 + 5', cost(pawl) / welch <= 0.45],
];
console.log('');
for (const [what, isMet] of checks) console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}`);
console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
process.exitCode = checks.every(([, isMet]) => isMet) ? 0 : 1;
