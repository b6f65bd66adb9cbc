import type { Rule } from './_contract.ts';
import { figure, inPoints, percent } from './show.ts';
import { validationExamples } from './signals/examples.ts';
import { fitOf } from './signals/fit.ts';
import { lowest, median, roughness, settled, tail, valuesOf, type Series } from './signals/series.ts';
import type { RunSignals } from './signals/run.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** A training loss that many times smaller than validation's is next to nothing, and the ratio says no more. */
const NOTHING = 50;

/** By how many points the training side is better in the last quarter; medians, so that single epochs do not decide. */
function lateGap({ train, val, names, points }: RunSignals): number {
  const end = (series: Series): number => median(valuesOf(tail(series, 0.25, 3)));
  return train.length === 0 || val.length === 0
    ? Number.NaN
    : (names.goal === 'max' ? 1 : -1) * (end(train) - end(val)) * points;
}

export const overfitting: Rule = {
  fault: 'overfitting',
  about:
    'a training side much better than validation, or validation loss that rises while training loss falls',
  source: 'Goodfellow, Bengio & Courville, Deep Learning (2016), 5.2 and 7.8; gap levels: common practice',
  thresholds: ['overfitStrong', 'overfitModerate', 'overfitMild', 'lossGap', 'minEpochs'],
  judge(given) {
    const { run, thresholds, settings } = given;
    // In percent of the value where the metric is no rate: losses differ by more than rates before it means something.
    const times = run.names.scale === 'other' ? (100 * thresholds.lossGap) / thresholds.overfitMild : 1;
    const mild = thresholds.overfitMild * Math.max(1, times);
    const moderate = thresholds.overfitModerate * Math.max(1, times);
    const strong = thresholds.overfitStrong * Math.max(1, times);
    if (run.epochs < thresholds.minEpochs) return undefined;
    const gap = lateGap(run);
    const { poor, text } = fitOf(given);
    const hasGap = Number.isFinite(gap);
    // A part of the gap may be the chance of a small validation set.
    const size = validationExamples(run, settings);
    const share =
      run.best === null ? 0.5 : Math.min(0.95, Math.max(0.05, (run.best.value * run.points) / 100));
    const doubt = size === null ? 0 : 100 * Math.sqrt((share * (1 - share)) / size.count);
    const late = tail(run.val, 0.25, 3);
    const wobble = late.length >= 5 ? (2 * roughness(late) * run.points) / Math.sqrt(late.length) : 0;
    const sure = gap - Math.hypot(doubt, wobble);
    const val = run.valLoss;
    const least = lowest(val);
    const rise = least && least.value > 0 ? settled(val) / least.value - 1 : Number.NaN;
    // A minimum among scattered values is always below their middle.
    const jump = roughness(val) / (least?.value ?? 1);
    const surely = jump > 0 ? ramp(rise / jump, 1, 3) : 1;
    const trainThen = run.trainLoss.find(({ epoch }) => epoch >= (least?.epoch ?? 0))?.value ?? Number.NaN;
    const hasFallen = settled(run.trainLoss) < 0.95 * trainThen && tail(val, 0.1, 3).length >= 3;
    const trainEnd = settled(run.trainLoss);
    const lossGap = trainEnd > 0 && val.length > 0 ? settled(val) / trainEnd - 1 : Number.NaN;
    const degree = gap > strong ? 'strong' : gap > moderate ? 'moderate' : gap > mild ? 'mild' : undefined;
    const levels =
      2.8 * ramp(sure, mild * 0.8, mild) +
      1.2 * ramp(sure, mild, moderate) +
      1.5 * ramp(sure, moderate, strong);
    return weigh(
      'overfitting',
      -2.5,
      [
        ...(hasGap
          ? sure > mild * 0.8
            ? clue(
                levels,
                `${run.names.scale === 'other' ? `training stands at ${figure(settled(run.train))} and validation at ${figure(settled(run.val))} at the end: ${inPoints(gap, run)} apart` : `training is ${inPoints(gap, run)} better than validation at the end`}${size !== null && doubt > 1 ? ` (give or take ${inPoints(doubt, run)} by ${size.count} validation examples)` : ''}`,
              )
            : clue(-2, `training and validation are within ${inPoints(Math.max(0, Math.abs(gap)), run)}`)
          : []),
        ...(hasFallen
          ? clue(
              2.2 * ramp(rise, 0.03, 0.3) * surely,
              `validation loss rose by ${percent(rise)} after epoch ${least?.epoch} (${figure(least?.value ?? 0)}) while training loss fell`,
            )
          : []),
        ...(hasGap ? clue(-2.5 * poor, `the training data are not fitted either: ${text}`) : []),
        ...clue(
          (hasGap ? 0.6 : 3.2) * ramp(lossGap, thresholds.lossGap, 5 * thresholds.lossGap),
          lossGap < NOTHING
            ? `validation loss is ${figure(lossGap + 1)} times training loss`
            : `training loss has come down to ${figure(trainEnd)}, next to nothing beside a validation loss of ${figure(settled(val))}`,
        ),
      ],
      degree,
    );
  },
};
