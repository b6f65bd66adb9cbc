import { expect, it } from 'vitest';
import { seedOfPath } from './seed.ts';

it.each([
  ['runs/seed42/metrics.csv', 'runs/seed42', 42],
  ['runs/base_seed=7/metrics.csv', 'runs/base_seed=7', 7],
  ['runs/base/s43/metrics.csv', 'runs/base', 43],
  ['runs/base-s44/log.txt', 'runs/base-s44', 44],
  ['runs/optimized-1-s45/m.csv', 'runs/optimized-1-s45', 45],
  ['logs/base-42.csv', 'logs/base-42.csv', 42],
  ['runs/base-42/metrics.csv', 'runs/base-42', 42],
  ['runs/random_state_3/m.csv', 'runs/random_state_3', 3],
  ['lightning_logs/version_0/metrics.csv', 'lightning_logs/version_0', undefined],
  ['runs/lr-0.1/m.csv', 'runs/lr-0.1', undefined],
  ['results/metrics.csv', 'results', undefined],
  ['runs/classes10/m.csv', 'runs/classes10', undefined],
])('the seed of %s is %s, %s', (file, named, seed) => expect(seedOfPath(file, named)?.seed).toBe(seed));
