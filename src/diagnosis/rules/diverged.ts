import type { Rule } from './_contract.ts';
import { figure } from './show.ts';
import { burdensOf } from './signals/burden.ts';
import { fitOf } from './signals/fit.ts';
import { median, roughness, tail, valuesOf } from './signals/series.ts';
import type { RunSignals } from './signals/run.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** A loss thrown this many times above where it settles, and nothing learned. */
const THROWN = 10;

/** Share of its best that a rate keeps at most once everything learned is gone; no overfitting takes that much. */
const KEPT = 0.3;
/** Points from which on a rate had learned something that it can lose. */
const LEARNED = 10;

function collapseOf({
  val,
  best,
  names,
  train,
  points,
}: RunSignals): { from: number; to: number; epoch: number } | null {
  if (best === null || names.goal !== 'max' || val.length < 5) return null;
  if (names.scale === 'other' ? best.value <= 0 : best.value * points < LEARNED) return null;
  // A training side that goes on well memorizes; it has not broken down.
  const trainBest = Math.max(...valuesOf(train));
  if (train.length > 0 && median(valuesOf(tail(train, 0.25))) > 0.5 * trainBest) return null;
  const late = valuesOf(tail(val, 0.25));
  const to = median(late);
  const isLow = late.every((value) => value < KEPT * 2 * best.value) && to < KEPT * best.value;
  return isLow ? { from: best.value, to, epoch: best.epoch } : null;
}

export const diverged: Rule = {
  fault: 'diverged',
  about:
    'a loss that became NaN or infinite, or ended above where it began, or a metric that lost what it had',
  source: 'Goodfellow, Bengio & Courville, Deep Learning (2016), 8.2.4 and 11.4.1',
  thresholds: [],
  judge(given) {
    const { run } = given;
    const { broken, trainLoss } = run;
    const values = valuesOf(trainLoss);
    const first = values[0] ?? Number.NaN;
    const end = median(valuesOf(tail(trainLoss, 0.25)));
    const wobble = values.length >= 5 ? Math.max(roughness(trainLoss), 1e-9) : 1e-9;
    const peak = Math.max(...values);
    const isLong = values.length >= 3;
    const collapse = collapseOf(run);
    const hasLearned = fitOf(given).poor < 0.9;
    const [burden] = burdensOf(given.settings);
    return weigh('diverged', -3, [
      ...(broken ? clue(7, `${broken.name} is not finite in epoch ${broken.epoch}`) : []),
      ...(isLong && first > 0 && end > first
        ? clue(
            4.5 * ramp(end / first, 1, 1.05) * ramp((end - first) / wobble, 1, 3) +
              2 * ramp(end / first, 1.5, 3),
            `training loss ends at ${figure(end)}, above the ${figure(first)} of its first epoch`,
          )
        : []),
      ...(collapse === null
        ? []
        : clue(
            5,
            `validation fell from ${figure(collapse.from)} in epoch ${collapse.epoch} to ${figure(collapse.to)}, and stayed there`,
          )),
      ...(isLong && !hasLearned && end > 0 && peak > THROWN * end
        ? clue(
            5 * ramp(Math.log10(peak / end), 1, 2),
            `training loss was thrown up to ${figure(peak)} in epoch ${trainLoss.find(({ value }) => value === peak)?.epoch}, and nothing was learned after it`,
          )
        : []),
      // A regularizer that presses everything to the mean ends where it began, and has not broken down.
      ...(burden && broken === null
        ? clue(
            -4 * burden.strength * (1 - ramp(end / first, 1.05, 1.2)),
            `${burden.setting.text} of ${burden.value} would explain that nothing is kept`,
          )
        : []),
    ]);
  },
};
