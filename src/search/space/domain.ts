/**
 * Domains as numbers.
 *
 * u ∈ [0, 1]: position in a domain, such that a uniform u is a uniform (or log-uniform) value; every discrete value owns
 * an equal share of a linear scale, and [v − ½, v + ½] of a log scale. Cells and `fromUnit` invert each other.
 */
import { equalValues } from '../../config/lookup.ts';
import type { ConfigValue } from '../../config/value.ts';
import type { Domain } from '../space.ts';

/** How many values a domain has; Infinity for continuous ones. */
export function sizeOf(domain: Domain): number {
  switch (domain.kind) {
    case 'categorical':
    case 'ordinal':
      return domain.choices.length;
    case 'int':
      return Math.round((domain.high - domain.low) / domain.step) + 1;
    case 'float':
      if (domain.low === domain.high) return 1;
      return domain.step === null ? Infinity : Math.round((domain.high - domain.low) / domain.step) + 1;
  }
}

/** The value at position `index` of a discrete domain. */
export function valueAt(domain: Domain, index: number): ConfigValue {
  if (domain.kind === 'categorical' || domain.kind === 'ordinal') return domain.choices[index] as ConfigValue;
  if (domain.step === null) return domain.low;
  return stepped(domain.low, domain.step, index);
}

/** The position of a value in its discrete domain; −1 where it is not one of its values. */
export function indexOf(domain: Domain, value: ConfigValue): number {
  if (domain.kind === 'categorical' || domain.kind === 'ordinal') {
    for (let index = 0; index < domain.choices.length; index++) {
      if (equalValues(domain.choices[index], value)) return index;
    }
    return -1;
  }
  if (typeof value !== 'number') return -1;
  if (domain.step === null) return value === domain.low ? 0 : -1;
  const index = Math.round((value - domain.low) / domain.step);
  if (index < 0 || index >= sizeOf(domain)) return -1;
  return Math.abs(value - (domain.low + index * domain.step)) <= 1e-6 * domain.step ? index : -1;
}

export function contains(domain: Domain, value: ConfigValue): boolean {
  if (sizeOf(domain) < Infinity) return indexOf(domain, value) >= 0;
  return typeof value === 'number' && domain.kind === 'float' && value >= domain.low && value <= domain.high;
}

/** The value at u. */
export function fromUnit(domain: Domain, u: number): ConfigValue {
  const size = sizeOf(domain);
  if (size === 1) return valueAt(domain, 0);
  if ((domain.kind === 'int' || domain.kind === 'float') && domain.isLog) {
    const [low, high] = logBounds(domain);
    return fromScale(domain, low + u * (high - low));
  }
  if (size === Infinity) {
    const { low, high } = domain as Extract<Domain, { kind: 'float' }>;
    return fromScale(domain, low + u * (high - low));
  }
  return valueAt(domain, Math.max(0, Math.min(size - 1, Math.floor(u * size))));
}

/** Where a contained value lies: the middle of its cell. */
export function toUnit(domain: Domain, value: ConfigValue): number {
  const size = sizeOf(domain);
  if (size === 1) return 0.5;
  if ((domain.kind === 'int' || domain.kind === 'float') && domain.isLog) {
    const [low, high] = logBounds(domain);
    return (Math.log(value as number) - low) / (high - low);
  }
  if (size === Infinity) {
    const { low, high } = domain as Extract<Domain, { kind: 'float' }>;
    return ((value as number) - low) / (high - low);
  }
  return (indexOf(domain, value) + 0.5) / size;
}

/** The bounds of a log scale, half a unit wider for whole numbers so that each has its cell. */
export function logBounds(domain: Extract<Domain, { kind: 'int' | 'float' }>): readonly [number, number] {
  const margin = domain.kind === 'int' ? 0.5 : 0;
  return [Math.log(domain.low - margin), Math.log(domain.high + margin)];
}

/** The value nearest to `x`, given on the domain's own scale (log where it is log), as a readable number inside it. */
export function fromScale(domain: Domain, x: number): number {
  const { kind, low, high, isLog } = domain as Extract<Domain, { kind: 'int' | 'float' }>;
  const raw = isLog ? Math.exp(x) : x;
  const rounded = kind === 'int' ? Math.round(raw) : readable(raw, isLog ? raw : high - low);
  return Math.max(low, Math.min(high, rounded));
}

/** Six digits of what matters: nobody wants `lr: 0.0031622776601683794` in a config. */
function readable(value: number, extent: number): number {
  const decimals = 5 - Math.floor(Math.log10(extent));
  if (decimals > 100 || !Number.isFinite(decimals)) return value;
  if (decimals >= 0) return Number(value.toFixed(decimals));
  const unit = 10 ** -decimals;
  return Math.round(value / unit) * unit;
}

/** `low + index·step` without the noise of binary fractions: 0.1 + 2·0.1 is 0.3. */
function stepped(low: number, step: number, index: number): number {
  const decimals = Math.max(decimalsOf(low), decimalsOf(step));
  const value = low + index * step;
  return decimals > 15 ? value : Number(value.toFixed(decimals));
}

function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}
