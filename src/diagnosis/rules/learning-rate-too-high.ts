import type { Rule } from './_contract.ts';
import { percent } from './show.ts';
import { burdensOf } from './signals/burden.ts';
import { fitOf } from './signals/fit.ts';
import { rateStanding } from './signals/learning-rate.ts';
import { paceOf } from './signals/pace.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** An unusual rate alone proves nothing: the curve has to show it too. */
const SHOWN = 0.5;
/** A target that is missed, if only by little, counts as this much of a poor fit. */
const MISSED = 0.8;

export const learningRateTooHigh: Rule = {
  fault: 'learning-rate-too-high',
  about: 'a training loss that jumps, gets worse again, or only falls once the schedule lowers the rate',
  source:
    'Bengio, Practical recommendations for gradient-based training of deep architectures (2012), 3.1.1; Smith, Cyclical learning rates (2017)',
  thresholds: ['oscillation', 'minEpochs', 'poorFit'],
  judge(given) {
    const { run, settings, thresholds } = given;
    if (run.epochs < thresholds.minEpochs) return undefined;
    const fit = fitOf(given);
    const pace = paceOf(run);
    const rate = rateStanding(run, settings);
    const [burden] = burdensOf(settings);
    const { oscillation } = thresholds;
    const poor = Math.max(
      fit.poor,
      // Near a perfect fit of the training data its loss is unsteady by nature: then the target is missed by overfitting.
      fit.valShort === null
        ? 0.7 * fit.trainPoor
        : fit.valShort > 0 && !(fit.gap > thresholds.overfitModerate && (fit.short ?? 0) <= 0)
          ? MISSED
          : 0,
    );
    const shape = [
      ...clue(
        3.5 * ramp(pace.rough, oscillation / 2, oscillation * 1.5) * Math.max(0.3, poor),
        `training loss jumps by ${percent(pace.rough)} of its level from epoch to epoch`,
      ),
      ...clue(
        1.5 * ramp(pace.rising, 0.12, 0.35) * poor,
        `${percent(pace.rising)} of its movement goes upward`,
      ),
      ...clue(
        3 * ramp(pace.lost, 0.15, 0.6) * poor,
        `training loss ends ${percent(pace.lost)} above its best`,
      ),
      ...(pace.lrLeft < 0.1 && pace.rough > 0.02
        ? clue(
            1.5 * ramp(pace.late, 0.4, 0.8) * poor,
            'it falls only as the schedule lowers the learning rate',
          )
        : []),
    ];
    if (shape.length === 0 && !(rate !== null && rate.decades > 1 && poor >= SHOWN)) return undefined;
    return weigh('learning-rate-too-high', -3, [
      ...shape,
      ...(rate && rate.decades > 0.5
        ? clue(Math.min(5, 3.2 * (rate.decades - 0.4)) * rate.trust * Math.max(0.2, poor), rate.text)
        : []),
      ...(rate && rate.decades < -0.5 ? clue(Math.max(-4, 2 * rate.decades) * rate.trust, rate.text) : []),
      ...(pace.rising < 0.05 && run.epochs >= 6 && pace.late > 0.1
        ? clue(-2, 'the training loss falls steadily')
        : []),
      ...(burden
        ? clue(-1.5 * burden.strength, `${burden.setting.text} of ${burden.value} would explain a poor fit`)
        : []),
    ]);
  },
};
