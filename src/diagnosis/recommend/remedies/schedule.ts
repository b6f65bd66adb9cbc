import { niceCount } from '../nice.ts';
import { THUMB, type Remedy } from '../_contract.ts';
import { numberOf } from '../../rules/settings.ts';
import { scheduleOf } from '../../rules/signals/schedule.ts';

export const slowerDecay: Remedy = {
  id: 'slower-decay',
  cures: { 'learning-rate-too-low': 2, stalled: 4 },
  propose({ settings, pace, run }) {
    if (pace.decayedAt >= 0.6) return undefined;
    const step = settings.one('step_size');
    const gamma = settings.one('gamma');
    const size = numberOf(step?.value);
    const rate = numberOf(gamma?.value);
    const epochs = settings.number('epochs') ?? run.epochs;
    const common = {
      impact: 'high',
      effort: 'low',
      risk: 'low',
      expected: { low: 0, high: 10, basis: THUMB },
      reason: `the learning rate was under 1 % of its peak after ${Math.round(pace.decayedAt * 100)} % of the epochs`,
      refutedBy: 'the training loss is flat at a learning rate that is no longer near zero',
    } as const;
    if (step && size !== null && size > 0 && size < epochs / Math.max(2, stepsToNothing(rate)))
      return {
        title: 'Let the learning rate decay later',
        changes: [{ path: step.path, to: niceCount(epochs / Math.max(2, stepsToNothing(rate))) }],
        ...common,
      };
    if (gamma && rate !== null && rate > 0 && rate < 0.9)
      return {
        title: 'Let the learning rate decay more slowly',
        changes: [{ path: gamma.path, to: 0.95 }],
        ...common,
      };
    return undefined;
  },
};

/** Steps of the schedule until the rate is under a hundredth of its peak; three where that is not known. */
const stepsToNothing = (gamma: number | null): number =>
  gamma !== null && gamma > 0 && gamma < 1 ? Math.min(5, Math.ceil(Math.log(0.01) / Math.log(gamma))) : 3;

/** Ways to write that the learning rate never changes. */
const CONSTANT = /^(?:none|constant|const|fixed|no|off)$/iu;

export const anneal: Remedy = {
  id: 'anneal',
  cures: {
    'learning-rate-too-high': 5,
    'noisy-validation': 3,
    'stopped-too-early': 5,
    underfitting: 9,
    overfitting: 9,
    'exploding-gradients': 6,
    diverged: 6,
  },
  propose({ settings }) {
    const setting = scheduleOf(settings);
    if (typeof setting?.value !== 'string' || !CONSTANT.test(setting.value)) return undefined;
    return {
      title: 'Let the learning rate fall to the end',
      changes: [{ path: setting.path, to: 'cosine' }],
      impact: 'medium',
      effort: 'low',
      risk: 'low where the training knows this schedule; a schedule over few epochs ends learning early',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: 'small last steps settle the weights, and validation with them (Loshchilov & Hutter 2017)',
      refutedBy: 'the last epochs are as uneven as before',
    };
  },
};
