/** Configurations as points of [0, 1]^d for a kernel: numbers and ordinals by their unit position, categories by index. */
import type { Params, Space } from '../space.ts';
import { indexOf, toUnit } from '../space/domain.ts';

/** Where an absent (inactive) parameter lies; its parent's own coordinate already tells the two cases apart. */
const ABSENT = 0.5;

export function categoricalColumns(space: Space): boolean[] {
  return space.params.map((param) => param.kind === 'categorical');
}

/** Undefined where a value of another type or choice cannot be placed; numbers beyond a range lie beyond [0, 1]. */
export function encode(space: Space, params: Params): Float64Array | undefined {
  const x = new Float64Array(space.params.length);
  for (const [index, param] of space.params.entries()) {
    const value = params[param.name];
    if (value === undefined) x[index] = param.kind === 'categorical' ? -1 : ABSENT;
    else if (param.kind === 'categorical' || param.kind === 'ordinal') {
      const position = indexOf(param, value);
      if (position < 0) return undefined;
      x[index] = param.kind === 'categorical' ? position : toUnit(param, value);
    } else {
      const u = typeof value === 'number' ? toUnit(param, value) : Number.NaN;
      if (!Number.isFinite(u)) return undefined;
      x[index] = Math.max(-0.5, Math.min(1.5, u));
    }
  }
  return x;
}
