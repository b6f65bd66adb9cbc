import { figure } from '../rules/show.ts';
import { trainingExamples } from '../rules/signals/examples.ts';
import { fitOf } from '../rules/signals/fit.ts';
import type { Suspect } from './_contract.ts';

/** Training sets under this size are usually what limits a model that fits them. */
const FEW = 2000;

/** A training set that is fitted, and so small that no regularization makes up for it. */
export const fewExamples: Suspect = {
  id: 'few-examples',
  source: 'Hestness et al., Deep learning scaling is predictable, empirically (2017)',
  look(given) {
    const examples = trainingExamples(given.settings);
    const { gap } = fitOf(given);
    if (examples === null || examples >= FEW || !(gap > given.thresholds.overfitMild)) return undefined;
    return {
      suspect: 'few-examples',
      cause: `Suspected: ${examples} training examples are too few for what is to be learned.`,
      evidence: [
        `the config trains on ${examples} examples`,
        `training is ${figure(gap)} points better than validation at the end`,
      ],
      wouldTell:
        'train on half of the examples: where validation falls by more than seeds explain, more examples would raise it; where it does not, they would not',
    };
  },
};
