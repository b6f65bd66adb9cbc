import * as z from 'zod';

const points = (about: string) => z.number().min(0).optional().describe(`${about}, in points.`);
const share = (about: string) => z.number().min(0).max(1).optional().describe(`${about}, from 0 to 1.`);
const amount = (about: string) => z.number().min(0).optional().describe(about);

/** `diagnose:` of pawl.yaml: the thresholds of the rules of `pawl diagnose`; what is absent keeps its default. */
export const diagnoseSchema = z
  .strictObject({
    overfitStrong: points('Train–validation gap that is strong overfitting (default 15)'),
    overfitModerate: points('Gap that is moderate overfitting (default 10)'),
    overfitMild: points('Gap that is mild overfitting (default 5)'),
    lossGap: amount(
      '(validation loss − training loss) / training loss that speaks for overfitting (default 0.1).',
    ),
    noisyValidation: points('Scatter of late validation values (default 8)'),
    validationError: points('Standard error by the number of validation examples (default 3)'),
    explodingNorm: amount('Gradient norm that explodes (default 100).'),
    vanishingNorm: amount('Gradient norm that vanishes (default 0.001).'),
    stalledEpochs: z
      .int()
      .min(1)
      .optional()
      .describe('Epochs without improvement at a high loss (default 10).'),
    highLoss: share('Share of its first value at which a training loss is high (default 0.6)'),
    lateBest: share('Part of the training after which a best epoch is late (default 0.75)'),
    earlyBest: share('Part of the training before which a best epoch is early (default 0.1)'),
    lateGain: points('Gain in as many epochs again that makes a training too short (default 1)'),
    oscillation: amount('Roughness of the training loss, as a share of its level (default 0.06).'),
    poorFit: points('Lack to the target at which a fit is poor (default 2)'),
    gpuUtilization: amount('GPU utilisation in percent that is low (default 60).'),
    dataWait: share('Part of the time waiting for data that is much (default 0.3)'),
    minEpochs: z.int().min(1).optional().describe('Epochs under which no trend is claimed (default 3).'),
    confidence: share('Confidence from which an issue is reported (default 0.5)'),
  })
  .optional()
  .describe('Thresholds of `pawl diagnose`.');
