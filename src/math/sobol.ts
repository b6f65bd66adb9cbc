/**
 * Scrambled Sobol sequences: points of [0, 1)^d that fill it evenly, at any index, without state.
 *
 * v[j][b]: direction number of bit b in dimension j, 32 bits (Joe & Kuo 2008). A point is the exclusive or of the v of the
 * index's bits. Scrambling: nested uniform (Owen 1995) by hashing (Burley 2020, "Practical hash-based Owen scrambling",
 * with the constants of Vegdahl 2021), one seed per dimension.
 */
import { SOBOL_DIRECTIONS } from './sobol-directions.ts';

const BITS = 32;
export const SOBOL_DIMENSIONS = SOBOL_DIRECTIONS.length + 1;

export interface Sobol {
  /** Coordinate `dimension` of point `index` (both from 0, index < 2^32). */
  at(index: number, dimension: number): number;
}

/** A sequence of at most `SOBOL_DIMENSIONS` dimensions, scrambled by `seeds` (any 32-bit integers), one each. */
export function createSobol(seeds: readonly number[]): Sobol {
  if (seeds.length > SOBOL_DIMENSIONS) {
    throw new RangeError(`A Sobol sequence has at most ${SOBOL_DIMENSIONS} dimensions, not ${seeds.length}.`);
  }
  const directions = seeds.map((_, dimension) => directionsOf(dimension));
  return {
    at: (index, dimension) => {
      const own = directions[dimension];
      const seed = seeds[dimension];
      if (own === undefined || seed === undefined)
        throw new RangeError(`There is no dimension ${dimension}.`);
      let word = 0;
      let rest = index;
      for (let bit = 0; rest > 0; bit++, rest = Math.floor(rest / 2)) {
        if (rest % 2 === 1) word ^= own[bit] as number;
      }
      return scramble(word, seed) / 2 ** 32;
    },
  };
}

/** Direction numbers of a dimension without scrambling. */
export function directionsOf(dimension: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let bit = 0; bit < BITS; bit++) numbers[bit] = 2 ** (BITS - 1 - bit);
    return numbers;
  }
  const [a = 0, ...initial] = SOBOL_DIRECTIONS[dimension - 1] ?? [];
  const degree = initial.length;
  const m = [...initial];
  for (let i = degree; i < BITS; i++) {
    let next = (m[i - degree] as number) ^ ((m[i - degree] as number) << degree);
    for (let k = 1; k < degree; k++) {
      if ((a >> (degree - 1 - k)) & 1) next ^= (m[i - k] as number) << k;
    }
    m.push(next >>> 0);
  }
  for (let bit = 0; bit < BITS; bit++) numbers[bit] = (m[bit] as number) << (BITS - 1 - bit);
  return numbers;
}

function scramble(word: number, seed: number): number {
  let x = reverse(word);
  x = (x + seed) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reverse(x) >>> 0;
}

function reverse(word: number): number {
  let x = word;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
