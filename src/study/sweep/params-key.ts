import type { Params } from '../../search/space.ts';

/** Equal for equal configurations, whatever the order of their parameters. */
export function paramsKey(params: Params): string {
  return JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
}
