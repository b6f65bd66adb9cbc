import { BYTES } from './lanes.ts';
import type { Network } from './network.ts';
import type { TrainerConfig } from './schema.ts';

/** Below this a momentum counts as zero (see `flush` in the kernels); far under any step that could matter. */
const TINY = 1e-30;

/** Global norm of the gradient. */
export const gradientNorm = ({ arena, gradients, size }: Network): number =>
  Math.sqrt(arena.kernels.sumOfSquares(gradients.at, size));

/** Factor that brings a gradient of norm `norm` under the limit (Pascanu et al. 2013). */
export const clipFactor = (norm: number, limit: number | null): number =>
  limit !== null && norm > limit ? limit / norm : 1;

/** One update of all parameters. `step` counts from 1; `scale` multiplies the gradient. Biases are not decayed. */
export function update(
  network: Network,
  optimizer: TrainerConfig['optimizer'],
  rate: number,
  step: number,
  scale: number,
): void {
  const { kernels } = network.arena;
  const { name, weight_decay, betas, eps, momentum } = optimizer;
  const [beta1, beta2] = betas as [number, number];
  const correctedRate = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  for (const { inputs, stride, weights, bias } of network.layers) {
    for (const { from, n, decay } of [
      { from: weights, n: inputs * stride, decay: rate * weight_decay },
      { from: bias, n: stride, decay: 0 },
    ]) {
      const [w, g, m, v] = [network.parameters, network.gradients, ...network.moments].map(
        ({ at }) => at + from * BYTES,
      ) as [number, number, number, number];
      if (name === 'sgd') kernels.sgd(w, g, m, n, scale, momentum, rate, decay, TINY);
      else {
        kernels.adamw(
          w,
          g,
          m,
          v,
          n,
          scale,
          beta1,
          beta2,
          eps,
          correctedRate,
          correction,
          decay,
          1 - beta1,
          1 - beta2,
          TINY,
        );
      }
    }
  }
}
