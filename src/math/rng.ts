/**
 * Seeded random streams that can be split: a stream is a pure function of (seed, index, index, …), so that what one
 * part of a study draws never shifts what another part draws, in whatever order they ask.
 *
 * Generator: xoshiro128** (Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators"), period 2^128 − 1.
 * Keying: the 128-bit key absorbs each index by 32-bit multiply–xorshift rounds (the finalizer of MurmurHash3) and a
 * cross-lane sum; the key is the first state. Uniforms carry 53 bits; normals are Marsaglia's polar method.
 */
export interface Rng {
  /** An integer in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1), 53 random bits. */
  uniform(): number;
  /** A standard normal number. */
  normal(): number;
  /** An unbiased integer in [0, bound), bound ≤ 2^32. */
  integer(bound: number): number;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** The child stream `index`; it does not depend on what was drawn from this one. */
  split(index: number): Rng;
}

type Key = readonly [number, number, number, number];

const ROOT: Key = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];

/** The stream of `seed`, or of one of its descendants: `createRng(7, 2, 5)` is `createRng(7).split(2).split(5)`. */
export function createRng(seed: number, ...indices: readonly number[]): Rng {
  let key = absorb(ROOT, seed);
  for (const index of indices) key = absorb(key, index);
  return new Xoshiro128(key);
}

function absorb(key: Key, index: number): Key {
  if (!Number.isSafeInteger(index)) {
    throw new RangeError(`A seed or stream index must be a safe integer, not ${index}.`);
  }
  const low = index | 0;
  const high = Math.floor(index / 2 ** 32) | 0;
  const a = scramble(key[0] ^ scramble(low + 0x85ebca6b) ^ high);
  const b = scramble(key[1] ^ scramble(low ^ 0xc2b2ae35) ^ scramble(high + a));
  const c = scramble(key[2] ^ scramble(low + b) ^ scramble(high ^ 0x27d4eb2f));
  const d = scramble(key[3] ^ scramble(low ^ c) ^ scramble(high + 0x165667b1));
  return [(a + b + d) | 0, (b + c + a) | 0, (c + d + b) | 0, (d + a + c) | 0];
}

function scramble(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

class Xoshiro128 implements Rng {
  readonly #key: Key;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare: number | undefined;

  constructor(key: Key) {
    this.#key = key;
    [this.#a, this.#b, this.#c, this.#d] = key;
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#d = 1;
  }

  uint32(): number {
    const scaled = Math.imul(this.#b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  uniform(): number {
    return ((this.uint32() >>> 5) * 0x4000000 + (this.uint32() >>> 6)) / 2 ** 53;
  }

  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`The bound of a random integer must be an integer in [1, 2^32], not ${bound}.`);
    }
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const word = this.uint32();
      if (word < limit) return word % bound;
    }
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const pick = this.integer(last + 1);
      const held = shuffled[last] as T;
      shuffled[last] = shuffled[pick] as T;
      shuffled[pick] = held;
    }
    return shuffled;
  }

  split(index: number): Rng {
    return new Xoshiro128(absorb(this.#key, index));
  }
}
