import { createMemory, loadKernels, PAGE_BYTES } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import { BYTES, padded } from './lanes.ts';

/** A run of 4-byte numbers in the linear memory: `at` is its byte address, as the kernels want it. */
export interface Block {
  readonly at: number;
  readonly length: number;
}

/**
 * Linear memory shared with the kernels. All blocks are reserved first; the first view seals the arena, because
 * growing the memory would detach earlier views.
 */
export class Arena {
  readonly kernels: Kernels;
  readonly #memory = createMemory();
  #used = 0;
  #isSealed = false;

  constructor() {
    this.kernels = loadKernels(this.#memory);
  }

  reserve(length: number): Block {
    if (this.#isSealed) throw new Error('The arena is sealed: reserve every block before the first view.');
    const block = { at: this.#used, length };
    this.#used += padded(length) * BYTES;
    const missing = this.#used - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    return block;
  }

  floats(block: Block): Float32Array<ArrayBuffer> {
    this.#isSealed = true;
    return new Float32Array(this.#memory.buffer, block.at, block.length);
  }

  integers(block: Block): Int32Array<ArrayBuffer> {
    this.#isSealed = true;
    return new Int32Array(this.#memory.buffer, block.at, block.length);
  }
}
