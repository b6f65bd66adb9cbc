import type { ConfigValue } from '../../config/value.ts';
import type { Condition, Domain, Param } from '../space.ts';

/** A domain in a few words: `1e-5 … 0.1 (log)`, `16, 32 or 64`. */
export function describeDomain(domain: Domain): string {
  if (domain.kind === 'categorical' || domain.kind === 'ordinal') {
    const shown = domain.choices.map(plain);
    return shown.length === 1 ? `${shown[0]} (fixed)` : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
  }
  if (domain.low === domain.high) return `${plain(domain.low)} (fixed)`;
  const notes = [
    domain.kind === 'int' ? 'whole' : '',
    domain.isLog ? 'log' : '',
    domain.step !== null && !(domain.kind === 'int' && domain.step === 1) ? `step ${plain(domain.step)}` : '',
  ].filter((note) => note !== '');
  return `${plain(domain.low)} … ${plain(domain.high)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

/** `if optimizer is sgd and layers >= 2`; empty without conditions. */
export function describeConditions(param: Param): string {
  if (param.when.length === 0) return '';
  return `if ${param.when.map(describeCondition).join(' and ')}`;
}

function describeCondition(condition: Condition): string {
  if (!('values' in condition)) return `${condition.param} ${condition.test} ${condition.value}`;
  const values = condition.values.map(plain);
  return `${condition.param} is ${condition.test === 'in' ? '' : 'not '}${values.join(' or ')}`;
}

function plain(value: ConfigValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-3) return value.toExponential();
  return JSON.stringify(value);
}
