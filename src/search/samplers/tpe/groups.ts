import { sizeOf } from '../../space/domain.ts';
import type { Param, Space } from '../../space.ts';
import { scaleOf, type Scale } from './scale.ts';

/** Parameters that are always active together: they share one mixture. */
export interface Group {
  readonly params: readonly Param[];
  /** Their positions in the space. */
  readonly columns: readonly number[];
  readonly scales: readonly Scale[];
}

/** Groups by equal conditions, parents first; fixed parameters are in none. */
export function groupsOf(space: Space): Group[] {
  const byCondition = new Map<string, number[]>();
  space.params.forEach((param, at) => {
    if (sizeOf(param) === 1) return;
    const key = JSON.stringify(param.when);
    const columns = byCondition.get(key);
    if (columns === undefined) byCondition.set(key, [at]);
    else columns.push(at);
  });
  return [...byCondition.values()].map((columns) => {
    const params = columns.map((at) => space.params[at] as Param);
    return { params, columns, scales: params.map(scaleOf) };
  });
}
