import type { Goal } from '../metrics/_contract.ts';
import type { Trial, TrialRun, TrialState } from './_contract.ts';
import type { Params } from './space.ts';

/** A trial as its runs make it: complete with one complete run, else the state of the run that got furthest. */
export function trialOf(number: number, params: Params, runs: readonly TrialRun[]): Trial {
  let sum = 0;
  let count = 0;
  for (const run of runs) {
    if (run.state !== 'complete' || run.value === null || !Number.isFinite(run.value)) continue;
    sum += run.value;
    count += 1;
  }
  return { number, params, runs, state: stateOf(runs, count), value: count > 0 ? sum / count : null };
}

const FURTHEST: readonly TrialState[] = ['running', 'paused', 'pruned'];

function stateOf(runs: readonly TrialRun[], complete: number): TrialState {
  if (complete > 0) return 'complete';
  // No run yet: the trial has been suggested and waits for its first.
  if (runs.length === 0) return 'running';
  return FURTHEST.find((state) => runs.some((run) => run.state === state)) ?? 'failed';
}

/** The value as something to minimize. */
export function lossOf(value: number, goal: Goal): number {
  return goal === 'min' ? value : -value;
}
