import { powerOfTwo } from '../nice.ts';
import { THUMB, type Remedy } from '../_contract.ts';
import { trainingExamples } from '../../rules/signals/examples.ts';

/** Steps per epoch under which a batch counts as too large. */
const FEW_STEPS = 12;
const WANTED_STEPS = 40;

export const smallerBatch: Remedy = {
  id: 'smaller-batch',
  cures: { 'learning-rate-too-low': 3, 'stopped-too-early': 4, underfitting: 5 },
  propose({ settings, primary, rate }) {
    const setting = settings.one('batch_size');
    const batch = settings.number('batch_size');
    const examples = trainingExamples(settings);
    if (!setting || batch === null || batch < 32) return undefined;
    const steps = examples === null ? Number.NaN : Math.ceil(examples / batch);
    const isFew = steps <= FEW_STEPS;
    if (!isFew && (primary !== 'learning-rate-too-low' || batch < 512 || (rate?.decades ?? 0) < -0.5))
      return undefined;
    const to =
      examples === null
        ? powerOfTwo(batch / 4)
        : Math.min(64, Math.max(16, powerOfTwo(examples / WANTED_STEPS)));
    if (to >= batch) return undefined;
    return {
      title: 'Smaller batches, more steps',
      changes: [{ path: setting.path, to }],
      impact: isFew ? 'high' : 'medium',
      effort: 'low',
      risk: 'low; an epoch takes longer on a GPU',
      expected: {
        low: 0,
        high: 10,
        basis: `${THUMB}: ${Number.isFinite(steps) ? `${steps} steps an epoch become about ${Math.ceil((examples ?? 0) / to)}` : 'four times the steps'}`,
      },
      reason: Number.isFinite(steps)
        ? `batches of ${batch} leave ${steps} steps an epoch`
        : `batches of ${batch} make few steps`,
      refutedBy: 'the training loss falls no faster by the epoch',
    };
  },
};
