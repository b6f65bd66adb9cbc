import type { ConfigPath } from './path.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

export function isMapping(value: ConfigValue | undefined): value is ConfigMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A new mapping without a prototype. */
export function emptyMapping(): ConfigMapping {
  return Object.create(null) as ConfigMapping;
}

/**
 * The key as it really addresses `container`: list positions may be written as digits (`layers.0.units`),
 * integer-like mapping keys as numbers (`milestones[30]`). Undefined where `container` cannot have such a child.
 */
export function keyIn(container: ConfigValue | undefined, key: string | number): string | number | undefined {
  if (Array.isArray(container)) {
    const index = typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : key;
    return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined;
  }
  return isMapping(container) ? String(key) : undefined;
}

export function childOf(container: ConfigValue | undefined, key: string | number): ConfigValue | undefined {
  const own = keyIn(container, key);
  if (own === undefined) return undefined;
  if (Array.isArray(container)) return container[own as number];
  return Object.hasOwn(container as ConfigMapping, own) ? (container as ConfigMapping)[own] : undefined;
}

/** The value at `path`, or undefined where it does not exist (`null` is a value). */
export function getAt(value: ConfigValue, path: ConfigPath): ConfigValue | undefined {
  let at: ConfigValue | undefined = value;
  for (const key of path) {
    at = childOf(at, key);
    if (at === undefined) return undefined;
  }
  return at;
}

export function hasAt(value: ConfigValue, path: ConfigPath): boolean {
  return getAt(value, path) !== undefined;
}

/** Paths of every scalar and every empty collection, in order. */
export function leafPaths(value: ConfigValue): ConfigPath[] {
  return allPaths(value).filter((path) => {
    const at = getAt(value, path);
    return typeof at !== 'object' || at === null || Object.keys(at).length === 0;
  });
}

/** Paths of every value below the root, collections before what they hold. */
export function allPaths(value: ConfigValue): ConfigPath[] {
  const paths: ConfigPath[] = [];
  const visit = (at: ConfigValue, path: ConfigPath): void => {
    if (path.length > 0) paths.push(path);
    if (Array.isArray(at)) at.forEach((item, index) => visit(item, [...path, index]));
    else if (isMapping(at)) for (const [key, item] of Object.entries(at)) visit(item, [...path, key]);
  };
  visit(value, []);
  return paths;
}

/** Deep equality of values: 1 and 1.0 are equal, NaN equals NaN, the order of mapping keys does not count. */
export function equalValues(a: ConfigValue | undefined, b: ConfigValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) && Number.isNaN(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equalValues(item, b[index]));
  }
  if (!isMapping(a) || !isMapping(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]));
}
