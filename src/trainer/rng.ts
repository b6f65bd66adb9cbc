/**
 * Random streams that are functions of (seed, stream, index): nothing has to be stored to resume, and two trainings of
 * the same seed see the same shuffles and shifts, whatever else differs between them.
 *
 * Generator: sfc32 (C. Doty-Humphrey, PractRand); seeded through the 32-bit finalizer of MurmurHash3.
 */
export interface Rng {
  /** Uniform in [0, 1), 32 bits. */
  uniform: () => number;
  /** Uniform integer in [0, n). */
  below: (n: number) => number;
  /** Standard normal (Box–Muller). */
  normal: () => number;
}

/** What a stream is for; each purpose has numbers of its own. */
export type Stream = 'weights' | 'shuffle' | 'dropout' | 'shift' | 'noise' | 'labels';
const STREAMS: readonly Stream[] = ['weights', 'shuffle', 'dropout', 'shift', 'noise', 'labels'];

const scramble = (x: number): number => {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
};

/** The stream for `purpose`, number `index` (an epoch, a layer). */
export function createRng(seed: number, purpose: Stream, index = 0): Rng {
  const high = Math.floor(seed / 2 ** 32);
  let a = scramble(seed ^ 0x9e3779b9);
  let b = scramble(a ^ high);
  let c = scramble(b ^ ((STREAMS.indexOf(purpose) + 1) * 0x61c88647));
  let counter = scramble(c ^ index) | 1;
  let spare: number | undefined;

  const next = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();

  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
  };
}

/** Fisher–Yates, in place. */
export function shuffle(items: Int32Array, rng: Rng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    const item = items[i] as number;
    items[i] = items[j] as number;
    items[j] = item;
  }
}
