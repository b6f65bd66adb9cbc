import type { Rule } from './_contract.ts';
import { figure } from './show.ts';
import { fitOf } from './signals/fit.ts';
import { median, roughness, tail, valuesOf } from './signals/series.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** A loss thrown this many times above where it settles, and nothing learned. */
const THROWN = 10;

export const diverged: Rule = {
  fault: 'diverged',
  about: 'a loss that became NaN or infinite, or ended above where it began',
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
    const hasLearned = fitOf(given).poor < 0.9;
    return weigh('diverged', -3, [
      ...(broken ? clue(7, `${broken.name} is not finite in epoch ${broken.epoch}`) : []),
      ...(isLong && first > 0 && end > first
        ? clue(
            4.5 * ramp(end / first, 1, 1.05) * ramp((end - first) / wobble, 1, 3) +
              2 * ramp(end / first, 1.5, 3),
            `training loss ends at ${figure(end)}, above the ${figure(first)} of its first epoch`,
          )
        : []),
      ...(isLong && !hasLearned && end > 0 && peak > THROWN * end
        ? clue(
            5 * ramp(Math.log10(peak / end), 1, 2),
            `training loss was thrown up to ${figure(peak)} in epoch ${trainLoss.find(({ value }) => value === peak)?.epoch}, and nothing was learned after it`,
          )
        : []),
    ]);
  },
};
