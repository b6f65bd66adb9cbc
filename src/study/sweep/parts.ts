import type { Select } from '../../metrics/_contract.ts';
import type { Pruner, Sampler, SearchSetup } from '../../search/_contract.ts';
import { createPruner } from '../../search/pruner.ts';
import { nextRun } from '../../search/racing.ts';
import { onOneSeed } from '../../search/racing/on-one-seed.ts';
import { createSampler } from '../../search/sampler.ts';
import type { RunRequest } from '../strategies/_contract.ts';
import type { Ledger } from './ledger.ts';
import type { PrunerPlan, SweepPlan } from './types.ts';

export const samplerOf = (name: string, setup: SearchSetup): Sampler =>
  onOneSeed(createSampler(name, setup), setup.goal);

export function prunerOf(plan: PrunerPlan | null, setup: SearchSetup, select: Select): Pruner | null {
  if (plan === null) return null;
  const { eta, ...rest } = plan.options;
  return createPruner(plan.name, setup, {
    ...rest,
    ...(eta === undefined ? {} : { reduction: eta }),
    select,
  });
}

/** Further seeds cost at most this share of the trials on top of them. */
export const RACING_SHARE = 0.75;

/**
 * A part of them comes early all the same: the sampler should know that values are noisy, and where one seed alone has made a
 * region look good it should not go on there.
 */
const EARLY_SHARE = 0.25;

/**
 * Which configuration earns a further seed while the search lasts: a promising one, as soon as that promises more than a new
 * one. Where the number of trials is the budget, most of them wait until it is over (`further-seeds.ts`).
 */
export function racerOf(plan: SweepPlan, { goal }: SearchSetup): (ledger: Ledger) => RunRequest | null {
  const mostRuns = plan.seeds.length;
  if (mostRuns < 2) return () => null;
  const { trials } = plan.budget;
  const share = trials === null ? Infinity : Math.floor(trials * RACING_SHARE);
  const most = waitsForEnd(plan) ? Math.ceil(share * EARLY_SHARE) : share;
  let decided: { version: number; request: RunRequest | null } | undefined;
  const decide = (ledger: Ledger): RunRequest | null => {
    if (ledger.furtherRuns >= most) return null;
    const next = nextRun(
      ledger.candidates.map(({ search }) => search),
      goal,
      { mostRuns },
    );
    return next.kind === 'new' ? null : repeatOf(next.trial, ledger, plan);
  };
  return (ledger) => {
    if (decided?.version !== ledger.version) decided = { version: ledger.version, request: decide(ledger) };
    return decided.request;
  };
}

/** Whether further seeds wait until all configurations have had one: with other budgets nobody knows when that is. */
export function waitsForEnd({ budget: { trials, epochs, ms } }: SweepPlan): boolean {
  return trials !== null && epochs === null && ms === null;
}

/** A configuration's next seed of the list. */
export function repeatOf(number: number, ledger: Ledger, { seeds }: SweepPlan): RunRequest | null {
  const candidate = ledger.candidates.find(({ search }) => search.number === number);
  const seed = seeds.find((each) => !candidate?.runs.has(each));
  return candidate && seed !== undefined ? { trial: candidate.trial.id, seed } : null;
}
