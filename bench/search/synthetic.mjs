// How good are the samplers on known functions, beside Optuna in the same run?
// OPTUNA_PYTHON=…/python node bench/search/synthetic.mjs [--sampler tpe] [--seeds 20] [--trials 100] [--only branin] [--peer tpe]
// Regret: best value so far − least value, at least 0.001 (below that nobody cares). Per function: geometric mean of the regrets' ratio ours / Optuna's over
// seeds at 25, 50 and 100 trials (below 1: ours is better), with a 95 % interval by bootstrap, and the share of seed
// pairs in which ours is better.
import { parseArgs } from 'node:util';
import { createRng } from '../../dist/math/rng.js';
import { readSpace } from '../../dist/search/space/read.js';
import { trialOf } from '../../dist/search/trial.js';
import { FUNCTIONS } from './functions.mjs';
import { startPeer } from './peer.mjs';

const { values: options } = parseArgs({
  options: {
    sampler: { type: 'string', default: 'tpe' },
    peer: { type: 'string', default: 'tpe' },
    seeds: { type: 'string', default: '20' },
    trials: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
});
const seeds = Number(options.seeds);
const trials = Number(options.trials);
const marks = [25, 50, 100, 200, 500, 1000].filter((mark) => mark <= trials);
const module = await import(`../../dist/search/samplers/${options.sampler}.js`);
const kind = Object.values(module).find((value) => value?.name === options.sampler);

function ours({ space, value }, seed) {
  const read = readSpace(space);
  const sampler = kind.create({ space: read, goal: 'min', seed, plannedTrials: trials, fullStep: null });
  const history = [];
  for (let number = 0; number < trials; number++) {
    const params = sampler.suggest(history, number);
    history.push(
      trialOf(number, params, [{ seed: 1, state: 'complete', value: value(params), reports: [] }]),
    );
  }
  return history.map((trial) => trial.value);
}

async function theirs(peer, { space, value }, seed) {
  await peer.ask({ op: 'start', space, seed, sampler: options.peer });
  const told = [];
  for (let number = 0; number < trials; number++) {
    const { params } = await peer.ask({ op: 'ask' });
    told.push(value(params));
    await peer.ask({ op: 'tell', value: told.at(-1) });
  }
  return told;
}

const regretAt = (told, mark, least) => Math.max(1e-3, Math.min(...told.slice(0, mark)) - least);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

function interval(pairs, random) {
  const ratios = Array.from({ length: 1000 }, () => {
    const drawn = pairs.map(() => pairs[random.integer(pairs.length)]);
    return mean(drawn.map(([own, other]) => Math.log(own / other)));
  }).sort((a, b) => a - b);
  return [Math.exp(ratios[25]), Math.exp(ratios[974])];
}

const peer = startPeer();
const all = new Map(marks.map((mark) => [mark, []]));
for (const fn of FUNCTIONS.filter(({ name }) => options.only === undefined || name === options.only)) {
  const runs = [];
  for (let seed = 0; seed < seeds; seed++) runs.push([ours(fn, seed), await theirs(peer, fn, seed)]);
  const cells = marks.map((mark) => {
    const pairs = runs.map(([own, other]) => [
      regretAt(own, mark, fn.least),
      regretAt(other, mark, fn.least),
    ]);
    all.get(mark).push(...pairs);
    const ratio = Math.exp(mean(pairs.map(([own, other]) => Math.log(own / other))));
    const [low, high] = interval(pairs, createRng(1));
    const wins = mean(
      pairs.flatMap(([own]) => pairs.map(([, other]) => (own < other ? 1 : own > other ? 0 : 0.5))),
    );
    return `@${mark} ${ratio.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] wins ${(100 * wins).toFixed(0)}%`;
  });
  console.log(fn.name.padEnd(15), cells.join('   '));
}
for (const [mark, pairs] of all) {
  const ratio = Math.exp(mean(pairs.map(([own, other]) => Math.log(own / other))));
  const [low, high] = interval(pairs, createRng(1));
  console.log(`all functions @${mark}: ${ratio.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);
}
peer.stop();
