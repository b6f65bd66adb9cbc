/**
 * How the epochs of a search are shared between trainings that finish and trainings that are stopped.
 *
 * Configurations are suggested where the forecast flatters, so that once the best is good nearly all of them look hopeless
 * at the first rung. Only finished trainings put the model right; without them the last digits are never found.
 */
import type { History } from '../_contract.ts';

/** The share of all epochs that finished trainings should have, once there are many of them. */
const SHARE = 0.85;
/** While few have finished, early screening finds the good region: their share may be count / MANY. */
const MANY = 12;

/**
 * Whether a trial, given the others, is suggested by a model of finished scores and meant to finish: every second one while
 * those have less than their share, so that under a pruner which knows nothing of this stopped trainings still count.
 */
export function isToFinish(others: History, number: number): boolean {
  return number % 2 === 0 && finishedFallShort(others);
}

function finishedFallShort(history: History): boolean {
  let spent = 0;
  let finished = 0;
  let count = 0;
  for (const { runs } of history) {
    for (const { state, reports } of runs) {
      const steps = reports.at(-1)?.step ?? 0;
      spent += steps;
      if (state !== 'complete') continue;
      finished += steps;
      count++;
    }
  }
  return finished < spent * Math.min(SHARE, count / MANY);
}
