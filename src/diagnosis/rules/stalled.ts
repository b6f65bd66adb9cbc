import type { Rule } from './_contract.ts';
import { figure, percent } from './show.ts';
import { burdensOf } from './signals/burden.ts';
import { fitOf } from './signals/fit.ts';
import { paceOf } from './signals/pace.ts';
import { lowest, tail } from './signals/series.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** An improvement of the loss by less than this share is none. */
const LEAST = 0.005;

export const stalled: Rule = {
  fault: 'stalled',
  about: 'no improvement for many epochs while the loss is high',
  source: 'Goodfellow, Bengio & Courville, Deep Learning (2016), 8.2; Dauphin et al., Saddle points (2014)',
  thresholds: ['stalledEpochs', 'highLoss', 'poorFit'],
  judge(given) {
    const { run, thresholds } = given;
    const { trainLoss } = run;
    const { stalledEpochs, highLoss } = thresholds;
    const fit = fitOf(given);
    const [burden] = burdensOf(given.settings);
    if (trainLoss.length <= stalledEpochs || fit.poor === 0) return undefined;
    const before = lowest(trainLoss.slice(0, -stalledEpochs));
    const since = lowest(tail(trainLoss, 0, stalledEpochs));
    if (!before || !since || before.value <= 0) return undefined;
    const better = 1 - since.value / before.value;
    if (better > LEAST * 2) return undefined;
    const { rising, early } = paceOf(run);
    return weigh('stalled', -3.5, [
      ...clue(
        3 * ramp(better, 2 * LEAST, LEAST),
        `no better training loss than ${figure(before.value)} (epoch ${before.epoch}) in the last ${stalledEpochs} epochs`,
      ),
      ...clue(
        3 * ramp(fit.kept, highLoss * 0.7, Math.min(1, highLoss * 1.5)),
        `training loss still at ${percent(fit.kept)} of its first value`,
      ),
      ...clue(fit.poor, fit.text),
      ...clue(
        -4 * ramp(rising, 0.1, 0) * ramp(early, 0.6, 0.45),
        'it falls in nearly every epoch, by next to nothing: slow rather than stalled',
      ),
      ...(burden
        ? clue(
            -2.5 * burden.strength,
            `${burden.setting.text} of ${burden.value} would explain that the loss stays high`,
          )
        : []),
    ]);
  },
};
