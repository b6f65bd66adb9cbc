import { niceCount } from '../nice.ts';
import { THUMB, type Remedy } from '../_contract.ts';
import { numberOf } from '../../rules/settings.ts';
import { VALIDATION_COUNTS } from '../../words/measurement.ts';
import { validationExamples } from '../../rules/signals/examples.ts';

/** Standard error in points that a larger validation set should have. */
const WANTED_ERROR = 1;

export const moreValidation: Remedy = {
  id: 'more-validation',
  cures: { 'noisy-validation': 1 },
  changesMeasure: true,
  propose({ settings, run }) {
    const [setting] = settings.called(VALIDATION_COUNTS);
    const share = Math.min(0.95, Math.max(0.05, ((run.best?.value ?? 0.5) * run.points) / 100));
    const wanted = niceCount((100 / WANTED_ERROR) ** 2 * share * (1 - share));
    const common = {
      impact: 'high',
      effort: 'low',
      expected: {
        low: 0,
        high: 0,
        basis: 'no gain by itself: differences of a few points can be seen at all',
      },
      refutedBy: 'late validation values scatter as before',
    } as const;
    const now = numberOf(setting?.value);
    if (setting && now !== null && Number.isInteger(now) && now > 1 && wanted > now)
      return {
        ...common,
        title: 'A larger validation set',
        changes: [{ path: setting.path, to: wanted }],
        risk: 'medium; the examples must exist and must not come from the training data; values before and after cannot be compared',
        reason: `with ${now} examples one of them is ${(100 / now).toFixed(1)} points; with ${wanted} the standard error is about ${WANTED_ERROR} point`,
      };
    const split = settings.one('val_split');
    const fraction = numberOf(split?.value);
    const size = validationExamples(run, settings);
    if (!split || fraction === null || fraction <= 0 || fraction >= 0.2) return undefined;
    return {
      ...common,
      title: 'A larger share of the data for validation',
      changes: [{ path: split.path, to: 0.2 }],
      risk: 'medium; the training set shrinks by as much, and values before and after cannot be compared',
      reason: size === null ? `${fraction} of the data decide` : `${size.count} examples decide`,
    };
  },
};

export const averageWeights: Remedy = {
  id: 'average-weights',
  cures: { 'noisy-validation': 2 },
  propose({ settings }) {
    const setting = settings.one('ema_decay');
    const now = numberOf(setting?.value);
    if (!setting || now === null || now >= 0.99) return undefined;
    return {
      title: 'Average the weights',
      changes: [{ path: setting.path, to: 0.999 }],
      impact: 'medium',
      effort: 'low',
      risk: 'low',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: 'an average of weights moves less from epoch to epoch (Izmailov et al. 2018)',
      refutedBy: 'late validation values scatter as before',
    };
  },
};
