/**
 * Every configuration once, in a shuffled order that the study's seed fixes: a search that is cut short has still looked
 * everywhere. Nothing is stored: an index becomes a configuration by arithmetic, and the shuffle is a permutation of the
 * indices (a Feistel network over the next power of four, walked until it falls inside).
 */
import type { History, SamplerKind, SearchSetup } from '../_contract.ts';
import { searchError } from '../errors.ts';
import type { Params, Space } from '../space.ts';
import { assemble, isInside } from '../space/active.ts';
import { sizeOf, valueAt } from '../space/domain.ts';
import { studyStream } from '../stream.ts';

const ORDER = 2;
const ROUNDS = 4;
const LARGEST = 2 ** 40;

export const grid: SamplerKind = {
  name: 'grid',
  title: 'every configuration once, in shuffled order',
  create: (setup) => {
    const { space } = setup;
    const size = gridSize(space);
    const order = permutation(size, setup);
    const seen = createSeen(space);
    return {
      name: 'grid',
      suggest: (history, number) => {
        const taken = seen(history);
        // Trial i starts at its own place, so that slots that ask at the same time get different points.
        for (let tries = 0; tries < size; tries++) {
          const index = order((number + tries) % size);
          const params = pointAt(space, index);
          if (params !== null && !taken.has(keyOf(space, params))) return params;
        }
        return null;
      },
    };
  },
};

/** How many points the product of all values has; inactive parameters make some of them equal. */
export function gridSize(space: Space): number {
  let size = 1;
  for (const param of space.params) {
    if (sizeOf(param) === Infinity) {
      throw searchError(
        'SEARCH_GRID_CONTINUOUS',
        `${param.name} has infinitely many values; a grid cannot hold them.`,
        {
          remedy: `Give ${param.name} a list or a step, or take another method (auto, sobol, random).`,
        },
      );
    }
    size *= sizeOf(param);
  }
  if (size > LARGEST) {
    throw searchError('SEARCH_GRID_CONTINUOUS', `The grid has ${size.toExponential(1)} points.`, {
      remedy: 'Give fewer values or larger steps, or take another method (auto, sobol, random).',
    });
  }
  return size;
}

/** The configuration of a point; null where an inactive parameter is not at its first value (the same configuration). */
function pointAt(space: Space, index: number): Params | null {
  let rest = index;
  let isRepeated = false;
  const positions = space.params.map((param) => {
    const size = sizeOf(param);
    const position = rest % size;
    rest = Math.floor(rest / size);
    return position;
  });
  const params = assemble(space, (param, at) => valueAt(param, positions[at] as number));
  space.params.forEach((param, at) => {
    if (params[param.name] === undefined && positions[at] !== 0) isRepeated = true;
  });
  return isRepeated ? null : params;
}

function keyOf(space: Space, params: Params): string {
  return JSON.stringify(space.params.map(({ name }) => params[name] ?? { absent: true }));
}

/** The keys of the configurations tried so far, kept between calls as long as the history only grows. */
function createSeen(space: Space): (history: History) => Set<string> {
  let known: Params[] = [];
  let keys = new Set<string>();
  return (history) => {
    const isGrown =
      known.length <= history.length && known.every((params, index) => history[index]?.params === params);
    if (!isGrown) {
      known = [];
      keys = new Set();
    }
    for (const { params } of history.slice(known.length)) {
      known.push(params);
      if (isInside(space, params)) keys.add(keyOf(space, params));
    }
    return keys;
  };
}

function permutation(size: number, { seed }: SearchSetup): (index: number) => number {
  const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 2));
  const half = 2 ** bits;
  const stream = studyStream(seed, ORDER);
  const keys = Array.from({ length: ROUNDS }, () => stream.uint32());
  return (index) => {
    let at = index;
    do {
      let left = Math.floor(at / half);
      let right = at % half;
      for (const key of keys) [left, right] = [right, (left ^ (mix(right + key) % half)) >>> 0];
      at = left * half + right;
    } while (at >= size);
    return at;
  };
}

function mix(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
