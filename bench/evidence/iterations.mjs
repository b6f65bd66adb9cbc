// Error over the iterations of a study, and the forecast of the next gain.
// Three iterations without any effect against one baseline whose runs are reused: how often is anything accepted?
// Usage: npm run build && node bench/evidence/iterations.mjs [--studies 20000]
import { alphaForIteration } from '../../dist/evidence/alpha.js';
import { expectedGain } from '../../dist/evidence/expected-gain.js';
import { judgePairs } from '../../dist/evidence/sequential.js';
import { createRng } from '../../dist/math/rng.js';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const studies = Number(option('studies', 20_000));
const N = 8;
const ITERATIONS = 3;

function judgeNext(incumbent, draw, alpha) {
  const pairs = [];
  for (;;) {
    const seed = pairs.length;
    pairs.push({ seed, baseline: incumbent(seed), optimized: draw() });
    const verdict = judgePairs({ pairs, plannedPairs: N, alpha, goal: 'max', resolution: 1e-9 });
    if (verdict.state === 'stop') return { verdict, runs: pairs };
  }
}

/** Values of a trial by seed, drawn when first asked for and kept. */
function trial(rng, mean, known = []) {
  const values = [...known];
  return (seed) => (values[seed] ??= mean + rng.normal());
}

function anyAccepted(rng, alphaOf) {
  let incumbent = trial(rng, 0);
  const accepted = [];
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const { verdict, runs } = judgeNext(incumbent, () => rng.normal(), alphaOf(iteration, accepted));
    accepted.push(verdict.verdict === 'better');
    if (accepted.at(-1))
      incumbent = trial(
        rng,
        0,
        runs.map(({ optimized }) => optimized),
      );
  }
  return accepted.includes(true);
}

function anySingleAccepted(rng) {
  let incumbent = rng.normal();
  let isAccepted = false;
  for (let iteration = 1; iteration <= ITERATIONS; iteration++) {
    const value = rng.normal();
    if (value > incumbent) {
      isAccepted = true;
      incumbent = value;
    }
  }
  return isAccepted;
}

function share(stream, study) {
  let count = 0;
  for (let i = 0; i < studies; i++) if (study(createRng(2, stream, i))) count++;
  return (100 * count) / studies;
}

const board = new Scoreboard();
board.heading(
  `Three iterations that change nothing: % of ${studies.toLocaleString('en-US')} studies that accept anything`,
);
const fallback = share(0, (rng) =>
  anyAccepted(rng, (i, accepted) => alphaForIteration(i, accepted, 0.05).alpha),
);
const uncorrected = share(1, (rng) => anyAccepted(rng, () => 0.05));
const single = share(2, anySingleAccepted);
board.table(
  ['way of deciding', 'accepts anything, %'],
  [
    ['Pawl: fallback α (must stay at or under 5)', board.atMost(fallback, 5)],
    ['the same test at α = .05 each time', board.check(uncorrected, 12, 1)],
    ['single runs', board.check(single, 75, 1)],
  ],
);

board.heading(
  'Forecast of the next gain, in σ, against what simulated iterations gained (± 4 standard errors)',
);
const forecasts = [0, 0.5, 1, 2, 4].map((lastShrunkenGain, row) => {
  const design = { sigma: 1, sdDifference: Math.SQRT2, plannedPairs: N, alpha: 0.05 };
  const expected = expectedGain({ ...design, lastShrunkenGain });
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < studies; i++) {
    const rng = createRng(3, row, i);
    const g = expected.prior.mean + expected.prior.sd * rng.normal();
    const { verdict } = judgeNext(trial(rng, 0), () => g + rng.normal(), 0.05);
    const gain = verdict.verdict === 'better' ? g : 0;
    sum += gain;
    squares += gain * gain;
  }
  const mean = sum / studies;
  const error = Math.sqrt((squares / studies - mean * mean) / studies);
  return [
    lastShrunkenGain,
    board.check(expected.gain, mean, 4 * error + 0.005, 3),
    expected.pAccept.toFixed(3),
  ];
});
board.table(['last shrunken gain', 'forecast (simulated)', 'P(accepted)'], forecasts);
board.finish(startedAt);
