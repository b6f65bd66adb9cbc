import { numberOf } from '../../rules/settings.ts';
import { trainingExamplesSetting } from '../../rules/signals/examples.ts';
import { labelNoise } from '../../rules/signals/label-noise.ts';
import { niceCount } from '../nice.ts';
import { THUMB, type Expectation, type Remedy, type Situation } from '../_contract.ts';

export const correctLabels: Remedy = {
  id: 'correct-labels',
  cures: { overfitting: 0, underfitting: 0, 'trained-too-long': 0 },
  eases: { 'wrong-labels': 0 },
  propose({ settings, fit }) {
    const setting = labelNoise(settings);
    const now = numberOf(setting?.value);
    if (!setting || now === null) return undefined;
    return {
      title: 'Train on right labels',
      changes: [{ path: setting.path, to: 0 }],
      impact: 'high',
      effort: 'low',
      risk: 'low; none where the noise was not wanted',
      expected: {
        low: 0,
        high: Math.min(20, Math.max(2, Math.round(fit.valShort ?? 10))),
        basis: `${THUMB}: labels that are wrong on purpose teach nothing that validation asks for`,
      },
      reason: `${setting.text} of ${now} makes training labels wrong`,
      refutedBy: 'the training side does not rise above what it was at the best epoch',
    };
  },
};

/** From here on more examples are a matter of cost, which the config does not tell. */
const MANY = 5000;
/** A small set is tripled, a larger one doubled. */
const SMALL = 1000;
/** Error falls as a power of the number of examples, with published exponents between these (Hestness et al. 2017). */
const EXPONENTS = [0.07, 0.35] as const;

export const moreExamples: Remedy = {
  id: 'more-examples',
  cures: { overfitting: 5 },
  eases: { 'few-examples': 1 },
  propose(situation) {
    const setting = trainingExamplesSetting(situation.settings);
    const now = numberOf(setting?.value);
    if (!setting || now === null || now >= MANY) return undefined;
    const factor = now < SMALL ? 3 : 2;
    return {
      title: 'Train on more examples, where there are more',
      changes: [{ path: setting.path, to: niceCount(now * factor) }],
      impact: 'high',
      effort: 'low',
      risk: 'medium; the examples must exist, and the validation examples must stay the same ones and out of the training data',
      expected: lessError(situation, factor),
      reason: `${now} examples are fitted, and new ones are not`,
      refutedBy: 'the gap closes and validation does not rise',
    };
  },
};

function lessError({ run }: Situation, factor: number): Expectation {
  const { names, points, best } = run;
  if (names.scale === 'other' || names.goal !== 'max' || best === null)
    return { low: 0, high: 3, basis: THUMB };
  const error = Math.max(0, 100 - best.value * points);
  const [low, high] = EXPONENTS.map((exponent) => Math.round(error * (1 - factor ** -exponent) * 2) / 2);
  return {
    low: low ?? 0,
    high: Math.max(high ?? 0, 0.5),
    basis: `published power laws of the error by the number of examples, applied to ${error.toFixed(1)} points of error`,
  };
}
