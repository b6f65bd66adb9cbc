/**
 * Picks the way of sampling by the space and by how much there is to learn from: a Gaussian process while trials are few
 * and parameters are mostly numbers, CMA-ES for long searches of real numbers, TPE for everything else.
 */
import type { Sampler, SamplerKind, SearchSetup } from '../_contract.ts';
import type { Space } from '../space.ts';
import { cmaEs } from './cma-es.ts';
import { gp } from './gp.ts';
import { tpe } from './tpe.ts';

/** Trials, stopped ones included, up to which the Gaussian process pays for its time. */
const MOST_FOR_GP = 1500;
const MOST_PARAMS_FOR_GP = 30;
const LONG = 1000;

export const auto: SamplerKind = {
  name: 'auto',
  title: 'the sampler that suits the space and the number of trials',
  create(setup) {
    const process = lazily(() => gp.create(setup));
    const later = lazily(() => (isRealValued(setup.space) && isLong(setup) ? cmaEs : tpe).create(setup));
    return {
      name: 'auto',
      suggest: (history, number) =>
        (suitsGp(setup) && history.length < MOST_FOR_GP ? process() : later()).suggest(history, number),
    };
  },
};

/** Whether a Gaussian process suits the space and as many trials as are planned. */
export function suitsGp({
  space: { params },
  plannedTrials,
}: Pick<SearchSetup, 'space' | 'plannedTrials'>): boolean {
  const odd = params.filter(({ kind, when }) => kind === 'categorical' || when.length > 0).length;
  return 2 * odd <= params.length && params.length <= MOST_PARAMS_FOR_GP && !isLong({ plannedTrials });
}

function isLong({ plannedTrials }: Pick<SearchSetup, 'plannedTrials'>): boolean {
  return plannedTrials !== null && plannedTrials > LONG;
}

function isRealValued({ params }: Space): boolean {
  return params.every(({ kind, when }) => (kind === 'float' || kind === 'int') && when.length === 0);
}

function lazily(create: () => Sampler): () => Sampler {
  let made: Sampler | undefined;
  return () => (made ??= create());
}
