/**
 * Further seeds once all configurations have had one: the best get a second, the better half of those a third, and so on
 * (successive halving over seeds; Karnin, Koren & Somekh 2013). All of a level have had the same seeds, so that what is
 * compared differs by the configuration alone; and nobody is repeated before those that come later have been seen.
 * q_k: how many get a k-th seed; q_{k+1} = q_k / 2, and together they are the allowance.
 */
import type { Goal } from '../../metrics/_contract.ts';
import type { History } from '../_contract.ts';
import { type NextRun, plannedRuns, type Standing, standingsOf } from '../racing.ts';

export interface HalvingOptions {
  /** Runs on top of the first one of each configuration. */
  allowance: number;
  mostRuns: number;
}

/** Further behind the leader than so many standard errors nobody is repeated: where there is no noise, hardly anybody. */
const HOPELESS = 4;
/** Degrees of freedom below which the noise is not known well enough to call anybody hopeless. */
const LEAST_FREEDOM = 3;

/** The next further seed; null where none is due, or none before runs have ended that are under way. */
export function nextHalvingRun(
  history: History,
  goal: Goal,
  { allowance, mostRuns }: HalvingOptions,
): Extract<NextRun, { kind: 'repeat' }> | null {
  const { ranked, noise } = standingsOf(history, goal);
  const [leader] = ranked;
  if (leader === undefined) return null;
  const byNumber = new Map(history.map((trial) => [trial.number, trial]));
  const planned = new Map(ranked.map(({ trial }) => [trial, plannedRuns(byNumber.get(trial))]));
  const isOpen = (each: Standing): boolean =>
    noise.freedom < LEAST_FREEDOM ||
    Math.abs(leader.measured - each.measured) <=
      HOPELESS * noise.sd * Math.sqrt(1 / leader.runs + 1 / each.runs);
  let quota = allowance / (2 - 2 ** (2 - mostRuns));
  for (let level = 2; level <= mostRuns; level++, quota /= 2) {
    const have = [...planned.values()].filter((runs) => runs >= level).length;
    if (have >= Math.round(quota)) continue;
    const waits = ranked.filter(({ trial }) => planned.get(trial) === level - 1);
    const next = waits.find((each) => each.runs === level - 1 && isOpen(each));
    if (next !== undefined) {
      return {
        kind: 'repeat',
        trial: next.trial,
        runs: next.runs,
        why: `seed ${level} of the ${Math.round(quota)} best after ${level - 1}`,
      };
    }
    if (waits.some((each) => each.runs < level - 1)) return null;
  }
  return null;
}
