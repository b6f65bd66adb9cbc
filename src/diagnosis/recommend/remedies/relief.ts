import { numberOf } from '../../rules/settings.ts';
import { niceNumber } from '../nice.ts';
import { THUMB, type Remedy } from '../_contract.ts';

/** What a regularizer that stifles learning is brought back to. */
const USUAL: Readonly<Record<string, number>> = {
  dropout: 0.2,
  attention_dropout: 0.1,
  drop_path: 0.1,
  label_smoothing: 0.05,
  mixup: 0.2,
  cutout: 0.25,
  rotation: 10,
  reg_alpha: 1,
  reg_lambda: 1,
  min_child_weight: 5,
};

/** The nth heaviest burden is lifted. */
const relieve = (nth: number): Remedy => ({
  id: `relieve-${nth}`,
  cures: { underfitting: nth, stalled: 5 + nth },
  propose({ burdens, settings }) {
    const burden = burdens[nth - 1];
    if (!burden || burden.strength < 0.1) return undefined;
    const { setting, concept, value } = burden;
    const isPixels = /shift|transl/iu.test(setting.key);
    const to =
      concept === 'augmentation'
        ? isPixels
          ? Math.min(2, value)
          : niceNumber(Math.min(0.1, value))
        : concept === 'weight_decay'
          ? settings.optimizer === 'sgd'
            ? 0.0005
            : 0.01
          : USUAL[concept];
    if (to === undefined || to >= value) return undefined;
    return {
      title: `Relieve the training of too much ${setting.key.replaceAll(/[_-]/gu, ' ')}`,
      changes: [{ path: setting.path, to }],
      impact: 'high',
      effort: 'low',
      risk: 'low; watch the gap',
      expected: {
        low: 0,
        high: 20,
        basis: `${THUMB}: regularization that strong keeps the model from fitting anything`,
      },
      reason: `${setting.text} of ${value} is far above what is usual`,
      refutedBy: 'the training side does not rise',
    };
  },
});

export const RELIEFS: readonly Remedy[] = [relieve(1), relieve(2)];

/** Regularizers that are not heavy, but that a model which cannot fit its training data does not need. */
const lighten = (concept: string, rank: number, what: string, to: (now: number) => number): Remedy => ({
  id: `lighten-${concept}`,
  cures: { underfitting: rank },
  propose({ settings, burdens, fit }) {
    const setting = settings.one(concept);
    const now = numberOf(setting?.value);
    if (
      !setting ||
      now === null ||
      now <= 0 ||
      fit.poor < 0.5 ||
      burdens.some((burden) => burden.setting.text === setting.text)
    )
      return undefined;
    return {
      title: `Less ${what}`,
      changes: [{ path: setting.path, to: to(now) }],
      impact: 'low',
      effort: 'low',
      risk: 'low; watch the gap',
      expected: { low: 0, high: 1, basis: THUMB },
      reason: 'the training data are not fitted: there is nothing to regularize yet',
      refutedBy: 'the training side does not rise',
    };
  },
});

export const LIGHTER: readonly Remedy[] = [
  lighten('dropout', 4, 'dropout', (now) => (now <= 0.1 ? 0 : Math.round(now * 50) / 100)),
  lighten('label_smoothing', 8, 'label smoothing', () => 0),
  lighten('weight_decay', 8, 'weight decay', (now) => niceNumber(now / 10)),
];
