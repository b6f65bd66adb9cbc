import type { Rule } from './_contract.ts';
import { diverged } from './diverged.ts';
import { explodingGradients } from './exploding-gradients.ts';
import { learningRateTooHigh } from './learning-rate-too-high.ts';
import { learningRateTooLow } from './learning-rate-too-low.ts';
import { noisyValidation } from './noisy-validation.ts';
import { overfitting } from './overfitting.ts';
import { resourceInefficiency } from './resource-inefficiency.ts';
import { stalled } from './stalled.ts';
import { stoppedTooEarly } from './stopped-too-early.ts';
import { trainedTooLong } from './trained-too-long.ts';
import { underfitting } from './underfitting.ts';
import { vanishingGradients } from './vanishing-gradients.ts';

/** Every rule, one for each fault. */
export const RULES: readonly Rule[] = [
  diverged,
  explodingGradients,
  vanishingGradients,
  learningRateTooHigh,
  learningRateTooLow,
  stoppedTooEarly,
  underfitting,
  stalled,
  overfitting,
  trainedTooLong,
  noisyValidation,
  resourceInefficiency,
];
