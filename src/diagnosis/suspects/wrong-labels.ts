import { numberOf } from '../rules/settings.ts';
import { figure, inPoints } from '../rules/show.ts';
import { burdensOf } from '../rules/signals/burden.ts';
import { validationExamples } from '../rules/signals/examples.ts';
import { labelNoise } from '../rules/signals/label-noise.ts';
import { median, roughness, tail, valuesOf } from '../rules/signals/series.ts';
import type { Suspect } from './_contract.ts';

/** Shorter curves do not show a peak and a decline. */
const LONG = 8;
/** Points that validation must lose after its best epoch; overfitting to right labels costs less than one. */
const DROP = 3;
/** Points that the training side must gain meanwhile. */
const CLIMB = 10;
/** Points under validation at which the training side stands where it cannot fit its own labels yet. */
const BEHIND = 8;

/** The training metric, which fitted wrong labels lift, and validation, which they cost: early learning, then memorization. */
export const wrongLabels: Suspect = {
  id: 'wrong-labels',
  source:
    'Arpit et al., A closer look at memorization (2017); Liu et al., Early-learning regularization (2020); Northcutt et al., Confident learning (2021)',
  look({ run, settings }) {
    const { val, train, best, names, points } = run;
    const stated = labelNoise(settings);
    const evidence =
      stated === undefined
        ? []
        : [`the config sets ${stated.text} to ${figure(numberOf(stated.value) ?? 0)}`];
    if (names.goal === 'max' && names.scale !== 'other' && best !== null && val.length >= LONG) {
      const late = tail(val, 0.25, 3);
      const drop = (best.value - median(valuesOf(late))) * points;
      const size = validationExamples(run, settings);
      const share = Math.min(0.95, Math.max(0.05, (best.value * points) / 100));
      const doubt = size === null ? 0 : 100 * Math.sqrt((share * (1 - share)) / size.count);
      const wobble = val.length >= 5 ? roughness(val) * points : 0;
      const then = train.find(({ epoch }) => epoch >= best.epoch)?.value ?? Number.NaN;
      const climb = (median(valuesOf(tail(train, 0.25, 3))) - then) * points;
      const isPeak =
        best.epoch <= (val.at(-1)?.epoch ?? 0) / 2 && drop > Math.max(DROP, 2 * doubt, 3 * wobble);
      if (isPeak && climb > CLIMB)
        evidence.push(
          `validation fell by ${inPoints(drop, run)} after its best epoch ${best.epoch} while training rose by ${inPoints(climb, run)}: what was learned last holds for the training labels only`,
        );
      const behind = (best.value - then) * points;
      const [burden] = burdensOf(settings);
      if (evidence.length > 0 && isPeak && behind > BEHIND && burden === undefined)
        evidence.push(
          `at epoch ${best.epoch} training stood ${inPoints(behind, run)} under validation: the model disagreed with many training labels while it was right on validation`,
        );
    }
    if (evidence.length === 0) return undefined;
    return {
      suspect: 'wrong-labels',
      cause: `${stated === undefined ? 'Suspected: many' : 'Many'} training labels are wrong, and the model comes to memorize them.`,
      evidence,
      wouldTell: `look through the training examples on which the model of ${best === null ? 'the best epoch' : `epoch ${best.epoch}`} has its highest losses; wrong labels gather there. Where those labels are right, the suspicion is wrong, and training and validation data differ in another way`,
    };
  },
};
