import type { Fault } from '../rules/_contract.ts';
import type { SuspectId } from '../suspects/_contract.ts';
import type { Remedy } from './_contract.ts';
import { smallerBatch } from './remedies/batch-size.ts';
import { largerModel } from './remedies/capacity.ts';
import { correctLabels, moreExamples } from './remedies/data.ts';
import { fewerEpochs, moreEpochs, morePatience, smallerDelta, stopInTime } from './remedies/duration.ts';
import { lowerLearningRate, raiseLearningRate, usualMomentum } from './remedies/learning-rate.ts';
import { halfPrecision, moreWorkers, pinMemory } from './remedies/loading.ts';
import { averageWeights, moreValidation } from './remedies/measuring.ts';
import {
  augment,
  moreDropout,
  moreWeightDecay,
  smallerModel,
  smoothLabels,
} from './remedies/regularization.ts';
import { LIGHTER, RELIEFS } from './remedies/relief.ts';
import { anneal, slowerDecay } from './remedies/schedule.ts';
import { clipGradients, rectify, usualInitialization, warmUp } from './remedies/stabilizers.ts';
import { TREE_REMEDIES } from './remedies/trees.ts';

const REMEDIES: readonly Remedy[] = [
  lowerLearningRate,
  raiseLearningRate,
  usualMomentum,
  clipGradients,
  warmUp,
  usualInitialization,
  rectify,
  moreEpochs,
  morePatience,
  smallerDelta,
  stopInTime,
  fewerEpochs,
  slowerDecay,
  anneal,
  smallerBatch,
  correctLabels,
  moreExamples,
  augment,
  moreDropout,
  moreWeightDecay,
  smoothLabels,
  smallerModel,
  ...RELIEFS,
  ...LIGHTER,
  largerModel,
  ...TREE_REMEDIES,
  moreValidation,
  averageWeights,
  moreWorkers,
  halfPrecision,
  pinMemory,
];

/** The remedies of a fault and of what is suspected behind it, the best first. */
export function remediesFor(fault: Fault, suspects: ReadonlySet<SuspectId> = new Set()): Remedy[] {
  const rankOf = ({ cures, eases = {} }: Remedy): number => {
    const eased = [...suspects].flatMap((suspect) => eases[suspect] ?? []);
    return eased.length > 0 ? Math.min(...eased) : (cures[fault] ?? Number.POSITIVE_INFINITY);
  };
  return REMEDIES.filter((remedy) => Number.isFinite(rankOf(remedy))).sort((a, b) => rankOf(a) - rankOf(b));
}
