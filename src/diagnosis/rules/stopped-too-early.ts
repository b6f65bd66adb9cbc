import type { Rule } from './_contract.ts';
import { inPoints, percent } from './show.ts';
import { numberOf } from './settings.ts';
import { burdensOf } from './signals/burden.ts';
import { narrowestLayer } from './signals/capacity.ts';
import { fitOf } from './signals/fit.ts';
import { paceOf } from './signals/pace.ts';
import { scheduleEnd } from './signals/schedule.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** A training of fewer epochs is hardly long enough for a schedule to end it. */
const ENOUGH = 14;

export const stoppedTooEarly: Rule = {
  fault: 'stopped-too-early',
  about:
    'a best epoch in the last quarter of a training that was still getting better, or one cut off by a short patience',
  source: 'Prechelt, Early stopping – but when? (1998)',
  thresholds: ['lateBest', 'lateGain', 'minEpochs'],
  judge(given) {
    const { run, settings, thresholds } = given;
    const { best, epochs, val } = run;
    if (best === null || epochs < thresholds.minEpochs || val.length < thresholds.minEpochs) return undefined;
    const fit = fitOf(given);
    if (fit.valShort !== null && fit.valShort <= 0) return undefined;
    const pace = paceOf(run);
    const place = best.epoch / (val.at(-1)?.epoch ?? epochs);
    const counts = run.unit === 'epoch';
    const planned = counts ? (run.planned ?? settings.number('epochs')) : null;
    const patience = settings.one('patience');
    const wait = numberOf(patience?.value);
    const isCut = planned !== null && epochs < planned && wait !== null && epochs - best.epoch <= wait + 1;
    const [burden] = burdensOf(settings);
    const narrowest = narrowestLayer(settings);
    const schedule = scheduleEnd(run, settings);
    const hasFitted = fit.gap > thresholds.overfitModerate;
    return weigh('stopped-too-early', -3, [
      ...(place > thresholds.lateBest
        ? clue(1.5, `best epoch ${best.epoch} of ${epochs}, in the last quarter`)
        : clue(-0.5, `best epoch ${best.epoch} of ${epochs}`)),
      ...clue(
        2 * ramp(pace.gain, thresholds.lateGain / 2, 4 * thresholds.lateGain),
        `validation still gets better: ${inPoints(pace.gain, run)} more in as many epochs again, if it goes on as in its last third`,
      ),
      ...clue(
        1.5 *
          ramp(pace.late, 0.15, 0.6) *
          (0.4 + 0.6 * ramp(pace.gain, thresholds.lateGain / 2, 2 * thresholds.lateGain)),
        `training loss still falls: ${percent(pace.late)} of its level in as many epochs again`,
      ),
      ...(counts ? clue(1.8 * ramp(epochs, 14, 5), `only ${epochs} epochs`) : []),
      ...(isCut && patience
        ? clue(
            0.8 + 2 * ramp(wait, 5, 2) + ramp(epochs / planned, 0.6, 0.25),
            `early stopping with a ${patience.text} of ${wait} ended it after ${epochs} of ${planned} epochs`,
          )
        : []),
      ...(schedule.end === 'spent'
        ? clue(
            -2,
            schedule.name === null
              ? 'the schedule had run out: more epochs of it would hardly move'
              : `the ${schedule.name} schedule ends with the training, and a rise towards its end is its doing`,
          )
        : schedule.end === 'unknown' && epochs >= ENOUGH
          ? clue(
              -0.8,
              'the learning rate is not logged: where a schedule ends with the training, a rise towards its end is its doing',
            )
          : []),
      ...(narrowest < 24
        ? clue(-2 * ramp(narrowest, 24, 8), `a layer of only ${narrowest} units would explain a poor fit`)
        : []),
      ...(burden
        ? clue(-2 * burden.strength, `${burden.setting.text} of ${burden.value} would explain a poor fit`)
        : []),
      ...(hasFitted
        ? clue(-2.5, `the training data are fitted already (gap ${inPoints(fit.gap, run)})`)
        : []),
    ]);
  },
};
