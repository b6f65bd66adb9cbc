import type { Rule } from './_contract.ts';
import { inPoints } from './show.ts';
import { fitOf } from './signals/fit.ts';
import { settled } from './signals/series.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** Shorter trainings have no first tenth to speak of. */
const LONG = 20;

export const trainedTooLong: Rule = {
  fault: 'trained-too-long',
  about: 'a best epoch in the first tenth of a long training',
  source: 'Prechelt, Early stopping – but when? (1998)',
  thresholds: ['earlyBest', 'minEpochs'],
  judge(given) {
    const { run, thresholds } = given;
    const { best, val, names, points } = run;
    const last = val.at(-1)?.epoch ?? 0;
    if (best === null || val.length < LONG || best.epoch > Math.ceil(thresholds.earlyBest * last))
      return undefined;
    const drop = (names.goal === 'max' ? best.value - settled(val) : settled(val) - best.value) * points;
    const { gap } = fitOf(given);
    const then = run.trainLoss.find(({ epoch }) => epoch >= best.epoch)?.value ?? Number.NaN;
    const isLost = settled(run.trainLoss) >= then;
    return weigh('trained-too-long', -2, [
      ...clue(2, `best epoch ${best.epoch} of ${last}: the other ${last - best.epoch} brought nothing`),
      ...clue(2.5 * ramp(drop, 0.3, 2), `validation got worse by ${inPoints(drop, run)} since`),
      ...(isLost ? clue(-3, 'the training side has learned nothing since either') : []),
      ...(gap < -thresholds.overfitMild ? clue(-1, 'the training side is not ahead') : []),
    ]);
  },
};
