// How long does one suggestion take after 100, 1,000 and 10,000 finished trials of 8 parameters, beside Optuna?
// OPTUNA_PYTHON=…/python node bench/search/latency.mjs [--repeat 30] [--warmup 30] [--sizes 100,1000,10000]
//        [--samplers tpe,cma-es,sobol,random] [--spaces training8,numbers8] [--peerless]
// Ask and tell together, both in the same run: the median of the repeats by the clock and by CPU time of the whole process,
// and the worst, after the same warm-up on both sides. Same class of sampler: TPE multivariate, grouped, constant liar, 24
// candidates; CmaEsSampler; QMCSampler; RandomSampler; with --samplers gp GPSampler (needs torch: --sizes 100,200).
// Memory: resident, at the end. --peerless leaves Optuna out.
import { parseArgs } from 'node:util';
import { readSpace } from '../../dist/search/space/read.js';
import { createSampler } from '../../dist/search/sampler.js';
import { trialOf } from '../../dist/search/trial.js';
import { FUNCTIONS } from './functions.mjs';
import { startPeer } from './peer.mjs';

const { values: options } = parseArgs({
  options: {
    repeat: { type: 'string', default: '30' },
    warmup: { type: 'string', default: '30' },
    sizes: { type: 'string', default: '100,1000,10000' },
    samplers: { type: 'string', default: 'tpe,cma-es,sobol,random' },
    spaces: { type: 'string', default: 'training8,numbers8' },
    peerless: { type: 'boolean', default: false },
  },
});
const repeat = Number(options.repeat);
const warmup = Number(options.warmup);
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

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const peer = options.peerless ? null : startPeer();
const spaces = [mixed, numbers].filter(({ name }) => options.spaces.split(',').includes(name));
for (const { name, space, value } of spaces) {
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
      const cpu = [];
      for (let round = 0; round < repeat + warmup; round++) {
        const begin = performance.now();
        const busy = cpuMs();
        const params = sampler.suggest(history, history.length);
        history.push(complete(history.length, params, value(params)));
        cpu.push(cpuMs() - busy);
        times.push(performance.now() - begin);
      }
      const own = times.slice(warmup);
      const cells = [
        name.padEnd(10),
        method.padEnd(7),
        `${size} trials:`.padEnd(14),
        `${middle(own).toFixed(2)} ms (worst ${Math.max(...own).toFixed(1)}, CPU ${middle(cpu.slice(warmup)).toFixed(2)})`.padEnd(
          44,
        ),
      ];
      if (peer !== null) {
        await peer.ask({ op: 'start', space, seed: 1, sampler: method });
        await peer.ask({
          op: 'load',
          trials: past.map((trial) => ({ params: trial.params, value: trial.value })),
        });
        const values = Array.from({ length: repeat + warmup }, (_, at) => at / 100);
        const theirs = await peer.ask({ op: 'time', values });
        const other = middle(theirs.times.slice(warmup));
        const otherCpu = middle(theirs.cpu.slice(warmup));
        cells.push(
          `Optuna ${other.toFixed(2)} ms (CPU ${otherCpu.toFixed(2)})`.padEnd(34),
          `${(other / middle(own)).toFixed(1)} × faster, by CPU ${(otherCpu / middle(cpu.slice(warmup))).toFixed(1)} ×`,
        );
      }
      console.log(cells.join(' '));
    }
  }
}
console.log(`memory: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
peer?.stop();
