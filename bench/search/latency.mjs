// How long does one suggestion take after 100, 1,000 and 10,000 finished trials of 8 parameters, beside Optuna?
// OPTUNA_PYTHON=…/python node bench/search/latency.mjs [--repeat 10] [--sizes 100,1000,10000] [--samplers tpe,random,cma-es]
// Ask and tell together, in the same run; median and worst of the repeats after five warm-ups. Memory: resident, at the end.
import { parseArgs } from 'node:util';
import { readSpace } from '../../dist/search/space/read.js';
import { createSampler } from '../../dist/search/sampler.js';
import { trialOf } from '../../dist/search/trial.js';
import { FUNCTIONS } from './functions.mjs';
import { startPeer } from './peer.mjs';

const { values: options } = parseArgs({
  options: {
    repeat: { type: 'string', default: '10' },
    sizes: { type: 'string', default: '100,1000,10000' },
    samplers: { type: 'string', default: 'tpe,random,cma-es' },
  },
});
const repeat = Number(options.repeat);
const WARMUP = 5;
const mixed = FUNCTIONS.find(({ name }) => name === 'training8');
const numbers = {
  name: 'numbers8',
  space: Object.fromEntries(
    Array.from({ length: 8 }, (_, at) => [
      `x${at}`,
      at % 2 === 0 ? { type: 'uniform', low: 0, high: 1 } : { type: 'loguniform', low: 1e-5, high: 1 },
    ]),
  ),
  value: (params) => Object.values(params).reduce((sum, x) => sum + (x - 0.3) ** 2, 0),
};

const complete = (number, params, value) =>
  trialOf(number, params, [{ seed: 1, state: 'complete', value, reports: [] }]);
const middle = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

const peer = startPeer();
for (const { name, space, value } of [mixed, numbers]) {
  const setup = { space: readSpace(space), goal: 'min', seed: 1, plannedTrials: null, fullStep: null };
  for (const size of options.sizes.split(',').map(Number)) {
    const random = createSampler('random', setup);
    const past = Array.from({ length: size }, (_, number) => {
      const params = random.suggest([], number);
      return complete(number, params, value(params));
    });
    for (const method of options.samplers.split(',')) {
      const sampler = createSampler(method, setup);
      const history = [...past];
      const times = [];
      for (let round = 0; round < repeat + WARMUP; round++) {
        const begin = performance.now();
        const params = sampler.suggest(history, history.length);
        history.push(complete(history.length, params, value(params)));
        times.push(performance.now() - begin);
      }
      const own = times.slice(WARMUP);
      await peer.ask({ op: 'start', space, seed: 1, sampler: method });
      await peer.ask({
        op: 'load',
        trials: past.map((trial) => ({ params: trial.params, value: trial.value })),
      });
      const values = Array.from({ length: repeat + WARMUP }, (_, at) => at / 100);
      const { times: theirs } = await peer.ask({ op: 'time', values });
      const other = middle(theirs.slice(WARMUP));
      console.log(
        [
          name.padEnd(10),
          method.padEnd(7),
          `${size} trials:`.padEnd(14),
          `${middle(own).toFixed(2)} ms (worst ${Math.max(...own).toFixed(1)})`.padEnd(42),
          `Optuna ${other.toFixed(2)} ms`.padEnd(20),
          `${(other / middle(own)).toFixed(1)} × faster`,
        ].join(' '),
      );
    }
  }
}
console.log(`memory: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
peer.stop();
