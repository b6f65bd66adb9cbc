/**
 * Picks the way of sampling by the space and by how much there is to learn from: a Gaussian process while trials are few
 * and parameters are mostly numbers, CMA-ES for long searches of real numbers, TPE for everything else.
 */
import type { History, Sampler, SamplerKind, SearchSetup } from '../_contract.ts';
import type { Space } from '../space.ts';
import { cmaEs } from './cma-es.ts';
import { gp } from './gp.ts';
import { tpe } from './tpe.ts';

/** Trials, stopped ones included, up to which the Gaussian process pays for its time. */
const MOST_FOR_GP = 1500;
const LONG = 1000;

export const auto: SamplerKind = {
  name: 'auto',
  title: 'the sampler that suits the space and the number of trials',
  create(setup) {
    const process = lazily(() => gp.create(setup));
    const later = lazily(() => (isRealValued(setup.space) && isLong(setup) ? cmaEs : tpe).create(setup));
    return {
      name: 'auto',
      suggest: (history, number) => (suitsGp(setup, history) ? process() : later()).suggest(history, number),
    };
  },
};

function suitsGp(setup: SearchSetup, history: History): boolean {
  const { params } = setup.space;
  const categorical = params.filter(({ kind }) => kind === 'categorical').length;
  const conditional = params.filter(({ when }) => when.length > 0).length;
  if (2 * (categorical + conditional) > params.length || params.length > 30) return false;
  return isLong(setup) ? false : history.length < MOST_FOR_GP;
}

function isLong({ plannedTrials }: SearchSetup): boolean {
  return plannedTrials !== null && plannedTrials > LONG;
}

function isRealValued({ params }: Space): boolean {
  return params.every(({ kind, when }) => (kind === 'float' || kind === 'int') && when.length === 0);
}

function lazily(create: () => Sampler): () => Sampler {
  let made: Sampler | undefined;
  return () => (made ??= create());
}
