import { expect, test } from 'vitest';
import { describeVerificationCost } from './cost.ts';
import { scenarios } from './fixtures/scenarios.ts';

test('one pair lacks two more', () => {
  expect(describeVerificationCost(scenarios.singleSeed())).toBe(
    'A verdict needs at least 3 pairs of equal seeds: 4 more trainings, about 5h 36m of training time.',
  );
});

test('three pairs lack none, and unknown times give no estimate', () => {
  expect(describeVerificationCost(scenarios.threeSeeds())).toBeNull();
  const outcome = scenarios.singleSeed();
  outcome.optimized = { ...outcome.optimized, seconds: null };
  outcome.reference = { ...outcome.reference, seconds: null };
  expect(describeVerificationCost(outcome)).toBeNull();
});
