import type { Pruner, PrunerSetup } from './_contract.ts';
import { searchError } from './errors.ts';
import { createAsha, createAshaPromotion } from './pruners/asha.ts';
import { createForecast } from './pruners/forecast.ts';
import { createMedian } from './pruners/median.ts';
import type { PrunerOptions } from './pruners/options.ts';

const PRUNERS: Readonly<Record<string, (setup: PrunerSetup, options: PrunerOptions) => Pruner>> = {
  forecast: createForecast,
  asha: createAsha,
  'asha-promotion': createAshaPromotion,
  median: createMedian,
};

export const PRUNER_NAMES = ['none', ...Object.keys(PRUNERS)];

/** The pruner of a name; null for `none`. */
export function createPruner(name: string, setup: PrunerSetup, options: PrunerOptions = {}): Pruner | null {
  if (name === 'none') return null;
  const create = Object.hasOwn(PRUNERS, name) ? PRUNERS[name] : undefined;
  if (create !== undefined) return create(setup, options);
  throw searchError('SEARCH_METHOD_UNKNOWN', `There is no pruner '${name}'.`, {
    remedy: `Use one of ${PRUNER_NAMES.join(', ')}.`,
  });
}
