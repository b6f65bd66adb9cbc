import { isMapping } from '../../config/lookup.ts';
import { parsePath, type ConfigPath } from '../../config/path.ts';
import type { ConfigValue } from '../../config/value.ts';
import { searchError } from '../errors.ts';
import type { Condition, Domain, Param, Space } from '../space.ts';
import { readChoices } from './choices.ts';
import { readConditions } from './condition.ts';
import { parentsFirst } from './order.ts';
import { Entry, show, type Place } from './place.ts';
import { conditionIn, isTyped, readTyped } from './typed.ts';

const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a search space: names to lists (`dropout: [0.3, 0.4, 0.5]`), to typed ranges
 * (`lr: {type: loguniform, low: 1e-5, high: 1e-2}`), to a single value (fixed) or to further names.
 */
export function readSpace(value: ConfigValue, place: Place = {}): Space {
  const root = new Entry(value, [], [], place);
  if (!isMapping(value)) {
    throw searchError('SEARCH_SPACE_INVALID', `The search space is ${show(value)}.`, {
      file: place.file,
      remedy: 'Write a mapping of parameter names to lists or typed ranges.',
    });
  }
  const entries = [...entriesIn(root)];
  if (entries.length === 0) {
    throw searchError('SEARCH_SPACE_EMPTY', 'The search space names no parameter.', {
      file: place.file,
      remedy: 'Give at least one parameter, for instance `dropout: [0.3, 0.4, 0.5]`.',
    });
  }
  rejectOverlaps(entries);
  const domains = entries.map((entry) => domainOf(entry));
  const parents = new Map<string, Domain>(
    entries.map((entry, index) => [entry.name, domains[index] as Domain]),
  );
  const params = entries.map((entry, index): Param => {
    const written = conditionIn(entry.value);
    const when: Condition[] = written === undefined ? [] : readConditions(entry, written, parents);
    return { ...(domains[index] as Domain), name: entry.name, path: entry.path, when };
  });
  return { params: parentsFirst(params, entries) };
}

function* entriesIn(entry: Entry): Generator<Entry> {
  if (!isMapping(entry.value) || (entry.path.length > 0 && isTyped(entry.value))) {
    yield entry;
    return;
  }
  const keys = Object.entries(entry.value);
  if (keys.length === 0 && entry.path.length > 0) {
    throw entry.error('SEARCH_PARAM_INVALID', 'nothing is given to try.', 'Give a list or a typed range.');
  }
  for (const [key, value] of keys) yield* entriesIn(entry.child(key, pathOf(entry, key), value));
}

function pathOf(entry: Entry, key: string): ConfigPath {
  const path = parsePath(key) ?? [key];
  const refused = path.find((step) => typeof step === 'string' && REFUSED.has(step));
  if (refused !== undefined) {
    throw entry.child(key, path, null).error('SEARCH_PARAM_INVALID', `${show(refused)} is refused as a key.`);
  }
  return path;
}

function domainOf(entry: Entry): Domain {
  const { value } = entry;
  if (Array.isArray(value)) return readChoices(entry, value);
  if (isMapping(value)) return readTyped(entry, value);
  return readChoices(entry, [value]);
}

function rejectOverlaps(entries: readonly Entry[]): void {
  const names = new Map<string, Entry>();
  for (const entry of entries) {
    const key = JSON.stringify(entry.path.map(String));
    if (names.has(key)) {
      throw entry.error('SEARCH_PARAM_DUPLICATE', 'it stands twice in the search space.', 'Keep it once.');
    }
    names.set(key, entry);
  }
  for (const entry of entries) {
    for (let length = 1; length < entry.path.length; length++) {
      const outer = names.get(JSON.stringify(entry.path.slice(0, length).map(String)));
      if (outer !== undefined) {
        throw entry.error(
          'SEARCH_PARAM_DUPLICATE',
          `it lies inside ${outer.name}, which is searched as a whole.`,
        );
      }
    }
  }
}
