import type { ConfigValue } from '../../config/value.ts';
import type { Relation } from '../claims/claim.ts';
import type { Literal } from '../claims/literal.ts';
import { roundSanely } from '../text/numbers.ts';
import { NUMBER_VALUES } from '../words/classes.ts';
import type { Domain } from '../words/concepts.ts';
import { coerceRelative, coerceToggle } from './coerce-relative.ts';
import { FALSE, invalid, show, TRUE, value, type Coerced } from './coerced.ts';
import { domainOf, domainProblem } from './domain.ts';

function isPrecision(name: string): boolean {
  return /precision|dtype/iu.test(name);
}

/** Turns what a report says into the value the slot takes; `from` is undefined where the path is new. */
export function coerce(
  relation: Relation,
  from: ConfigValue | undefined,
  name: string,
  parent = '',
): Coerced {
  switch (relation.kind) {
    case 'set':
      return coerceLiteral(relation.to, from, name, parent);
    case 'scale':
    case 'shift':
      return coerceRelative(relation, from, name, parent);
    case 'toggle':
      return coerceToggle(relation.on, from, name);
    case 'remove':
      return from === undefined
        ? { kind: 'no-value', message: `${name} is not in the config.` }
        : typeof from === 'boolean' && !relation.isKey
          ? value(false)
          : { kind: 'removed' };
    case 'keep':
    case 'range':
    case 'choices':
    case 'none':
      return { kind: 'no-value', message: `The report names ${name} without a value.` };
  }
}

function asNumber(
  literal: Literal,
  from: ConfigValue | undefined,
  domain: Domain | null,
): number | undefined {
  const { value: of } = literal;
  if (typeof of === 'string') return literal.isQuoted ? undefined : NUMBER_VALUES.get(of.toLowerCase());
  if (typeof of !== 'number') return undefined;
  // `1.000` trees: nobody counts with three decimals, but half of the world groups thousands with a point.
  if (domain === 'count' && !literal.isPercent && /^[1-9]\d{0,2}(?:\.\d{3})+$/u.test(literal.raw))
    return Number(literal.raw.replaceAll('.', ''));
  if (!literal.isPercent) return of;
  const isFraction =
    domain === 'fraction' ||
    (typeof from === 'number' && from > 0 && from < 1) ||
    (from === 0 && domain !== 'count');
  return isFraction || (from === undefined && domain !== 'count' && domain !== 'count0')
    ? roundSanely(of / 100)
    : of;
}

function coerceLiteral(
  literal: Literal,
  from: ConfigValue | undefined,
  name: string,
  parent: string,
): Coerced {
  const domain = domainOf(name, parent);
  const to = literal.value;
  if (typeof to === 'string' && /^\$\s*\(/u.test(to))
    return invalid(`${name} cannot be the output of a command.`);
  if (
    typeof from === 'number' ||
    (from === undefined && typeof to === 'number') ||
    (from === null && typeof to === 'number')
  ) {
    if (to === null) return value(null);
    const number = asNumber(literal, from, domain);
    // `precision: 32` next to `16-mixed`: a number only by chance.
    if (
      number === undefined &&
      typeof to === 'string' &&
      isPrecision(name) &&
      /^(?:bf|fp)?\d{1,2}(?:-\w+)?$|^(?:mixed|float|half|double)\w*$/iu.test(to)
    )
      return value(to);
    if (number === undefined)
      return invalid(
        `${name} takes a number (${show(from ?? null)} in the config), and the report says ${show(to)}.`,
      );
    // `val_size: 1000` counts examples where others write a share: then a share is not what it takes.
    const isCounted = domain === 'fraction' && typeof from === 'number' && from > 1;
    const problem = isCounted ? null : domainProblem(number, domain, name);
    return problem ? invalid(`${problem}, and the report says ${literal.raw || number}.`) : value(number);
  }
  if (from === undefined) return coerceNew(literal, domain, name);
  if (typeof from === 'boolean') {
    if (typeof to === 'boolean') return value(to);
    if (typeof to === 'string' && !literal.isQuoted && TRUE.test(to)) return value(true);
    if (typeof to === 'string' && !literal.isQuoted && FALSE.test(to)) return value(false);
    if (to !== null && typeof to === 'object') return value(to);
    return invalid(`${name} is true or false, and the report says ${show(to)}.`);
  }
  if (typeof from === 'string') return coerceText(literal, from, name);
  if (from === null) return value(to);
  if (Array.isArray(from))
    return Array.isArray(to)
      ? value(to)
      : to === null
        ? value(null)
        : invalid(`${name} is a list in the config, and the report says ${show(to)}.`);
  if (to !== null && typeof to === 'object' && !Array.isArray(to)) return value(to);
  return to === null
    ? value(null)
    : invalid(`${name} is a section of the config, and the report says ${show(to)}.`);
}

function coerceNew(literal: Literal, domain: Domain | null, name: string): Coerced {
  const to = literal.value;
  if (typeof to !== 'string' || literal.isQuoted) {
    if (domain === 'boolean' && typeof to === 'number')
      return invalid(`${name} is a switch, and the report says ${to}.`);
    return value(to);
  }
  const isNumeric = domain !== null && domain !== 'any' && domain !== 'choice' && domain !== 'boolean';
  if (isNumeric) {
    const number = NUMBER_VALUES.get(to.toLowerCase());
    if (number === undefined) return invalid(`${name} takes a number, and the report says ${to}.`);
    const problem = domainProblem(number, domain, name);
    return problem ? invalid(`${problem}, and the report says ${to}.`) : value(number);
  }
  if (/^(?:yes|on|enabled)$/iu.test(to)) return value(true);
  if (/^(?:no|off|disabled)$/iu.test(to)) return value(false);
  return value(to);
}

/** Prose writes `AdamW` where the config writes `adam` or `torch.optim.Adam`: the config's style wins for known choices. */
function coerceText(literal: Literal, from: string, name: string): Coerced {
  const to = literal.value;
  // YAML reads `none` as text and Python writes `None` for null.
  if (to === null) return value(literal.isWord && literal.raw === 'none' ? 'none' : null);
  if (typeof to === 'boolean')
    return literal.isWord && /^none$/iu.test(literal.raw)
      ? value(null)
      : /^(?:true|false)$/iu.test(from)
        ? value(to)
        : invalid(`${name} is text (${from}), and the report says ${to}.`);
  if (typeof to === 'number')
    return /^[+-]?[\d.]+(?:e[+-]?\d+)?$/iu.test(from)
      ? value(literal.isQuoted ? String(to) : to)
      : invalid(`${name} is text (${from}), and the report says ${to}.`);
  if (typeof to !== 'string')
    return Array.isArray(to) ? invalid(`${name} is text (${from}), and the report gives a list.`) : value(to);
  return value(to);
}
