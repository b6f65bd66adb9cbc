import { formatDuration } from '../project/duration.ts';
import type { StudyOutcome } from '../study/types.ts';
import { plural } from './table.ts';

/** Pairs of equal seeds under which no verdict is given. */
const FEWEST_PAIRS = 3;

/** What it takes to get a verdict at all, from the run times measured here; null where one can be given already. */
export function describeVerificationCost({ gain, reference, optimized }: StudyOutcome): string | null {
  const pairs = gain.paired ? gain.n : 0;
  const missing = FEWEST_PAIRS - pairs;
  if (missing <= 0) return null;
  // An adopted baseline without times is taken to train as long as the optimized trial.
  const optimizedSeconds = optimized.seconds ?? reference.seconds;
  if (optimizedSeconds === null) return null;
  const seconds = missing * (optimizedSeconds + (reference.seconds ?? optimizedSeconds));
  return `A verdict needs at least ${FEWEST_PAIRS} pairs of equal seeds: ${plural(2 * missing, 'more training')}, about ${formatDuration(seconds * 1000)} of training time.`;
}
