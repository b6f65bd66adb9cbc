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
export const RACING_SHARE = 0.5;

/** Which configuration earns a further seed: a promising one, where that promises more than a new one. */
export function racerOf(plan: SweepPlan, { goal }: SearchSetup): (ledger: Ledger) => RunRequest | null {
  const mostRuns = plan.seeds.length;
  if (mostRuns < 2) return () => null;
  const { trials } = plan.budget;
  const most = trials === null ? Infinity : Math.floor(trials * RACING_SHARE);
  let decided: { version: number; request: RunRequest | null } | undefined;
  const decide = (ledger: Ledger): RunRequest | null => {
    if (ledger.furtherRuns >= most) return null;
    const next = nextRun(
      ledger.candidates.map(({ search }) => search),
      goal,
      { mostRuns },
    );
    if (next.kind === 'new') return null;
    const candidate = ledger.candidates.find(({ search }) => search.number === next.trial);
    const seed = plan.seeds.find((each) => !candidate?.runs.has(each));
    return candidate && seed !== undefined ? { trial: candidate.trial.id, seed } : null;
  };
  return (ledger) => {
    if (decided?.version !== ledger.version) decided = { version: ledger.version, request: decide(ledger) };
    return decided.request;
  };
}
