import { padded } from './lanes.ts';

/** One fully connected layer: its place in the parameter vector. */
export interface Layer {
  inputs: number;
  outputs: number;
  stride: number;
  /** Positions in the parameter vector. */
  weights: number;
  bias: number;
}

/** The layers between neighbouring widths, one after the other: weights, then bias. */
export function layOut(widths: readonly number[]): Layer[] {
  let at = 0;
  return widths.slice(1).map((outputs, l) => {
    const inputs = widths[l]!;
    const stride = padded(outputs);
    const weights = at;
    const bias = weights + inputs * stride;
    at = bias + stride;
    return { inputs, outputs, stride, weights, bias };
  });
}

/** Wᵀ of a layer, its rows `intoStride` floats apart. */
export function transpose(
  parameters: Float32Array,
  { inputs, outputs, stride, weights }: Layer,
  into: Float32Array,
  intoStride: number,
): void {
  for (let k = 0; k < inputs; k++) {
    for (let j = 0; j < outputs; j++) into[j * intoStride + k] = parameters[weights + k * stride + j]!;
  }
}
