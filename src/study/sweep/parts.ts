import type { Select } from '../../metrics/_contract.ts';
import type { Pruner, Sampler, SearchSetup } from '../../search/_contract.ts';
import { createPruner } from '../../search/pruner.ts';
import { createSampler } from '../../search/sampler.ts';
import type { RunRequest, StrategyView } from '../strategies/_contract.ts';
import type { Ledger } from './ledger.ts';
import type { PrunerPlan, SweepPlan } from './types.ts';

export const samplerOf = (name: string, setup: SearchSetup): Sampler =>
  createSampler(name === 'auto' ? 'tpe' : name, setup);

export function prunerOf(plan: PrunerPlan | null, setup: SearchSetup, select: Select): Pruner | null {
  if (plan === null) return null;
  const { eta, ...rest } = plan.options;
  return createPruner(plan.name, setup, {
    ...rest,
    ...(eta === undefined ? {} : { reduction: eta }),
    select,
  });
}

/** Which configuration earns a further seed. */
export function racerOf(
  _plan: SweepPlan,
  _setup: SearchSetup,
): (ledger: Ledger, view: StrategyView) => RunRequest | null {
  return () => null;
}
