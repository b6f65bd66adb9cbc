import type { Rule } from './_contract.ts';
import { figure, inPoints, percent } from './show.ts';
import { burdensOf } from './signals/burden.ts';
import { narrowestLayer } from './signals/capacity.ts';
import { trainingExamples } from './signals/examples.ts';
import { fitOf } from './signals/fit.ts';
import { rateStanding } from './signals/learning-rate.ts';
import { paceOf } from './signals/pace.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** So few steps have hardly ever been enough to fit anything. */
const FEW_UPDATES = 500;
/** Steps in an epoch from which on it is the number of epochs that is too small. */
const FEW_STEPS = 12;
/** Share of its level that a training loss loses in an epoch where the steps are large enough. */
const FAST = 0.03;

export const learningRateTooLow: Rule = {
  fault: 'learning-rate-too-low',
  about:
    'a training loss that falls slowly and steadily, and is still high at the end; also by too few or too small steps',
  source:
    'Bengio, Practical recommendations for gradient-based training of deep architectures (2012), 3.1.1; Keskar et al., On large-batch training (2017)',
  thresholds: ['minEpochs', 'poorFit', 'lateGain'],
  judge(given) {
    const { run, settings, thresholds } = given;
    if (run.epochs < thresholds.minEpochs) return undefined;
    const fit = fitOf(given);
    const pace = paceOf(run);
    if (fit.poor === 0 || pace.rising > 0.45) return undefined;
    // A gap where nothing was learned is one between the two sets of examples.
    if (fit.gap > thresholds.overfitModerate && !(fit.kept > 0.9)) return undefined;
    const rate = rateStanding(run, settings);
    const [burden] = burdensOf(settings);
    const batch = settings.number('batch_size');
    const examples = trainingExamples(settings);
    const perEpoch =
      batch !== null && batch > 0 && examples !== null ? Math.ceil(examples / batch) : Number.NaN;
    const updates = run.unit === 'epoch' ? perEpoch * run.epochs : Number.NaN;
    const narrowest = narrowestLayer(settings);
    const { poor } = fit;
    // What is too small to fit well still learns something; a training that learned nothing has another fault.
    const learned = Number.isFinite(fit.kept) ? 1 - ramp(fit.kept, 0.9, 0.97) : 1;
    return weigh('learning-rate-too-low', -3, [
      ...clue(
        2.5 * ramp(pace.early, 0.72, 0.55) * poor,
        `the first quarter of the epochs brought only ${percent(pace.early)} of the fall of the training loss`,
      ),
      ...clue(
        1.5 * ramp(fit.kept, 0.35, 0.55) * poor,
        `training loss still at ${percent(fit.kept)} of its first value`,
      ),
      ...clue(
        ramp(pace.gain, thresholds.lateGain / 2, 2 * thresholds.lateGain) * poor,
        `validation still gains: ${inPoints(pace.gain, run)} more in as many epochs again`,
      ),
      ...(rate && rate.decades < -0.5
        ? clue(Math.min(5, -2 * (rate.decades + 0.3)) * rate.trust * Math.max(0.3, poor), rate.text)
        : rate
          ? clue(
              Math.max(-4, -1.5 - Math.max(0, 2 * (rate.decades - 0.5))) * rate.trust,
              `against it: ${rate.text}`,
            )
          : []),
      ...(perEpoch <= FEW_STEPS && updates < FEW_UPDATES
        ? clue(
            4.5 *
              ramp(Math.log10(updates), Math.log10(FEW_UPDATES), 2) *
              ramp(perEpoch, FEW_STEPS, FEW_STEPS / 2) *
              Math.max(poor, fit.valShort === null ? 0.9 * fit.trainPoor : 0.3),
            `only ${updates} steps were made in ${run.epochs} epochs (batches of ${figure(batch ?? 0)} of ${examples} examples)`,
          )
        : []),
      ...(pace.decayedAt < 0.6
        ? clue(
            5 * ramp(pace.decayedAt, 0.6, 0.3) * poor,
            `the schedule had taken the learning rate under 1 % of its peak after ${percent(pace.decayedAt)} of the epochs`,
          )
        : []),
      ...(run.unit === 'epoch' && pace.late / run.epochs > FAST / 2
        ? clue(
            -3.5 * ramp(pace.late / run.epochs, FAST / 2, FAST),
            `the training loss still falls by ${((100 * pace.late) / run.epochs).toFixed(1)} % an epoch: it lacks epochs, not pace`,
          )
        : []),
      ...(narrowest < 24
        ? clue(
            -1.5 * ramp(narrowest, 24, 8) * learned,
            `a layer of only ${narrowest} units would explain a poor fit`,
          )
        : []),
      ...(burden
        ? clue(-2 * burden.strength, `${burden.setting.text} of ${burden.value} would explain a poor fit`)
        : []),
    ]);
  },
};
