/**
 * The four inner loops of the trainer, in WebAssembly SIMD.
 *
 * All tensors live in one linear memory; a kernel takes byte addresses. Every width is a multiple of 4 (rows are padded
 * with zeros). WebAssembly's float arithmetic is exactly specified, so equal input gives equal bits on every machine.
 */
import { assemble } from './assembler.ts';
import { mix, sumOfSquares } from './product-kernels.ts';
import { adamw, sgd } from './update-kernels.ts';

/** Compiled code works on one linear memory. WebAssembly is missing from the type libraries of a Node project. */
declare const WebAssembly: {
  Memory: new (options: { initial: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: WasmMemory } }) => { exports: object };
};
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export interface Kernels {
  /** out[0..width) += Σ_p values[p] · rows[indices[p]][0..width), p in [0, count). `stride`: bytes from row to row. */
  mix: (
    out: number,
    width: number,
    indices: number,
    values: number,
    count: number,
    rows: number,
    stride: number,
  ) => void;
  /** Σ x² over n floats, in double precision. */
  sumOfSquares: (x: number, n: number) => number;
  /**
   * One step of AdamW on n floats (Loshchilov & Hutter 2019): g = scale·g; m = beta1·m + rest1·g; v = beta2·v + rest2·g²;
   * w −= decay·w + rate·m / (√v·correction + epsilon). |m| below `tiny` becomes 0.
   */
  // prettier-ignore
  adamw: (
    w: number, g: number, m: number, v: number, n: number,
    scale: number, beta1: number, beta2: number, epsilon: number, rate: number, correction: number, decay: number,
    rest1: number, rest2: number, tiny: number,
  ) => void;
  /** One step of gradient descent with momentum: m = momentum·m + scale·g; w −= decay·w + rate·m. */
  // prettier-ignore
  sgd: (
    w: number, g: number, m: number, n: number,
    scale: number, momentum: number, rate: number, decay: number, tiny: number,
  ) => void;
}

export const PAGE_BYTES = 65_536;

export const createMemory = (): WasmMemory => new WebAssembly.Memory({ initial: 1 });

export function loadKernels(memory: WasmMemory): Kernels {
  const module = new WebAssembly.Module(assemble([mix, sumOfSquares, adamw, sgd]));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
}
