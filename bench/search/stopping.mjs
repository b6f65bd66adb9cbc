// When a search may end: known functions, with the luck of a seed on top, a budget of 100 trials and the Gaussian process.
// Ended by the rule against searching on: trials saved, and what the rest would have added in units of the seed's luck.
// Usage: npm run build && node bench/search/stopping.mjs [--seeds 5] [--budget 100]
import { createGainModel } from '../../dist/search/gp/further-gain.js';
import { createSampler } from '../../dist/search/sampler.js';
import { readSearch } from '../../dist/search/space/settings.js';
import { judgeSearch } from '../../dist/search/stopping.js';
import { standingsOf } from '../../dist/search/racing.js';
import { trialOf } from '../../dist/search/trial.js';
import { createRng } from '../../dist/math/rng.js';
import { FUNCTIONS } from './functions.mjs';

const option = (name, fallback) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) || fallback;
const SEEDS = option('seeds', 5);
const BUDGET = option('budget', 100);
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

for (const fn of FUNCTIONS) {
  const ends = [];
  const missed = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const { space } = readSearch(fn.space);
    const setup = { space, goal: 'min', seed, plannedTrials: BUDGET, fullStep: 1 };
    const random = createSampler('random', setup);
    // The luck of a seed: a twentieth of what separates the best of 64 random configurations from their median.
    const draws = Array.from({ length: 64 }, (_, i) => fn.value(random.suggest([], 10_000 + i))).sort(
      (a, b) => a - b,
    );
    const sd = (draws[32] - draws[0]) / 20;
    const rng = createRng(seed, 77);
    const sampler = createSampler('gp', setup);
    const gain = createGainModel(setup);
    const history = [];
    const truth = [];
    let end = null;
    for (let number = 0; number < BUDGET; number++) {
      if (end === null && number % 5 === 0 && number >= 20) {
        const remaining = BUDGET - number;
        const judged = judgeSearch(history, 'min', remaining, space.params.length, {
          modelGain: gain(history, number, remaining),
        });
        if (judged.stop) end = number;
      }
      const params = sampler.suggest(history, number);
      truth.push(fn.value(params));
      // Every fourth of the first has a second seed, so that the luck is known.
      const runs = Array.from({ length: number % 4 === 0 ? 2 : 1 }, (_, i) => {
        const value = truth[number] + sd * rng.normal();
        return { seed: i, state: 'complete', value, reports: [{ step: 1, value }] };
      });
      history.push(trialOf(number, params, runs));
    }
    const chosen = (list) => truth[standingsOf(list, 'min').ranked[0].trial];
    ends.push(end ?? BUDGET);
    missed.push(end === null ? 0 : (chosen(history.slice(0, end)) - chosen(history)) / sd);
  }
  console.log(
    `${fn.name.padEnd(22)} ends after ${median(ends)} (${Math.min(...ends)}–${Math.max(...ends)}) of ${BUDGET}; ` +
      `the rest would have added, in sd of a run: median ${median(missed).toFixed(2)}, most ${Math.max(...missed).toFixed(2)}`,
  );
}
