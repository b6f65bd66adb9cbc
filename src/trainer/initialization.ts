import type { Network } from './network.ts';
import { createRng } from './rng.ts';
import type { TrainerConfig } from './schema.ts';

/**
 * Normal weights with standard deviation √(2 / inputs) (He et al. 2015) or √(2 / (inputs + outputs))
 * (Glorot & Bengio 2010), times `init_scale`; biases 0. Each layer has a stream of its own.
 */
export function initialize(network: Network, model: TrainerConfig['model'], seed: number): void {
  const parameters = network.arena.floats(network.parameters);
  network.layers.forEach(({ inputs, outputs, stride, weights }, l) => {
    const rng = createRng(seed, 'weights', l);
    const fan = model.init === 'he' ? inputs : inputs + outputs;
    const deviation = model.init_scale * Math.sqrt(2 / fan);
    for (let k = 0; k < inputs; k++) {
      for (let j = 0; j < outputs; j++) parameters[weights + k * stride + j] = deviation * rng.normal();
    }
  });
}
