import { expect, test } from 'vitest';
import { scenarios } from './fixtures/scenarios.ts';
import { describeBasis, describeEvidence, evidenceOf } from './verdict.ts';
import { viewOf } from './view.ts';

test.each([
  ['singleSeed', 'single seed, not verified'],
  ['threeSeeds', 'better: n = 3 pairs, 90% interval +3.8 to +4.9 pp'],
  ['inconclusive', 'inconclusive: n = 3 pairs, 90% interval +0.28 to +0.29 pp'],
  ['diverged', 'unstable: 1 of 2 optimized runs diverged'],
  ['noTrainSide', 'not better: single seed, not verified'],
] as const)('%s: %s', (name, text) => {
  const outcome = scenarios[name]();
  expect(describeEvidence(evidenceOf(outcome), viewOf(outcome).figures)).toBe(text);
});

test('several seeds that were not tested are not verified either', () => {
  const outcome = { ...scenarios.threeSeeds(), verdict: 'unverified' as const };
  const { figures } = viewOf(outcome);
  expect(describeBasis(evidenceOf(outcome), figures)).toBe(
    'n = 3 pairs, 90% interval +3.8 to +4.9 pp, not verified',
  );
});

test('unlike groups of unpaired runs are named by their sizes', () => {
  const outcome = scenarios.threeSeeds();
  const effect = { ...outcome.gain, paired: false, low: null, high: null };
  const text = describeBasis({ ...evidenceOf(outcome), effect }, viewOf(outcome).figures);
  expect(text).toBe('n = 3 and 3 runs, unpaired, no interval');
});
