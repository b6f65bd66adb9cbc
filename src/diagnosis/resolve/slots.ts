import type { ConfigPath } from '../../config/path.ts';
import { formatPath } from '../../config/path.ts';
import type { ConfigMapping, ConfigValue } from '../../config/value.ts';
import { normalizeName } from '../words/concepts.ts';

/** A place in the baseline config. */
export interface Slot {
  path: ConfigPath;
  /** `formatPath(path)`. */
  text: string;
  value: ConfigValue;
  isMapping: boolean;
  /** Normalized keys from the root, sequence indices left out. */
  names: readonly string[];
}

const MAX_SLOTS = 20_000;
const MAX_DEPTH = 24;

export function isMapping(value: ConfigValue): value is ConfigMapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isPair(value: ConfigValue): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}

/** Every key of a config, the two entries of Adam's `betas`, mappings included, and the mappings inside sequences. */
export function listSlots(root: ConfigMapping): Slot[] {
  const slots: Slot[] = [];
  const visit = (value: ConfigValue, path: ConfigPath, names: readonly string[]): void => {
    if (slots.length >= MAX_SLOTS || path.length > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) if (isMapping(item)) visit(item, [...path, index], names);
      return;
    }
    if (!isMapping(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const inner = [...path, key];
      // A flat config may write its sections into the keys: `"optim.lr": 0.01`.
      const innerNames = [...names, ...key.split('.').map(normalizeName)];
      slots.push({
        path: inner,
        text: formatPath(inner),
        value: item,
        isMapping: isMapping(item),
        names: innerNames,
      });
      if (isPair(item) && innerNames.at(-1) === 'betas')
        for (const at of [0, 1])
          slots.push({
            path: [...inner, at],
            text: formatPath([...inner, at]),
            value: item[at] ?? null,
            isMapping: false,
            names: [...innerNames.slice(0, -1), `beta${at + 1}`],
          });
      visit(item, inner, innerNames);
    }
  };
  visit(root, [], []);
  return slots;
}

/** The value at a path; undefined where the path does not exist. */
export function valueAt(root: ConfigValue, path: ConfigPath): ConfigValue | undefined {
  let value: ConfigValue | undefined = root;
  for (const key of path) {
    if (typeof key === 'number') value = Array.isArray(value) ? value[key] : undefined;
    else
      value = value !== undefined && isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Deep equality of config values; numbers compare by value. */
export function sameValue(a: ConfigValue, b: ConfigValue): boolean {
  if (a === b) return true;
  // Infinity lies within any share of itself.
  if (typeof a === 'number' && typeof b === 'number')
    return (
      Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
    );
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index] as ConfigValue));
  if (a === null || b === null || !isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] as ConfigValue, b[key] as ConfigValue))
  );
}
