import type { ConfigDocument } from '../../config/_contract.ts';
import { equalValues, getAt, hasAt } from '../../config/lookup.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Change } from '../../diagnosis/types.ts';
import type { Params, Space } from '../../search/space.ts';

/** What a configuration of the space changes in a config, in the order of the space; equal values change nothing. */
export function changesOf(params: Params, space: Space, base: ConfigDocument, why: string): Change[] {
  return space.params.flatMap(({ name, path }): Change[] => {
    const to = params[name];
    if (to === undefined) return [];
    const isThere = hasAt(base.value, path);
    const from = isThere ? (getAt(base.value, path) ?? null) : null;
    if (isThere && equalValues(from, to)) return [];
    const kind = isThere ? 'changed' : 'new';
    return [{ path: formatPath(path), kind, from, to, recommendation: null, line: null, why }];
  });
}

/** The values that a config (with some changes made) has for the parameters of a space; absent ones are left out. */
export function paramsIn(space: Space, base: ConfigDocument, changes: readonly Change[] = []): Params {
  const params = Object.create(null) as Record<string, ConfigValue>;
  for (const { name, path } of space.params) {
    const change = changes.find((each) => each.path === formatPath(path));
    if (change?.kind === 'removed') continue;
    const value = change ? change.to : getAt(base.value, path);
    if (value !== undefined) params[name] = value;
  }
  return params;
}
