// How often each way of comparing accepts a change, by its true effect, and what it costs: the shipped judgePairs and
// compareGroups against the habits of the field, on normal seeds. Prints `measured (expected)` and fails on a miss.
// Usage: npm run build && node bench/evidence/simulate.mjs [--studies 20000]
import { compareGroups } from '../../dist/evidence/compare.js';
import { judgePairs } from '../../dist/evidence/sequential.js';
import { createRng } from '../../dist/math/rng.js';
import { studentTQuantile } from '../../dist/math/student-t.js';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const studies = Number(option('studies', 20_000));
const alpha = 0.05;
const deltas = [0, 0.5, 1, 2];
const resolution = 1e-9;

/** Both arms on one seed: σ = 1 each, correlation rho, the optimized trial better by delta. */
function drawPair(rng, delta, rho) {
  const shared = Math.sqrt(rho) * rng.normal();
  const own = Math.sqrt(1 - rho);
  return { baseline: shared + own * rng.normal(), optimized: delta + shared + own * rng.normal() };
}

/** Pair by pair; with the first look, the second baseline run comes before the second optimized one, as in a study. */
function sequential(plannedPairs, rho, takesFirstLook = false) {
  return (rng, delta) => {
    const pairs = [];
    for (;;) {
      const pair = { seed: pairs.length, ...drawPair(rng, delta, rho) };
      if (takesFirstLook && pairs.length === 1) {
        const soFar = [...pairs, { ...pair, optimized: 'pending' }];
        const { state } = judgePairs({ pairs: soFar, plannedPairs, alpha, goal: 'max', resolution });
        if (state === 'stop') return { isAccepted: false, runs: 3 };
      }
      pairs.push(pair);
      const { state, verdict } = judgePairs({ pairs, plannedPairs, alpha, goal: 'max', resolution });
      if (state === 'stop') return { isAccepted: verdict === 'better', runs: 2 * pairs.length };
    }
  };
}

function singleRun(rng, delta) {
  const { baseline, optimized } = drawPair(rng, delta, 0);
  return { isAccepted: optimized > baseline, runs: 2 };
}

function threeSeeds(rng, delta) {
  const values = [1, 2, 3].map(() => delta + rng.normal());
  const mean = (values[0] + values[1] + values[2]) / 3;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
  return { isAccepted: mean - 2 * sd > rng.normal(), runs: 4 };
}

function welch(rng, delta) {
  const arm = (mean) => Array.from({ length: 5 }, () => ({ seed: null, value: mean + rng.normal() }));
  const { verdict } = compareGroups({
    baseline: arm(0),
    optimized: arm(delta),
    goal: 'max',
    alpha,
    resolution,
  });
  return { isAccepted: verdict === 'better', runs: 10 };
}

const critical = Array.from({ length: 11 }, (_, n) =>
  n < 2 ? Infinity : studentTQuantile(1 - alpha, n - 1),
);
function peeking(rng, delta) {
  let sum = 0;
  let squares = 0;
  for (let n = 1; n <= 10; n++) {
    const { baseline, optimized } = drawPair(rng, delta, 0);
    sum += optimized - baseline;
    squares += (optimized - baseline) ** 2;
    if (n < 3) continue;
    const sd = Math.sqrt((squares - (sum * sum) / n) / (n - 1));
    if (sum / Math.sqrt(n) / sd >= critical[n]) return { isAccepted: true, runs: 2 * n };
  }
  return { isAccepted: false, runs: 20 };
}

