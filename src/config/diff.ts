import type { ChangeKind } from './_contract.ts';
import { equalValues, isMapping } from './lookup.ts';
import type { ConfigPath } from './path.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

export interface ValueDifference {
  path: ConfigPath;
  kind: ChangeKind;
  /** null where `kind` is `new`. */
  from: ConfigValue;
  /** null where `kind` is `removed`. */
  to: ConfigValue;
}

export interface DiffOptions {
  /** Compare lists of equal length item by item instead of as one value. */
  items?: boolean;
}

/** What turns `a` into `b`, in the order of `a`'s keys, then `b`'s. A key with everything below it is one difference when it is new or removed. */
export function diffValues(a: ConfigMapping, b: ConfigMapping, options: DiffOptions = {}): ValueDifference[] {
  const differences: ValueDifference[] = [];
  const compare = (from: ConfigValue, to: ConfigValue, path: ConfigPath): void => {
    if (isMapping(from) && isMapping(to)) compareMappings(from, to, path);
    else if (
      options.items === true &&
      Array.isArray(from) &&
      Array.isArray(to) &&
      from.length === to.length
    ) {
      from.forEach((item, index) => compare(item, to[index] as ConfigValue, [...path, index]));
    } else if (!equalValues(from, to)) differences.push({ path, kind: 'changed', from, to });
  };
  const compareMappings = (from: ConfigMapping, to: ConfigMapping, path: ConfigPath): void => {
    for (const [key, value] of Object.entries(from)) {
      const next = [...path, key];
      if (Object.hasOwn(to, key)) compare(value, to[key] as ConfigValue, next);
      else differences.push({ path: next, kind: 'removed', from: value, to: null });
    }
    for (const [key, value] of Object.entries(to)) {
      if (!Object.hasOwn(from, key)) {
        differences.push({ path: [...path, key], kind: 'new', from: null, to: value });
      }
    }
  };
  compareMappings(a, b, []);
  return differences;
}
