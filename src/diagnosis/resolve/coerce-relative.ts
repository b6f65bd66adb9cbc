import type { ConfigValue } from '../../config/value.ts';
import type { Relation } from '../claims/claim.ts';
import { roundSanely } from '../text/numbers.ts';
import { FALSE, invalid, kindOf, show, TRUE, value, type Coerced } from './coerced.ts';
import { domainOf, domainProblem } from './domain.ts';

/** What multiplying, adding or switching makes of the baseline's value. */
export function coerceRelative(
  relation: Extract<Relation, { kind: 'scale' | 'shift' }>,
  from: ConfigValue | undefined,
  name: string,
  parent: string,
): Coerced {
  if (from === undefined || from === null)
    return {
      kind: 'no-value',
      message: `${name} is not in the config, so that there is nothing to ${relation.kind === 'scale' ? 'multiply' : 'add to'}.`,
    };
  if (typeof from !== 'number')
    return invalid(
      `${name} is ${kindOf(from)} in the config and cannot be ${relation.kind === 'scale' ? 'multiplied' : 'added to'}.`,
    );
  const exact = roundSanely(relation.kind === 'scale' ? from * relation.factor : from + relation.delta);
  const domain = domainOf(name, parent);
  const isCount = domain === 'count' || domain === 'count0';
  const result =
    isCount ||
    (Number.isInteger(from) &&
      Math.abs(from) >= 2 &&
      !Number.isInteger(exact) &&
      Math.abs(exact) >= 2 &&
      domain === null)
      ? Math.round(exact)
      : exact;
  if (result === from) return { kind: 'no-value', message: `The change leaves ${name} at ${from}.` };
  const problem = domainProblem(result, domain, name);
  return problem ? invalid(`${problem}; the report's change gives ${result}.`) : value(result);
}

export function coerceToggle(on: boolean, from: ConfigValue | undefined, name: string): Coerced {
  if (from === undefined || typeof from === 'boolean' || from === null) return value(on);
  if (typeof from === 'string' && (TRUE.test(from) || FALSE.test(from))) return value(on ? 'on' : 'off');
  return {
    kind: 'no-value',
    message: `${name} is ${show(from)} in the config; the report says ${on ? 'enable' : 'disable'} without a value.`,
  };
}
