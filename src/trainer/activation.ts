import type { Layer } from './layer.ts';
import type { TrainerConfig } from './schema.ts';

export type Activation = TrainerConfig['model']['activation'];

/** a = f(z), in place. */
export function activate(
  z: Float32Array,
  rows: number,
  { outputs, stride }: Layer,
  activation: Activation,
): void {
  for (let row = 0; row < rows; row++) {
    const end = row * stride + outputs;
    if (activation === 'relu') for (let i = row * stride; i < end; i++) z[i] = z[i]! < 0 ? 0 : z[i]!;
    else if (activation === 'tanh') for (let i = row * stride; i < end; i++) z[i] = Math.tanh(z[i]!);
    else for (let i = row * stride; i < end; i++) z[i] = 1 / (1 + Math.exp(-z[i]!));
  }
}

/** delta ∘ mask ∘ f′(a), where `output` holds a · mask. */
export function differentiate(
  delta: Float32Array,
  output: Float32Array,
  mask: Float32Array | undefined,
  rows: number,
  { outputs, stride }: Layer,
  activation: Activation,
): void {
  for (let row = 0; row < rows; row++) {
    const end = row * stride + outputs;
    for (let i = row * stride; i < end; i++) {
      const scale = mask === undefined ? 1 : mask[i]!;
      // A dropped unit passes nothing on; its activation is not needed (and is no longer known).
      const a = scale === 0 ? 0 : output[i]! / scale;
      if (activation === 'relu') delta[i]! *= a > 0 ? scale : 0;
      else if (activation === 'tanh') delta[i]! *= scale * (1 - a * a);
      else delta[i]! *= scale * a * (1 - a);
    }
  }
}
