import { equalValues } from '../../config/lookup.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Condition, Param, Params, Space } from '../space.ts';
import { contains } from './domain.ts';

function holds(condition: Condition, params: Params): boolean {
  const value = params[condition.param];
  if (value === undefined) return false;
  switch (condition.test) {
    case 'in':
      return condition.values.some((item) => equalValues(item, value));
    case 'not in':
      return !condition.values.some((item) => equalValues(item, value));
    case '<':
      return Number(value) < condition.value;
    case '<=':
      return Number(value) <= condition.value;
    case '>':
      return Number(value) > condition.value;
    case '>=':
      return Number(value) >= condition.value;
  }
}

/** Whether a parameter exists beside the values that its parents have in `params`. */
export function isActive(param: Param, params: Params): boolean {
  return param.when.every((condition) => holds(condition, params));
}

/** Builds a configuration: `draw` gives the value of each active parameter, parents first. */
export function assemble(space: Space, draw: (param: Param, index: number) => ConfigValue): Params {
  const params = Object.create(null) as Record<string, ConfigValue>;
  space.params.forEach((param, index) => {
    if (isActive(param, params)) params[param.name] = draw(param, index);
  });
  return params;
}

/** Whether a configuration has exactly its active parameters, each inside its domain. */
export function isInside(space: Space, params: Params): boolean {
  return space.params.every((param) => {
    const value = params[param.name];
    if (!isActive(param, params)) return value === undefined;
    return value !== undefined && contains(param, value);
  });
}
