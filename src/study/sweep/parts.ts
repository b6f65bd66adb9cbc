import type { Select } from '../../metrics/_contract.ts';
import type { Pruner, Sampler, SearchSetup } from '../../search/_contract.ts';
import { createPruner } from '../../search/pruner.ts';
import { nextHalvingRun } from '../../search/racing/halving.ts';
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

const EARLY = 3;

/**
 * Which configuration earns a further seed. Where the number of trials is the budget: the best ones, once all trials have
 * had their first. Else there is no such moment to wait for: a promising one, as soon as that promises more than a new one.
 */
export function racerOf(
  plan: SweepPlan,
  { goal }: SearchSetup,
): (ledger: Ledger, isOver: () => boolean) => RunRequest | null {
  const mostRuns = plan.seeds.length;
  if (mostRuns < 2) return () => null;
  const { trials, epochs, ms } = plan.budget;
  const waits = trials !== null && epochs === null && ms === null;
  let decided: { version: number; request: RunRequest | null } | undefined;
  const decide = (ledger: Ledger, isOver: () => boolean): RunRequest | null => {
    const own = ledger.candidates.filter(({ trial }) => trial.candidacy.origin !== 'imported');
    const allowance = Math.floor((waits ? own.length : (trials ?? Infinity)) * RACING_SHARE);
    if (ledger.furtherRuns >= allowance) return null;
    const isHalving = waits && isOver();
    // A few come early all the same: the sampler should know that values are noisy.
    if (waits && !isHalving && ledger.furtherRuns >= EARLY) return null;
    const history = ledger.candidates.map(({ search }) => search);
    const next = isHalving
      ? nextHalvingRun(history, goal, { allowance, mostRuns })
      : nextRun(history, goal, { mostRuns });
    if (next === null || next.kind === 'new') return null;
    const candidate = ledger.candidates.find(({ search }) => search.number === next.trial);
    const seed = plan.seeds.find((each) => !candidate?.runs.has(each));
    return candidate && seed !== undefined ? { trial: candidate.trial.id, seed } : null;
  };
  return (ledger, isOver) => {
    if (decided?.version !== ledger.version)
      decided = { version: ledger.version, request: decide(ledger, isOver) };
    return decided.request;
  };
}
