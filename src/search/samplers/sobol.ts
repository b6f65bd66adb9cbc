import { createSobol, SOBOL_DIMENSIONS } from '../../math/sobol.ts';
import type { SamplerKind, SearchSetup } from '../_contract.ts';
import type { Params } from '../space.ts';
import { assemble } from '../space/active.ts';
import { fromUnit, sizeOf } from '../space/domain.ts';
import { studyStream, trialStream } from '../stream.ts';

const SCRAMBLING = 1;

/** Trial i is point i of one scrambled Sobol sequence, whatever happened before: even cover at any number of trials. */
export const sobol: SamplerKind = {
  name: 'sobol',
  title: 'scrambled Sobol points, evenly spread',
  create: (setup) => {
    const point = sobolPoints(setup);
    return { name: 'sobol', suggest: (_history, number) => point(number) };
  },
};

/** Also the start of the samplers that learn. */
export function sobolPoints({ space, seed }: Pick<SearchSetup, 'space' | 'seed'>): (index: number) => Params {
  // Fixed values take no dimension; beyond the table's dimensions coordinates are plain random numbers.
  const dimensions = new Map<string, number>();
  for (const param of space.params) {
    if (sizeOf(param) > 1 && dimensions.size < SOBOL_DIMENSIONS) dimensions.set(param.name, dimensions.size);
  }
  const seeds = studyStream(seed, SCRAMBLING);
  const sequence = createSobol([...dimensions.values()].map((dimension) => seeds.split(dimension).uint32()));
  return (index) => {
    const stream = trialStream(seed, index);
    return assemble(space, (param, position) => {
      const dimension = dimensions.get(param.name);
      const u = dimension === undefined ? stream.split(position).uniform() : sequence.at(index, dimension);
      return fromUnit(param, u);
    });
  };
}
