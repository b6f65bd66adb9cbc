import type { Pruner, Sampler, SamplerKind, SearchSetup } from '../../search/_contract.ts';
import type { Select } from '../../metrics/_contract.ts';
import type { RunRequest, StrategyView } from '../strategies/_contract.ts';
import type { Ledger } from './ledger.ts';
import type { PrunerPlan, SweepPlan } from './types.ts';

/** Only the sampler that is asked for is loaded. */
const SAMPLERS: Readonly<Record<string, () => Promise<SamplerKind>>> = {
  random: async () => (await import('../../search/samplers/random.ts')).random,
  auto: async () => (await import('../../search/samplers/tpe.ts')).tpe,
  tpe: async () => (await import('../../search/samplers/tpe.ts')).tpe,
  grid: async () => (await import('../../search/samplers/grid.ts')).grid,
  sobol: async () => (await import('../../search/samplers/sobol.ts')).sobol,
};

export async function createSampler(name: string, setup: SearchSetup): Promise<Sampler> {
  const load = SAMPLERS[name];
  if (!load) throw new Error(`no sampler ${name}`);
  return (await load()).create(setup);
}

export async function createPruner(
  plan: PrunerPlan | null,
  setup: SearchSetup,
  select: Select,
): Promise<Pruner | null> {
  if (plan === null) return null;
  const { eta, ...rest } = plan.options;
  const options = { ...rest, ...(eta === undefined ? {} : { reduction: eta }), select };
  if (plan.name === 'median') {
    const { createMedian } = await import('../../search/pruners/median.ts');
    return createMedian(setup, options);
  }
  const { createAsha } = await import('../../search/pruners/asha.ts');
  return createAsha(setup, options);
}

/** Which configuration earns a further seed. */
export function createRacer(
  _plan: SweepPlan,
  _setup: SearchSetup,
): (ledger: Ledger, view: StrategyView) => RunRequest | null {
  return () => null;
}
