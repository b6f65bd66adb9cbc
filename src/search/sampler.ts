import type { Sampler, SamplerKind, SearchSetup } from './_contract.ts';
import { searchError } from './errors.ts';
import { samplerNamed } from './methods.ts';
import { auto } from './samplers/auto.ts';
import { cmaEs } from './samplers/cma-es.ts';
import { gp } from './samplers/gp.ts';
import { grid } from './samplers/grid.ts';
import { random } from './samplers/random.ts';
import { sobol } from './samplers/sobol.ts';
import { tpe } from './samplers/tpe.ts';

/** Every way of sampling there is. */
export const SAMPLERS: readonly SamplerKind[] = [auto, gp, tpe, cmaEs, sobol, random, grid];

/** The sampler of a name or of what people call it (`grid_search`, `bayesian`). */
export function createSampler(method: string, setup: SearchSetup): Sampler {
  const name = samplerNamed(method);
  const kind = SAMPLERS.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind.create(setup);
  throw searchError('SEARCH_METHOD_UNKNOWN', `There is no sampler '${method}'.`, {
    remedy: `Use one of ${SAMPLERS.map((candidate) => candidate.name).join(', ')}.`,
  });
}
