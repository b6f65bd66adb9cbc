import { isMapping } from '../../config/lookup.ts';
import { formatPath, parsePath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Condition, Domain } from '../space.ts';
import { indexOf, sizeOf } from './domain.ts';
import { show, type Entry } from './place.ts';
import { numberOf } from './spelled.ts';

interface Written {
  param: string;
  operator: string;
  value: ConfigValue;
}

/** Parameters by name, as far as conditions may ask for them. */
export type Parents = ReadonlyMap<string, Domain>;

const COMPARISON = /^\s*([\w.[\]"-]+)\s*(==|!=|<=|>=|=|<|>|\bnot\s+in\b|\bin\b|\bis\b)\s*(.+?)\s*$/u;
const REMEDY = 'Write `if: {optimizer: sgd}`, `if: {optimizer: [sgd, adam]}` or `if: layers >= 2`.';

/**
 * Reads `if:`. Forms: a mapping of names to a value, a list of values or a comparison (`'>= 2'`); a text such as
 * `optimizer == sgd`, `optimizer in [sgd, adam]`, joined by `and`; a list of these, all of which must hold.
 */
export function readConditions(entry: Entry, written: ConfigValue, parents: Parents): Condition[] {
  return split(entry, written).map((one) => check(entry, one, parents));
}

function split(entry: Entry, written: ConfigValue): Written[] {
  if (Array.isArray(written)) return written.flatMap((item) => split(entry, item));
  if (typeof written === 'string') {
    return written.split(/\s+and\s+|\s*&&\s*/u).map((text) => {
      const [, param, operator, value] = COMPARISON.exec(text) ?? [];
      if (param === undefined || operator === undefined || value === undefined) {
        throw entry.error('SEARCH_CONDITION_INVALID', `the condition ${show(text)} cannot be read.`, REMEDY);
      }
      return { param, operator: operator.replace(/\s+/u, ' '), value: literal(value) };
    });
  }
  if (!isMapping(written) || Object.keys(written).length === 0) {
    throw entry.error('SEARCH_CONDITION_INVALID', `the condition ${show(written)} cannot be read.`, REMEDY);
  }
  return Object.entries(written).map(([param, value]) => {
    const [, operator, right] =
      typeof value === 'string' ? (/^(==|!=|<=|>=|<|>)\s*(.+)$/u.exec(value) ?? []) : [];
    return operator === undefined || right === undefined
      ? { param, operator: '==', value }
      : { param, operator, value: literal(right) };
  });
}

/** The right side of a written comparison: a list, a number, true, false, null, or a (quoted) word. */
function literal(text: string): ConfigValue {
  const list = /^[[({](.*)[\])}]$/u.exec(text)?.[1];
  if (list !== undefined) {
    return list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(literal);
  }
  const quoted = /^(['"])(.*)\1$/u.exec(text)?.[2];
  if (quoted !== undefined) return quoted;
  if (/^(true|false)$/iu.test(text)) return text.toLowerCase() === 'true';
  if (/^(null|none|~)$/iu.test(text)) return null;
  return numberOf(text) ?? text;
}

function check(entry: Entry, { param: written, operator, value }: Written, parents: Parents): Condition {
  const wrong = (problem: string, remedy?: string): Error =>
    entry.error('SEARCH_CONDITION_INVALID', problem, remedy);
  const param = nameIn(written, parents, wrong);
  if (param === entry.name) throw wrong('it cannot depend on itself.', 'Name another parameter in `if:`.');
  const domain = parents.get(param) as Domain;
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    const limit = numberOf(value);
    if (limit === undefined || domain.kind === 'categorical') {
      throw wrong(`${param} ${operator} ${show(value)} compares what is not a number.`, REMEDY);
    }
    return { param, test: operator, value: limit };
  }
  const values = (Array.isArray(value) ? value : [value]).map((item) => asTaken(item, domain));
  const never = values.find((item) => sizeOf(domain) < Infinity && indexOf(domain, item) < 0);
  if (never !== undefined) throw wrong(`${param} is never ${show(never)}.`, 'Name a value that it can take.');
  return { param, test: operator.startsWith('not') || operator === '!=' ? 'not in' : 'in', values };
}

/** `if: {bias: "1e-3"}` and `name == 3` mean the value that the other parameter really takes. */
function asTaken(value: ConfigValue, domain: Domain): ConfigValue {
  if (sizeOf(domain) === Infinity || indexOf(domain, value) >= 0) return value;
  const number = numberOf(value);
  if (number !== undefined && indexOf(domain, number) >= 0) return number;
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return indexOf(domain, text) >= 0 ? text : value;
}

function nameIn(
  written: string,
  parents: Parents,
  wrong: (problem: string, remedy?: string) => Error,
): string {
  const path = parsePath(written);
  const name = path === undefined ? written : formatPath(path);
  if (parents.has(name)) return name;
  const fitting = [...parents.keys()].filter((other) => other.endsWith(`.${name}`));
  if (fitting.length === 1) return fitting[0] as string;
  if (fitting.length > 1)
    throw wrong(`${show(written)} could be ${fitting.join(' or ')}.`, 'Write the full name.');
  throw wrong(
    `the condition names ${show(written)}, which is no parameter of the space.`,
    `Name one of ${[...parents.keys()].slice(0, 8).join(', ')}.`,
  );
}
