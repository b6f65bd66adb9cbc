import { expect, test } from 'vitest';
import { findSeedPath } from './seed.ts';
import type { ConfigMapping } from './value.ts';

test.each<[string, ConfigMapping, ReturnType<typeof findSeedPath>]>([
  ['at the top', { seed: 42, model: {} }, ['seed']],
  ['under another name', { random_state: 0 }, ['random_state']],
  ['Lightning', { seed_everything: true, trainer: {} }, ['seed_everything']],
  ['in capitals', { SEED: 1 }, ['SEED']],
  ['with dashes', { 'random-seed': 1 }, ['random-seed']],
  ['in a section', { training: { seed: 1, lr: 0.1 } }, ['training', 'seed']],
  ['in some other section', { setup2: { deep: { manual_seed: 1 } } }, ['setup2', 'deep', 'manual_seed']],
  ['not yet set', { seed: null }, ['seed']],
  ['the outermost of several', { seed: 1, data: { seed: 2 }, training: { seed: 3 } }, ['seed']],
  ['the one of the training', { data: { seed: 2 }, training: { seed: 3 } }, ['training', 'seed']],
  ['none', { lr: 0.1, seedling: 1, model: { split_seed: 3 } }, undefined],
  ['a list', { seeds: [1, 2], seed: [1, 2] }, undefined],
  ['an interpolation', { seed: '${oc.env:SEED}' }, undefined],
  ['a probability', { seed: 0.5 }, undefined],
  ['in items of a list', { runs: [{ seed: 1 }] }, undefined],
  ['two at the top', { seed: 1, random_state: 2 }, { ambiguous: ['seed', 'random_state'] }],
  ['two in sections', { data: { seed: 1 }, model: { seed: 2 } }, { ambiguous: ['data.seed', 'model.seed'] }],
])('finds the seed: %s', (_, value, path) => {
  expect(findSeedPath({ value })).toEqual(path);
});
