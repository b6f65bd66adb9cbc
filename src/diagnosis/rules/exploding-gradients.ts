import type { Rule } from './_contract.ts';
import { figure } from './show.ts';
import { median, tail, valuesOf } from './signals/series.ts';
import { clue, weigh } from './weigh.ts';

export const explodingGradients: Rule = {
  fault: 'exploding-gradients',
  about: 'gradient norms far above what a step can bear',
  source: 'Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks (2013)',
  thresholds: ['explodingNorm'],
  judge({ run: { gradNorm, broken }, thresholds }) {
    if (gradNorm.length === 0) return undefined;
    const limit = thresholds.explodingNorm;
    const above = gradNorm.filter(
      ({ value, epoch }) => value > limit && (broken === null || epoch <= broken.epoch),
    );
    const peak = Math.max(...valuesOf(gradNorm));
    const place = gradNorm.find(({ value }) => value === peak);
    if (above.length === 0) return undefined;
    const late = median(valuesOf(tail(gradNorm, 0.3)));
    const start = median(valuesOf(gradNorm.slice(0, 3)));
    return weigh('exploding-gradients', -3, [
      ...clue(
        above.length >= 3 ? 5 : above.length === 2 ? 4 : 2.5,
        `gradient norm above ${limit} in ${above.length} of ${gradNorm.length} epochs, up to ${figure(peak)} in epoch ${place?.epoch}`,
      ),
      ...(gradNorm.length >= 6 && late > 10 * start
        ? clue(1.5, `it grew from ${figure(start)} to ${figure(late)}`)
        : []),
      ...(gradNorm.length >= 6 && late < limit / 10 ? clue(-1, `it fell back to ${figure(late)}`) : []),
    ]);
  },
};
