import type { History, SearchSetup } from '../../search/_contract.ts';
import { createSampler } from '../../search/sampler.ts';
import { sizeOf } from '../../search/space/domain.ts';
import type { Params } from '../../search/space.ts';
import { paramsKey } from './params-key.ts';

const DRAWS = 100;
const FAR = 1_000_033;
const MOST_LISTED = 1e6;

/**
 * A configuration that was not tried yet, for samplers that come back to what they know (a model whose best place is a corner
 * of the space); null where the space has no other. A function of the history and the number.
 */
export function untriedOf(
  setup: SearchSetup,
): (history: History, number: number, tried: ReadonlySet<string>) => Params | null {
  const random = createSampler('random', setup);
  const size = setup.space.params.reduce((product, param) => product * sizeOf(param), 1);
  const grid = size <= MOST_LISTED ? createSampler('grid', setup) : null;
  return (history, number, tried) => {
    for (let draw = 1; draw <= DRAWS; draw++) {
      const params = random.suggest(history, number + draw * FAR);
      if (params !== null && !tried.has(paramsKey(params))) return params;
    }
    return grid?.suggest(history, number) ?? null;
  };
}
