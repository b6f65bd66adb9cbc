import type { Rule } from './_contract.ts';
import { figure, percent } from './show.ts';
import { fitOf } from './signals/fit.ts';
import { median, tail, valuesOf } from './signals/series.ts';
import { clue, ramp, weigh } from './weigh.ts';

export const vanishingGradients: Rule = {
  fault: 'vanishing-gradients',
  about:
    'gradient norms near zero while the training data are not fitted; near zero after a perfect fit is as it should be',
  source: 'Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks (2010)',
  thresholds: ['vanishingNorm', 'highLoss'],
  judge(given) {
    const { gradNorm } = given.run;
    const { vanishingNorm, highLoss } = given.thresholds;
    if (gradNorm.length === 0) return undefined;
    const norm = median(valuesOf(tail(gradNorm, 0.5)));
    const { kept, poor, text } = fitOf(given);
    if (norm >= vanishingNorm || poor < 0.5) return undefined;
    return weigh('vanishing-gradients', -3, [
      ...clue(
        4 + ramp(-Math.log10(norm), -Math.log10(vanishingNorm), 6),
        `gradient norm ${figure(norm)} in the second half, under ${vanishingNorm}`,
      ),
      ...clue(1.5 * poor, text),
      ...clue(
        Number.isFinite(kept) ? 2 * ramp(kept, highLoss / 3, highLoss) - 1 : 0,
        `training loss still at ${percent(kept)} of its first value`,
      ),
    ]);
  },
};
