import type { ConfigValue } from '../../config/value.ts';

const NUMBER = /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i;
const EXPONENT = /^[-+]?(?:\d+\.?\d*|\.\d+)e[-+]?\d+$/i;
const FRACTION = /^([-+]?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/;

/** A bound or a step: a number, also where YAML 1.1 made a string of it (`1e-5`), or a fraction (`1/3`). */
export function numberOf(value: ConfigValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (NUMBER.test(text)) return Number(text.replaceAll('_', ''));
  const [, top, bottom] = FRACTION.exec(text) ?? [];
  return top === undefined || Number(bottom) === 0 ? undefined : Number(top) / Number(bottom);
}

/** A listed value: `1e-5` is a number that YAML 1.1 does not see; `"16"` was quoted on purpose and stays a string. */
export function listedValue(value: ConfigValue): ConfigValue {
  return typeof value === 'string' && EXPONENT.test(value.trim()) ? Number(value) : value;
}
