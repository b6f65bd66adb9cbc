import { expect, test } from 'vitest';
import { parseYaml } from '../../search/fixtures/yaml.ts';
import { readSearch } from '../../search/space/settings.ts';
import { trialOf } from '../../search/trial.ts';
import { paramsKey } from './params-key.ts';
import { untriedOf } from './untried.ts';

const setupOf = (space: string) => ({
  space: readSearch(parseYaml(space)).space,
  goal: 'max' as const,
  seed: 4,
  plannedTrials: null,
  fullStep: null,
});

test('finds every configuration of a finite space once, then none', () => {
  const untried = untriedOf(setupOf('a: [1, 2, 3]\nb: [x, y]'));
  const tried = new Set<string>();
  const history = [];
  for (let number = 0; number < 6; number++) {
    const params = untried(history, number, tried);
    expect(params).not.toBeNull();
    expect(tried.has(paramsKey(params ?? {}))).toBe(false);
    tried.add(paramsKey(params ?? {}));
    history.push(trialOf(number, params ?? {}, []));
  }
  expect(untried(history, 6, tried)).toBeNull();
});

test('a continuous space is never exhausted, and asking again gives the same', () => {
  const untried = untriedOf(setupOf('x: { type: uniform, low: 0, high: 1 }'));
  const first = untried([], 7, new Set());
  expect(untried([], 7, new Set())).toEqual(first);
  expect(untried([], 7, new Set([paramsKey(first ?? {})]))).not.toEqual(first);
});