// Expected: % accepted at each effect, mean runs of both arms where they are stated.
const designs = [
  ['single run', singleRun, [50.3, 63.6, 76.1, 92.1], [2]],
  ['3 seeds, mean − 2 sd > one baseline run', threeSeeds, [11.2, 19.6, 30.9, 57.1], [4]],
  ['5 + 5 Welch', welch, [4.7, 16.9, 40.5, 88.2], [10]],
  ['peeking at p < .05 after each pair', peeking, [14.5, 42, 76, 99.6], [18.6]],
  ['sequential N = 8, ρ = 0', sequential(8, 0), [4.6, 17.1, 42.7, 91.3], [6.6, 8.4, 10.0, 10.4]],
  ['sequential N = 10, ρ = 0', sequential(10, 0), [4.5, 20.1, 51.9, 96.6], [8.2, 10.7, 12.7, 11.6]],
  ['sequential N = 8, ρ = .2', sequential(8, 0.2), [4.6, 19.5, 50.0, 95.7], []],
  ['sequential N = 8, ρ = .5', sequential(8, 0.5), [4.6, 26.4, 67.7, 99.5], []],
  // What a study does: the same table, in fewer runs.
  ['the same with the first look, N = 8, ρ = 0', sequential(8, 0, true), [4.6, 17.1, 42.7, 91.3], [], 4],
  ['the same with the first look, N = 10, ρ = 0', sequential(10, 0, true), [4.5, 20.1, 51.9, 96.6], [], 5],
  ['the same with the first look, N = 8, ρ = .5', sequential(8, 0.5, true), [4.6, 26.4, 67.7, 99.5], [], 7],
];

const board = new Scoreboard();
board.heading(
  `Accepted % (expected; ± 0.5 at δ = 0, ± 1.5 elsewhere) / mean runs of both arms (± 0.15), ${studies.toLocaleString('en-US')} studies`,
);
/** Mean runs, by design and effect. */
const cost = [];
const rows = designs.map(([name, study, accepted, runs, like], design) => [
  name,
  ...deltas.map((delta, column) => {
    let count = 0;
    let total = 0;
    for (let i = 0; i < studies; i++) {
      const end = study(createRng(1, like ?? design, column, i), delta);
      if (end.isAccepted) count++;
      total += end.runs;
    }
    const share = board.check((100 * count) / studies, accepted[column], delta === 0 ? 0.5 : 1.5);
    const mean = total / studies;
    (cost[design] ??= []).push(mean);
    // The same draws as in the row without the first look: never more runs than there.
    if (like !== undefined)
      return `${share} / ${board.atMost(mean, Number(cost[like][column].toFixed(2)), 2)}`;
    return `${share} / ${runs[column] === undefined ? mean.toFixed(1) : board.check(mean, runs[column], 0.15)}`;
  }),
]);
board.table(['design', ...deltas.map((delta) => `δ = ${delta} σ`)], rows);

// Seeds that are not normal: the change still does nothing, its mean is the baseline's.
const uniform = (rng) => Math.sqrt(12) * (rng.uniform() - 0.5);
const heavy = (rng) => {
  const chi = [1, 2, 3].reduce((sum) => sum + rng.normal() ** 2, 0);
  return rng.normal() / Math.sqrt(chi / 3) / Math.sqrt(3);
};
const skewed = (rng) => 1 + Math.log(1 - rng.uniform());
const crashing = (rng) => (rng.uniform() < 0.1 ? -6 : 0.6) + rng.normal();
const noises = [
  ['uniform', uniform, uniform],
  ["heavy tails (Student's t, 3 degrees of freedom)", heavy, heavy],
  ['skewed (exponential, tail to the bad side)', skewed, skewed],
  ['one seed in ten fails badly', crashing, crashing],
  ['normal, the optimized trial twice as noisy', (rng) => rng.normal(), (rng) => 2 * rng.normal()],
  ['skewed, the optimized trial twice as noisy', skewed, (rng) => 2 * skewed(rng)],
];
board.heading('Wrong accepts of the sequential test (N = 8) when seeds are not normal, %');
board.table(
  ['seeds', 'accepted'],
  noises.map(([name, baseline, optimized], row) => {
    let count = 0;
    for (let i = 0; i < studies; i++) {
      const rng = createRng(6, row, i);
      const pairs = [];
      for (;;) {
        pairs.push({ seed: pairs.length, baseline: baseline(rng), optimized: optimized(rng) });
        const { state, verdict } = judgePairs({ pairs, plannedPairs: 8, alpha, goal: 'max', resolution });
        if (state === 'continue') continue;
        if (verdict === 'better') count++;
        break;
      }
    }
    return [name, ((100 * count) / studies).toFixed(1)];
  }),
);
board.finish(startedAt);
