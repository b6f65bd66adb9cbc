import type { Param } from '../space.ts';
import type { Entry } from './place.ts';

/** Parents before the parameters that depend on them, otherwise as written. Circles are refused. */
export function parentsFirst(params: readonly Param[], entries: readonly Entry[]): Param[] {
  const ordered: Param[] = [];
  const states = new Map<string, 'open' | 'done'>();
  const byName = new Map(params.map((param) => [param.name, param]));
  const visit = (param: Param, trail: readonly string[]): void => {
    if (states.get(param.name) === 'done') return;
    if (states.get(param.name) === 'open') {
      const circle = [...trail.slice(trail.indexOf(param.name)), param.name];
      const entry = entries.find(({ name }) => name === param.name) as Entry;
      throw entry.error(
        'SEARCH_CONDITION_INVALID',
        `the conditions go in a circle: ${circle.join(' → ')}.`,
        'Let one of them exist without a condition.',
      );
    }
    states.set(param.name, 'open');
    for (const { param: parent } of param.when) visit(byName.get(parent) as Param, [...trail, param.name]);
    states.set(param.name, 'done');
    ordered.push(param);
  };
  for (const param of params) visit(param, []);
  return ordered;
}
