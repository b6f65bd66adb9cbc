import type { SamplerKind } from '../_contract.ts';
import { assemble } from '../space/active.ts';
import { fromUnit } from '../space/domain.ts';
import { trialStream } from '../stream.ts';

export const random: SamplerKind = {
  name: 'random',
  title: 'independent uniform draws',
  create: ({ space, seed }) => ({
    name: 'random',
    suggest: (_history, number) => {
      const stream = trialStream(seed, number);
      // Each parameter has its own stream: activating one never shifts the others.
      return assemble(space, (param, index) => fromUnit(param, stream.split(index).uniform()));
    },
  }),
};
