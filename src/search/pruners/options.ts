import type { Select } from '../../metrics/_contract.ts';
import type { History, PrunerSetup } from '../_contract.ts';
import { searchError } from '../errors.ts';

export interface PrunerOptions {
  /** Steps that every run gets, whatever it shows; default: a 27th of a full training, at least 1. */
  grace?: number | undefined;
  /** η: of each rung one in η goes on. Default 3. */
  reduction?: number | undefined;
  /** So many trials must have come as far before one is stopped. Default η (median: 5). */
  minTrials?: number | undefined;
  /** What a run is worth: its best value so far (default) or its latest. */
  select?: Select | undefined;
}

export interface Ladder {
  /** Steps at which runs are compared, ascending; all below a full training. */
  readonly rungs: readonly number[];
  readonly full: number | null;
}

export function checkOptions({ grace, reduction, minTrials }: PrunerOptions): void {
  const wrong = (option: string, value: number, need: string): Error =>
    searchError('SEARCH_OPTION_INVALID', `${option} is ${value}.`, { remedy: `Give ${need}.` });
  if (grace !== undefined && !(grace > 0 && Number.isFinite(grace))) {
    throw wrong('grace', grace, 'a positive number of steps');
  }
  if (reduction !== undefined && !(reduction > 1 && Number.isFinite(reduction))) {
    throw wrong('reduction', reduction, 'a number above 1, such as 3');
  }
  if (minTrials !== undefined && !(Number.isInteger(minTrials) && minTrials >= 1)) {
    throw wrong('minTrials', minTrials, 'a whole number from 1');
  }
}

/** Rungs at grace·ηᵏ. Without a known full training it is the longest run that was completed. */
export function ladderOf(setup: PrunerSetup, options: PrunerOptions, history: History): Ladder {
  const reduction = options.reduction ?? 3;
  const full = setup.fullStep ?? longestComplete(history);
  if (full === null && options.grace === undefined) return { rungs: [], full };
  const grace = options.grace ?? Math.max(1, Math.floor((full ?? 1) / 27));
  const rungs: number[] = [];
  const end = full ?? Infinity;
  for (let rung = grace; rung < end && rungs.length < 40; rung *= reduction) rungs.push(rung);
  return { rungs, full };
}

function longestComplete(history: History): number | null {
  let longest: number | null = null;
  for (const { runs } of history) {
    for (const { state, reports } of runs) {
      const step = state === 'complete' ? reports.at(-1)?.step : undefined;
      if (step !== undefined && (longest === null || step > longest)) longest = step;
    }
  }
  return longest;
}
