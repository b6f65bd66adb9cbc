import { niceNumber } from '../nice.ts';
import { THUMB, type Proposal, type Remedy } from '../_contract.ts';
import { numberOf } from '../../rules/settings.ts';
import { capacitiesOf } from '../../rules/signals/capacity.ts';

const NEW_KEY = 'the key is new, so check that the training reads it (a short check run shows it)';
const slower = 'training accuracy drops and learning takes more epochs';

export const moreDropout: Remedy = {
  id: 'more-dropout',
  cures: { overfitting: 2, 'trained-too-long': 4 },
  propose({ settings, fit }): Proposal | undefined {
    const setting = settings.one('dropout');
    const isTree = capacitiesOf(settings).some((each) => each.isTree);
    const path =
      setting?.path ?? (isTree || settings.all('dropout').length > 0 ? undefined : settings.place('dropout'));
    const now = setting === undefined ? 0 : numberOf(setting.value);
    if (!path || now === null || now >= 0.5 || now < 0) return undefined;
    const to = now === 0 ? 0.3 : Math.min(0.5, niceTenth(now + (fit.gap > 15 ? 0.2 : 0.1)));
    return {
      title: now === 0 ? 'Add dropout' : 'More dropout',
      changes: [{ path, to }],
      impact: 'medium',
      effort: 'low',
      risk: `low; ${setting ? slower : NEW_KEY}`,
      expected: { low: 0, high: 2, basis: THUMB },
      reason: 'units that may fail at any moment cannot memorize together (Srivastava et al. 2014)',
      refutedBy: 'training and validation both fall, or the gap stays',
    };
  },
};

const niceTenth = (value: number): number => Math.round(value * 20) / 20;

export const moreWeightDecay: Remedy = {
  id: 'more-weight-decay',
  cures: { overfitting: 4, 'trained-too-long': 5 },
  propose({ settings }) {
    const setting = settings.one('weight_decay');
    const path = setting?.path ?? settings.place('weight_decay');
    const now = setting === undefined ? 0 : numberOf(setting.value);
    const isTree = capacitiesOf(settings).some((each) => each.isTree);
    if (!path || now === null || now < 0 || isTree) return undefined;
    const [usual, most] = settings.optimizer === 'sgd' ? [0.0005, 0.005] : [0.01, 0.1];
    const to = now === 0 ? usual : niceNumber(Math.min(now * 5, most));
    if (to <= now * 1.5) return undefined;
    return {
      title: now === 0 ? 'Add weight decay' : 'More weight decay',
      changes: [{ path, to }],
      impact: 'low',
      effort: 'low',
      risk: setting ? 'low' : `low; ${NEW_KEY}`,
      expected: { low: 0, high: 1, basis: THUMB },
      reason: 'large weights are what memorizing needs (Loshchilov & Hutter 2019)',
      refutedBy: 'the curves do not change, or the training side falls without validation rising',
    };
  },
};

export const smoothLabels: Remedy = {
  id: 'smooth-labels',
  cures: { overfitting: 3 },
  eases: { 'wrong-labels': 1 },
  propose({ settings, run }) {
    const setting = settings.one('label_smoothing');
    const now = numberOf(setting?.value);
    if (!setting || now === null || now >= 0.1 || run.names.scale === 'other') return undefined;
    return {
      title: 'Smooth the labels',
      changes: [{ path: setting.path, to: 0.1 }],
      impact: 'low',
      effort: 'low',
      risk: 'low; losses before and after cannot be compared',
      expected: { low: 0, high: 1, basis: THUMB },
      reason:
        'certainty about single labels, wrong ones among them, is no longer rewarded (Szegedy et al. 2016)',
      refutedBy: 'validation does not rise while the training side falls',
    };
  },
};

const AUGMENTATIONS: readonly { names: readonly string[]; to: number; what: string }[] = [
  {
    names: ['shift', 'augmentshift', 'shiftpixels', 'randomshift', 'maxshift', 'translate', 'translation'],
    to: 2,
    what: 'Shift the training images',
  },
  {
    names: ['rotation', 'rotationdegrees', 'randomrotation', 'rotate', 'degrees'],
    to: 10,
    what: 'Rotate the training images a little',
  },
  { names: ['mixup', 'mixupalpha'], to: 0.2, what: 'Mix training examples' },
  {
    names: ['noise', 'noisestd', 'gaussiannoise', 'augmentnoise', 'inputnoise'],
    to: 0.1,
    what: 'Add noise to the training inputs',
  },
];

export const augment: Remedy = {
  id: 'augment',
  cures: { overfitting: 1, 'trained-too-long': 3 },
  propose({ settings }) {
    const off = settings
      .called(['enabled', 'augment', 'augmentation', 'useaugmentation', 'dataaugmentation'])
      .find(({ path, value }) => value === false && path.some((key) => /augment/iu.test(String(key))));
    const common = {
      impact: 'high',
      effort: 'low',
      risk: `low where the change keeps the label; ${slower}`,
      expected: { low: 0, high: 4, basis: `${THUMB}; most on little data` },
      reason: 'every epoch sees other examples, so that memorizing them does not pay',
      refutedBy: 'the gap closes only because the training side falls',
    } as const;
    if (off) return { title: 'Turn augmentation on', changes: [{ path: off.path, to: true }], ...common };
    for (const { names, to, what } of AUGMENTATIONS) {
      const [setting, ...others] = settings.called(names);
      const now = numberOf(setting?.value);
      if (setting && others.length === 0 && now !== null && now >= 0 && now < to)
        return {
          title: what,
          changes: [{ path: setting.path, to: now === 0 ? to : Math.min(to, niceNumber(now * 2)) }],
          ...common,
        };
    }
    return undefined;
  },
};

export const smallerModel: Remedy = {
  id: 'smaller-model',
  cures: { overfitting: 10 },
  isLastResort: true,
  propose({ settings, fit }) {
    const [capacity, ...others] = capacitiesOf(settings).filter(({ isTree }) => !isTree);
    if (!capacity || others.length > 0 || fit.gap < 10 || Math.min(...capacity.widths) < 128)
      return undefined;
    const halved = capacity.widths.map((width) => width / 2);
    if (!halved.every(Number.isInteger)) return undefined;
    return {
      title: 'Halve the width',
      changes: [
        {
          path: capacity.setting.path,
          to: Array.isArray(capacity.setting.value) ? halved : (halved[0] as number),
        },
      ],
      impact: 'low',
      effort: 'low',
      risk: 'medium; may cost accuracy, and other settings may depend on the width',
      expected: { low: -1, high: 1, basis: THUMB },
      reason: 'fewer weights can memorize less',
      refutedBy: 'validation falls with the training side',
    };
  },
};
