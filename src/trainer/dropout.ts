import type { Layer } from './layer.ts';
import type { Rng } from './rng.ts';

export interface Dropout {
  rate: number;
  rng: Rng;
}

/** Inverted dropout: what stays is scaled up, so that evaluation needs no change. */
export function drop(
  a: Float32Array,
  mask: Float32Array,
  rows: number,
  { outputs, stride }: Layer,
  { rate, rng }: Dropout,
): void {
  const kept = 1 / (1 - rate);
  for (let row = 0; row < rows; row++) {
    const end = row * stride + outputs;
    for (let i = row * stride; i < end; i++) {
      mask[i] = rng.uniform() < rate ? 0 : kept;
      a[i]! *= mask[i]!;
    }
  }
}
