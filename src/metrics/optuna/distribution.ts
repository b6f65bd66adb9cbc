import * as z from 'zod';
import { parseLiteral } from '../literal.ts';
import type { Distribution, OptunaTrial, ParameterValue } from './trial.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const number = z.number();
const attributes = z.object({
  low: number.optional(),
  high: number.optional(),
  log: z.boolean().optional(),
  step: number.nullish(),
  /** Of the discrete distributions before version 3. */
  q: number.optional(),
  choices: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
const schema = z.object({ name: z.string(), attributes });

/** A distribution from Optuna's JSON, in the spelling of every version; undefined where it is none. */
export function parseDistribution(json: string): Distribution | undefined {
  const literal = parseLiteral(json);
  const parsed = schema.safeParse(literal?.value);
  if (!parsed.success) return undefined;
  const { name, attributes: found } = parsed.data;
  const { low, high, log = false, step = null, q = null, choices } = found;
  if (name === 'CategoricalDistribution') return choices && { kind: 'categorical', choices };
  if (low === undefined || high === undefined) return undefined;
  if (name.startsWith('Int'))
    return { kind: 'int', low, high, log: log || name.includes('Log'), step: step ?? 1 };
  return { kind: 'float', low, high, log: log || name.includes('Log'), step: step ?? q };
}

/** Sets a parameter from the number that Optuna stores: of a categorical one its position, of others the value. */
export function setParameter(trial: OptunaTrial, name: string, stored: number, json: string): boolean {
  const distribution = parseDistribution(json);
  if (!distribution || FORBIDDEN.has(name)) return false;
  const value: ParameterValue | undefined =
    distribution.kind === 'categorical'
      ? distribution.choices[stored]
      : distribution.kind === 'int'
        ? Math.round(stored)
        : stored;
  if (value === undefined) return false;
  trial.params[name] = value;
  trial.distributions[name] = distribution;
  return true;
}
