import { expect, it } from 'vitest';
import { wordsOf } from './words.ts';

it.each([
  [{ iteration: 2, evidence: 'quick' }, ['--iteration=2', '--evidence=quick']],
  [{ seeds: [1, 2], without: [] }, ['--seeds=1,2']],
  [{ diagnostic: '--force', space: '' }, ['--diagnostic=--force']],
  [{ auto: true, resume: false }, ['--auto']],
  [{ earlyKill: false, smoke: true }, ['--no-early-kill']],
  [{ retryFailed: true, iteration: undefined }, ['--retry-failed']],
])('%o', (args, words) => {
  expect(wordsOf(args, ['smoke', 'earlyKill'])).toEqual(words);
});
