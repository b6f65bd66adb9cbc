// Attribution in simulated studies: how good is the advice to drop changes, how honest are the intervals?
// Baseline and full trial on N shared seeds, each change left out on two of them; effects and interactions drawn anew
// for every study, in units of the seed sd σ of one run; a fifth of the variance belongs to the seed.
// Usage: npm run build && node bench/evidence/attribution.mjs [--studies 4000]
import { chooseArms } from '../../dist/evidence/arms.js';
import { attribute } from '../../dist/evidence/attribution.js';
import { createRng } from '../../dist/math/rng.js';
import { option, Scoreboard } from './scoreboard.mjs';

const startedAt = performance.now();
const studies = Number(option('studies', 4000));
const RHO = 0.2;

function drawTruth(rng, { changes, mean, sd, interaction }) {
  const mains = Array.from({ length: changes }, () => mean + sd * rng.normal());
  const pairs = mains.map(() => mains.map(() => interaction * rng.normal()));
  return (on) => {
    let value = 0;
    for (let i = 0; i < changes; i++) {
      if (!on[i]) continue;
      value += mains[i];
      for (let j = i + 1; j < changes; j++) if (on[j]) value += pairs[i][j];
    }
    return value;
  };
}

function study(rng, scenario) {
  const { changes, seeds } = scenario;
  const truth = drawTruth(rng, scenario);
  const shared = Array.from({ length: seeds }, () => Math.sqrt(RHO) * rng.normal());
  const run = (on, seed) => ({
    on,
    seed,
    value: truth(on) + shared[seed] + Math.sqrt(1 - RHO) * rng.normal(),
  });
  const all = Array.from({ length: changes }, () => true);
  const none = all.map(() => false);
  const runs = shared.flatMap((_, seed) => [run(none, seed), run(all, seed)]);
  for (const { on, seed } of chooseArms({ changes, runs, budget: 2 * changes })) runs.push(run(on, seed));
  const { effects, drop } = attribute({ changes: all.map(() => ({})), runs, goal: 'max', resolution: 1e-9 });

  const keepAll = truth(all);
  let best = -Infinity;
  for (let mask = 0; mask < 2 ** changes; mask++)
    best = Math.max(best, truth(all.map((_, i) => (mask >> i) % 2 === 1)));
  const pruned = truth(all.map((_, i) => !drop.includes(i)));
  const reverted = truth(effects.map(({ effect }) => effect >= 0));
  const trueEffects = all.map((_, i) => keepAll - truth(all.map((_on, j) => i !== j)));
  return { effects, trueEffects, best, keepAll, pruned, reverted };
}

const board = new Scoreboard();

function evaluate(scenario, stream, isJudged) {
  const sum = { worse: 0, revertedWorse: 0, keepLoss: 0, ruleLoss: 0, revertLoss: 0, covered: 0, effects: 0 };
  const labels = { helped: [0, 0], hurt: [0, 0], undetermined: [0, 0] };
  for (let i = 0; i < studies; i++) {
    const end = study(createRng(4, stream, i), scenario);
    if (end.pruned < end.keepAll - 1e-12) sum.worse++;
    if (end.reverted < end.keepAll - 1e-12) sum.revertedWorse++;
    sum.keepLoss += end.best - end.keepAll;
    sum.ruleLoss += end.best - end.pruned;
    sum.revertLoss += end.best - end.reverted;
    for (const [c, { label, low, high }] of end.effects.entries()) {
      const truth = end.trueEffects[c];
      sum.effects++;
      if (low <= truth && truth <= high) sum.covered++;
      labels[label][0]++;
      if ((label === 'helped' && truth <= 0) || (label === 'hurt' && truth >= 0)) labels[label][1]++;
    }
  }
  const worse = (100 * sum.worse) / studies;
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  return [
    scenario.name,
    isJudged ? board.atMost(worse, 5, 1, ' %') : `${worse.toFixed(1)} %`,
    percent(sum.revertedWorse, studies),
    (sum.keepLoss / studies).toFixed(2),
    (sum.ruleLoss / studies).toFixed(2),
    (sum.revertLoss / studies).toFixed(2),
    percent(sum.covered, sum.effects),
    `${percent(labels.helped[0], sum.effects)}, wrong ${percent(labels.helped[1], labels.helped[0])}`,
    `${percent(labels.hurt[0], sum.effects)}, wrong ${percent(labels.hurt[1], labels.hurt[0])}`,
  ];
}

const scenarios = [
  { name: '4 changes of 0.5 ± 1 σ, 3 seeds', changes: 4, seeds: 3, mean: 0.5, sd: 1, interaction: 0.4 },
  { name: '4 changes of 0.5 ± 1 σ, 5 seeds', changes: 4, seeds: 5, mean: 0.5, sd: 1, interaction: 0.4 },
  { name: '4 changes of 0 ± 1 σ, 5 seeds', changes: 4, seeds: 5, mean: 0, sd: 1, interaction: 0.4 },
  { name: '4 changes of 1 ± 1 σ, 8 seeds', changes: 4, seeds: 8, mean: 1, sd: 1, interaction: 0.4 },
  { name: '2 changes of 0.5 ± 1 σ, 5 seeds', changes: 2, seeds: 5, mean: 0.5, sd: 1, interaction: 0.4 },
  { name: '6 changes of 0.5 ± 1 σ, 5 seeds', changes: 6, seeds: 5, mean: 0.5, sd: 1, interaction: 0.4 },
  { name: '4 changes of 0 ± 10 σ, 5 seeds', changes: 4, seeds: 5, mean: 0, sd: 10, interaction: 1 },
];
const header = [
  'effects',
  'advice worse than keeping all',
  'reverting negatives worse',
  'loss: keep all',
  'loss: advice',
  'loss: revert',
  '90 % interval covers',
  'helped',
  'hurt',
];
board.heading(
  `Dropping what is advised, ${studies.toLocaleString('en-US')} studies; losses in σ against the best subset`,
);
board.table(
  header,
  scenarios.map((scenario, i) => evaluate(scenario, i, true)),
);
board.heading('Effects far under the noise, where nothing can be told (shown, not judged)');
board.table(header, [
  evaluate(
    { name: '4 changes of 0.2 ± 0.2 σ, 8 seeds', changes: 4, seeds: 8, mean: 0.2, sd: 0.2, interaction: 0 },
    20,
    false,
  ),
]);
board.finish(startedAt);
