import type { Rule } from './_contract.ts';
import { figure, inPoints, percent } from './show.ts';
import { burdensOf } from './signals/burden.ts';
import { narrowestLayer } from './signals/capacity.ts';
import { fitOf } from './signals/fit.ts';
import { paceOf } from './signals/pace.ts';
import { clue, ramp, weigh } from './weigh.ts';

export const underfitting: Rule = {
  fault: 'underfitting',
  about: 'training and validation both poor against the target, once learning has levelled off',
  source: 'Goodfellow, Bengio & Courville, Deep Learning (2016), 5.2 and 11.3',
  thresholds: ['poorFit', 'lateGain', 'overfitMild', 'overfitModerate', 'minEpochs'],
  judge(given) {
    const { run, settings, thresholds, target } = given;
    const fit = fitOf(given);
    if (
      fit.poor === 0 ||
      run.epochs < thresholds.minEpochs ||
      run.val.length === 0 ||
      run.train.length + run.trainLoss.length === 0
    )
      return undefined;
    const pace = paceOf(run);
    const [burden] = burdensOf(settings);
    const narrowest = narrowestLayer(settings);
    return weigh('underfitting', -2.5, [
      ...clue((target === null ? 3 : 4.5) * fit.poor, `both sides are poor: ${fit.text}`),
      ...clue(
        1 - 2 * ramp(pace.gain, thresholds.lateGain, 6 * thresholds.lateGain),
        pace.gain > thresholds.lateGain
          ? `validation still gains ${inPoints(pace.gain, run)} in as many epochs again`
          : 'learning has levelled off',
      ),
      ...(burden
        ? clue(2.5 * burden.strength, `${burden.setting.text} of ${burden.value} makes learning hard`)
        : []),
      ...clue(2 * ramp(narrowest, 24, 8), `a layer of only ${narrowest} units`),
      ...clue(
        1.2 * ramp(-fit.gap, 8, 25),
        `the training side is ${inPoints(-fit.gap, run)} worse than validation: regularization or augmentation weighs on it`,
      ),
      ...clue(
        -4 * ramp(fit.gap, thresholds.overfitMild, thresholds.overfitModerate),
        `the training side is ${inPoints(fit.gap, run)} better than validation`,
      ),
      ...(burden === undefined && !(narrowest < 24)
        ? clue(
            -2.5 * ramp(fit.kept, 0.62, 0.75) * (1 - ramp(pace.late, 0.02, 0.06)),
            `the training loss kept ${percent(fit.kept)} of its first value and does not move: no question of capacity alone`,
          )
        : []),
      ...(fit.kept > 0.9
        ? clue(
            // A regularizer that stifles everything explains even that.
            -5 * ramp(fit.kept, 0.9, 0.97) * (1 - (burden?.strength ?? 0)),
            `nothing was learned at all: training loss at ${percent(fit.kept)} of its first value (${figure(fit.kept)})`,
          )
        : []),
    ]);
  },
};
