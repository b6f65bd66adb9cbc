import { expectedGain } from '../evidence/expected-gain.ts';
import { detectableEffect } from '../evidence/power.ts';
import { NOT_NEEDED } from './attempts.ts';
import { FUTILE, SETTLED } from './effect.ts';
import type { IterationRecord } from './record.ts';
import type { Effect, EvidenceFacts, Run, TrialResult } from './types.ts';

const FEWEST_PAIRS = 3;

/** What the planned pairs could have seen, in the metric where the spread of the differences is known. */
export function detectableOf(
  iteration: Pick<IterationRecord, 'plannedPairs' | 'alpha'>,
  gain: Effect,
): EvidenceFacts['detectable'] {
  if (iteration.plannedPairs < FEWEST_PAIRS) return null;
  const { d, effect } = detectableEffect(iteration.plannedPairs, iteration.alpha, spreadOf(gain));
  return { d, gain: effect };
}

/** Runs that were ended inside the training, each with the figures that led to it. */
export function endedEarly(...trials: TrialResult[]): EvidenceFacts['endedEarly'] {
  const runs = new Map<string, Run>(trials.flatMap(({ runs: own }) => own).map((run) => [run.id, run]));
  return [...runs.values()].flatMap(({ id, failure }) =>
    failure && [FUTILE, SETTLED, NOT_NEEDED].includes(failure.code)
      ? [{ run: id, why: failure.message }]
      : [],
  );
}

/** What one more iteration can be expected to gain, with the error level that it would have. */
export function nextGain(of: {
  gain: Effect;
  isAccepted: boolean;
  reference: TrialResult;
  optimized: TrialResult;
  plannedPairs: number;
  /** Of the next iteration; 0 where none is open. */
  alpha: number;
}): EvidenceFacts['expectedGain'] {
  const { gain, isAccepted, plannedPairs, alpha } = of;
  const sdDifference = spreadOf(gain);
  const sigma = pooledSd(of.reference, of.optimized);
  if (alpha === 0 || plannedPairs < FEWEST_PAIRS || sdDifference === null || sigma === null) return null;
  const lastShrunkenGain = isAccepted ? (gain.shrunken ?? 0) : 0;
  const expected = expectedGain({ lastShrunkenGain, sigma, sdDifference, plannedPairs, alpha });
  return { gain: expected.gain, pAccept: expected.pAccept, plannedPairs, alpha };
}

/** Standard deviation of the paired differences; null for fewer than two, or where they do not differ. */
function spreadOf({ se, n, paired }: Effect): number | null {
  return paired && se !== null && n >= 2 && se > 0 ? se * Math.sqrt(n) : null;
}

/** Seed standard deviation of one run, over both trials. */
function pooledSd(...trials: TrialResult[]): number | null {
  let squares = 0;
  let free = 0;
  for (const { sd, n } of trials) {
    if (sd === null || n < 2) continue;
    squares += sd ** 2 * (n - 1);
    free += n - 1;
  }
  return free === 0 || squares === 0 ? null : Math.sqrt(squares / free);
}
