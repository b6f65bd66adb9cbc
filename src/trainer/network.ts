/**
 * A multilayer perceptron with forward and backward pass over a batch.
 *
 * Notation: B batch size; layer l maps x [B × in] to z = x·W + b [B × out], W [in × out]; hidden layers apply
 * a = f(z) and dropout. Rows are padded with zeros to `stride` floats. All parameters lie in one vector (layer by layer:
 * W, then b), and so do their gradients and the optimizer's two moments.
 */
import { activate, differentiate } from './activation.ts';
import type { Activation } from './activation.ts';
import type { Arena, Block } from './arena.ts';
import { drop } from './dropout.ts';
import type { Dropout } from './dropout.ts';
import { layOut, transpose } from './layer.ts';
import type { Layer } from './layer.ts';
import { BYTES, padded } from './lanes.ts';
import { Nonzeros } from './nonzeros.ts';
import type { Slices } from './nonzeros.ts';

interface Buffers {
  nonzeros: Nonzeros;
  /** z, then a, then (with dropout) a · mask. */
  output: Block;
  mask: Block;
  /** ∂loss/∂z. */
  delta: Block;
  transposed: Block;
}

export class Network {
  readonly arena: Arena;
  readonly layers: readonly Layer[];
  /** Length of the parameter vector, padding included. */
  readonly size: number;
  readonly parameters: Block;
  readonly gradients: Block;
  readonly moments: readonly [Block, Block];
  readonly capacity: number;
  readonly #activation: Activation;
  readonly #buffers: readonly Buffers[];
  readonly #identity: Block;
  readonly #ones: Block;
  #hasDropout = false;

  constructor(arena: Arena, widths: readonly number[], activation: Activation, capacity: number) {
    this.arena = arena;
    this.capacity = capacity;
    this.#activation = activation;
    this.layers = layOut(widths);
    const last = this.layers.at(-1)!;
    this.size = last.bias + last.stride;
    this.parameters = arena.reserve(this.size);
    this.gradients = arena.reserve(this.size);
    this.moments = [arena.reserve(this.size), arena.reserve(this.size)];
    this.#buffers = this.layers.map(({ inputs, outputs, stride }) => ({
      nonzeros: new Nonzeros(arena, capacity, inputs),
      output: arena.reserve(capacity * stride),
      mask: arena.reserve(capacity * stride),
      delta: arena.reserve(capacity * stride),
      transposed: arena.reserve(outputs * padded(inputs)),
    }));
    this.#identity = arena.reserve(Math.max(capacity, ...widths));
    this.#ones = arena.reserve(capacity);
    arena.integers(this.#identity).forEach((_, i, identity) => (identity[i] = i));
    arena.floats(this.#ones).fill(1);
  }

  /** Numbers of units from the input to the output. */
  get widths(): number[] {
    return [this.layers[0]!.inputs, ...this.layers.map(({ outputs }) => outputs)];
  }

  /** Where the caller lists a batch, row by row. */
  get input(): Slices {
    return this.#buffers[0]!.nonzeros.byRow;
  }

  /** ∂loss/∂logits, which the caller writes before `backward`; rows as in the logits. */
  get outputDelta(): Float32Array<ArrayBuffer> {
    return this.arena.floats(this.#buffers.at(-1)!.delta);
  }

  /** Logits of the first `rows` rows of the input, `layers.at(-1).stride` floats apart. */
  forward(rows: number, dropout?: Dropout): Float32Array<ArrayBuffer> {
    const { arena, layers } = this;
    const parameters = arena.floats(this.parameters);
    this.#hasDropout = dropout !== undefined && dropout.rate > 0;
    let z = arena.floats(this.#buffers[0]!.output);
    layers.forEach((layer, l) => {
      const { stride, bias } = layer;
      const { nonzeros, output, mask } = this.#buffers[l]!;
      if (l > 0) nonzeros.collectRows(z, rows, layers[l - 1]!.stride);
      z = arena.floats(output);
      for (let row = 0; row < rows; row++) z.set(parameters.subarray(bias, bias + stride), row * stride);
      this.#multiply(layer, nonzeros, output, rows);
      if (l < layers.length - 1) {
        activate(z, rows, layer, this.#activation);
        if (this.#hasDropout) drop(z, arena.floats(mask), rows, layer, dropout!);
      }
    });
    return z;
  }

  /** Gradients of the batch that `forward` saw last, from `outputDelta`. */
  backward(rows: number): void {
    const { arena, layers } = this;
    arena.floats(this.gradients).fill(0);
    for (let l = layers.length - 1; l >= 0; l--) {
      this.#weightGradients(l, rows);
      if (l > 0) this.#propagate(l, rows);
    }
  }

  /** z[row] += Σ_k x[row, k] · W[k]. */
  #multiply({ weights, stride }: Layer, { byRow }: Nonzeros, output: Block, rows: number): void {
    const { mix } = this.arena.kernels;
    const at = this.parameters.at + weights * BYTES;
    for (let row = 0; row < rows; row++) {
      const first = byRow.start[row]!;
      const count = byRow.start[row + 1]! - first;
      const skip = first * BYTES;
      mix(
        output.at + row * stride * BYTES,
        stride,
        byRow.indices.at + skip,
        byRow.values.at + skip,
        count,
        at,
        stride * BYTES,
      );
    }
  }

  /** ∂W[k] = Σ_row x[row, k] · δ[row]; ∂b = Σ_row δ[row]. */
  #weightGradients(l: number, rows: number): void {
    const { mix } = this.arena.kernels;
    const { inputs, stride, weights, bias } = this.layers[l]!;
    const { nonzeros, delta } = this.#buffers[l]!;
    nonzeros.indexColumns(rows);
    const { start, indices, values } = nonzeros.byColumn;
    const rowBytes = stride * BYTES;
    const at = this.gradients.at + weights * BYTES;
    for (let k = 0; k < inputs; k++) {
      const skip = start[k]! * BYTES;
      mix(
        at + k * rowBytes,
        stride,
        indices.at + skip,
        values.at + skip,
        start[k + 1]! - start[k]!,
        delta.at,
        rowBytes,
      );
    }
    mix(this.gradients.at + bias * BYTES, stride, this.#identity.at, this.#ones.at, rows, delta.at, rowBytes);
  }

  /** δ of the layer below: (δ · Wᵀ) ∘ mask ∘ f′. */
  #propagate(l: number, rows: number): void {
    const { arena } = this;
    const layer = this.layers[l]!;
    const below = this.layers[l - 1]!;
    const { delta, transposed } = this.#buffers[l]!;
    const { delta: deltaBelow, output, mask } = this.#buffers[l - 1]!;
    transpose(arena.floats(this.parameters), layer, arena.floats(transposed), below.stride);
    const d = arena.floats(deltaBelow);
    d.fill(0, 0, rows * below.stride);
    for (let row = 0; row < rows; row++) {
      const from = delta.at + row * layer.stride * BYTES;
      const to = deltaBelow.at + row * below.stride * BYTES;
      arena.kernels.mix(
        to,
        below.stride,
        this.#identity.at,
        from,
        layer.outputs,
        transposed.at,
        below.stride * BYTES,
      );
    }
    const masks = this.#hasDropout ? arena.floats(mask) : undefined;
    differentiate(d, arena.floats(output), masks, rows, below, this.#activation);
  }
}
