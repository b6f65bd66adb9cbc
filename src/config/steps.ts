import { alignItems } from './align.ts';
import type { Mark } from './comment.ts';
import { equalValues, isMapping } from './lookup.ts';
import type { ConfigPath } from './path.ts';
import type { ConfigMapping, ConfigValue } from './value.ts';

/** One change of one place in the text. `insert` makes a new key, or puts an item before the list position at the end of `path`. */
export interface Step {
  op: 'set' | 'insert' | 'remove';
  path: ConfigPath;
  value: ConfigValue;
  mark: Pick<Mark, 'kind' | 'why'>;
}

/** Whether the collection at a path can become `to` in parts. */
export type IsDivisible = (path: ConfigPath, to: ConfigValue) => boolean;

/**
 * Takes the replacement of a collection apart into steps on what really differs, so that everything that
 * stays keeps its lines and comments. `isDivisible` says where the text allows it.
 */
export function* replacementSteps(
  path: ConfigPath,
  from: ConfigValue,
  to: ConfigValue,
  why: string,
  isDivisible: IsDivisible,
): Generator<Step> {
  if (equalValues(from, to)) return;
  if (isMapping(from) && isMapping(to) && isDivisible(path, to) && canBecome(from, to)) {
    yield* mappingSteps(path, from, to, why, isDivisible);
  } else if (Array.isArray(from) && Array.isArray(to) && isDivisible(path, to) && canBecome(from, to)) {
    yield* listSteps(path, from, to, why, isDivisible);
  } else {
    yield { op: 'set', path, value: to, mark: { kind: 'changed', why } };
  }
}

/** An empty collection is written in another form than a filled one. */
function canBecome(from: object, to: object): boolean {
  return Object.keys(from).length > 0 && Object.keys(to).length > 0;
}

/** Additions before removals: no step leaves the mapping empty. */
function* mappingSteps(
  path: ConfigPath,
  from: ConfigMapping,
  to: ConfigMapping,
  why: string,
  isDivisible: IsDivisible,
): Generator<Step> {
  for (const [key, value] of Object.entries(to)) {
    const at = [...path, key];
    if (Object.hasOwn(from, key)) {
      yield* replacementSteps(at, from[key] as ConfigValue, value, why, isDivisible);
    } else {
      yield { op: 'insert', path: at, value, mark: { kind: 'new', why } };
    }
  }
  for (const key of Object.keys(from)) {
    if (!Object.hasOwn(to, key)) {
      yield { op: 'remove', path: [...path, key], value: null, mark: { kind: 'removed', why } };
    }
  }
}

/** From the last gap to the first, so that the positions of what is still to do stay true. */
function* listSteps(
  path: ConfigPath,
  from: readonly ConfigValue[],
  to: readonly ConfigValue[],
  why: string,
  isDivisible: IsDivisible,
): Generator<Step> {
  for (const { start, count, items } of alignItems(from, to)) {
    const paired = Math.min(count, items.length);
    for (const item of items.slice(paired).reverse()) {
      yield { op: 'insert', path: [...path, start + paired], value: item, mark: { kind: 'new', why } };
    }
    for (let index = start + count - 1; index >= start + paired; index--) {
      yield { op: 'remove', path: [...path, index], value: null, mark: { kind: 'removed', why } };
    }
    for (let index = paired - 1; index >= 0; index--) {
      const at = [...path, start + index];
      yield* replacementSteps(
        at,
        from[start + index] as ConfigValue,
        items[index] as ConfigValue,
        why,
        isDivisible,
      );
    }
  }
}
