import { assemble, fromUnit, studyStream } from 'pawl/extend';
import type { SamplerKind } from 'pawl/extend';

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
const SHIFTS = 1;

/** Halton's sequence, shifted by the study's seed: fills a space more evenly than independent draws. */
export const halton: SamplerKind = {
  name: 'halton',
  title: "Halton's sequence",
  create: ({ space, seed }) => {
    // A stream for each parameter, so that one that is inactive shifts no other.
    const stream = studyStream(seed, SHIFTS);
    const shifts = space.params.map((_, index) => stream.split(index).uniform());
    return {
      name: 'halton',
      // A function of the number alone: resuming, or other slots, change nothing that was drawn.
      suggest: (_history, number) =>
        assemble(space, (param, index) => {
          const base = PRIMES[index % PRIMES.length] ?? 2;
          return fromUnit(param, (radicalInverse(number + 1, base) + (shifts[index] ?? 0)) % 1);
        }),
    };
  },
};

/** The digits of `n` in a base, mirrored at the point: 6 = 110₂ becomes 0.011₂. */
function radicalInverse(n: number, base: number): number {
  let value = 0;
  for (let rest = n, share = 1 / base; rest > 0; rest = Math.floor(rest / base), share /= base)
    value += (rest % base) * share;
  return value;
}
