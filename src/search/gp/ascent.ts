/**
 * The configuration where an acquisition function is largest: from several starts, quasi-Newton steps over the numbers
 * and every value of the parameters that have few, in turns until neither helps. Optima at the edge of the box are reached exactly.
 */
import { assemble } from '../space/active.ts';
import { fromUnit, sizeOf, valueAt } from '../space/domain.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Param, Params, Space } from '../space.ts';
import type { Acquisition } from './acquisition.ts';
import { encode } from './encoding.ts';
import { minimize } from './minimize.ts';

/** Parameters with at most so many values are tried value by value; the others are numbers to a gradient. */
const FEW_VALUES = 16;
const TURNS = 4;
const ITERATIONS = 30;
/** What is not worth a further step or turn. */
const GAIN = 1e-3;

export interface Candidate {
  readonly params: Params;
  readonly value: number;
}

export function ascend(space: Space, from: Candidate, acquisition: Acquisition): Candidate {
  const rate = (params: Params): Candidate => ({
    params,
    value: acquisition.at(encode(space, params) as Float64Array),
  });
  let top = from;
  for (let turn = 0; turn < TURNS; turn++) {
    const moved = rate(alongNumbers(space, top.params, acquisition));
    if (moved.value > top.value) top = moved;
    const before = top;
    for (const param of space.params) {
      if (top.params[param.name] === undefined || !isFew(param)) continue;
      const { params } = top;
      for (let index = 0; index < sizeOf(param); index++) {
        const other = rate(withValue(space, params, param, valueAt(param, index)));
        if (other.value > top.value) top = other;
      }
    }
    if (top.value - before.value < GAIN) break;
  }
  return top;
}

function isFew(param: Param): boolean {
  return sizeOf(param) <= FEW_VALUES;
}

/** The rest stays as it is; a parameter that comes into being lies in the middle. */
function withValue(space: Space, params: Params, changed: Param, value: ConfigValue): Params {
  return assemble(space, (param) =>
    param === changed ? value : (params[param.name] ?? fromUnit(param, 0.5)),
  );
}

function alongNumbers(space: Space, params: Params, { slopes }: Acquisition): Params {
  const free = space.params.flatMap((param, index) =>
    params[param.name] === undefined || isFew(param) ? [] : [index],
  );
  if (free.length === 0 || !slopes) return params;
  const x = encode(space, params) as Float64Array;
  const along = new Float64Array(x.length);
  const start = free.map((index) => x[index] as number);
  const { x: end } = minimize(
    (point, gradient) => {
      free.forEach((index, i) => (x[index] = point[i] as number));
      const value = slopes(x, along);
      free.forEach((index, i) => (gradient[i] = -(along[index] as number)));
      return -value;
    },
    start,
    { low: 0, high: 1 },
    { iterations: ITERATIONS, gradient: 1e-3, gain: GAIN },
  );
  return assemble(space, (param, index) => {
    const i = free.indexOf(index);
    if (i < 0) return params[param.name] as ConfigValue;
    return fromUnit(param, Math.min(1 - 1e-12, end[i] as number));
  });
}
