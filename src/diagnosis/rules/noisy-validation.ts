import type { Rule, RuleCase } from './_contract.ts';
import { inPoints, percent } from './show.ts';
import { validationExamples } from './signals/examples.ts';
import { paceOf } from './signals/pace.ts';
import { risingShare, scatter, settled, tail, unevenness } from './signals/series.ts';
import { clue, ramp, weigh } from './weigh.ts';

/** With fewer seeds their spread says nothing. */
const ENOUGH_SEEDS = 3;
/** Epoch-to-epoch scatter is larger than seeds explain from this multiple of their spread on. */
const TIMES = 3;

export const noisyValidation: Rule = {
  fault: 'noisy-validation',
  about:
    'late validation values that jump about a smooth training curve, or a validation set too small to tell configurations apart',
  source:
    'Bouthillier et al., Accounting for variance in machine learning benchmarks (2021); binomial standard error after Agresti & Coull (1998)',
  thresholds: ['noisyValidation', 'validationError', 'oscillation', 'minEpochs'],
  judge(given) {
    const { run, runs, settings, thresholds, target } = given;
    const { val, points, names } = run;
    if (val.length < Math.max(4, thresholds.minEpochs)) return undefined;
    const late = tail(val, 0.5, 6);
    // The lesser of the two: a line takes a bend for scatter, and differences take steep steps for it.
    // What gets better in every epoch only bends; noise goes both ways.
    const adverse = names.goal === 'max' ? 1 - risingShare(late) : risingShare(late);
    const sd =
      Math.min(unevenness(late), scatter(late)) * points * relevance(given) * ramp(adverse, 0.02, 0.15);
    const size = names.scale === 'other' ? null : validationExamples(run, settings);
    const share = (settled(val, 5) * points) / 100;
    const error = size === null ? Number.NaN : 100 * standardError(share, size.count);
    const spread = seedSpread(runs.map((each) => settled(each.val, 5) * each.points));
    const { rough } = paceOf(run);
    const margin =
      target === null ? Number.NaN : (names.goal === 'max' ? 1 : -1) * (settled(val, 5) - target) * points;
    const clear = margin / Math.max(sd, Number.isFinite(error) ? error : 0);
    const limit = thresholds.noisyValidation;
    const scattered = ramp(sd, limit * 0.6, limit);
    return weigh('noisy-validation', -3, [
      ...clue(5 * scattered, `late validation scatters by ${inPoints(sd, run)} around its trend`),
      ...clue(
        5 * ramp(error, thresholds.validationError * 0.7, thresholds.validationError),
        `${size?.count} validation examples (${size?.source}): each is ${inPoints(100 / (size?.count ?? 1), run)}, the standard error ${inPoints(error, run)}`,
      ),
      ...(spread !== null && sd > 2
        ? clue(
            2 * ramp(sd / spread, TIMES, 2 * TIMES),
            `that is ${(sd / spread).toFixed(1)} times the spread of the seeds`,
          )
        : []),
      ...(error < thresholds.validationError / 3 && sd < limit
        ? clue(-1, `${size?.count} validation examples are enough`)
        : []),
      ...clue(-5 * ramp(clear, 2, 3), `the target is exceeded by ${clear.toFixed(1)} times as much`),
      ...(rough > thresholds.oscillation
        ? clue(
            -2.5 * scattered,
            `the training loss jumps as well (${percent(rough)} of its level): the cause lies before validation`,
          )
        : []),
    ]);
  },
};

/** Share of its first fall under which a value's scatter is held against that fall: what is close to zero scatters by its nature. */
const NEAR_ZERO = 1 / 4;

/** How much of the scatter, in percent of the value, matters: less where a loss has come down to next to nothing. */
function relevance({ run: { val, names, points } }: RuleCase): number {
  if (names.scale !== 'other') return 1;
  const level = 100 / points;
  const fall = Math.abs((val[0]?.value ?? Number.NaN) - settled(val));
  return fall > 0 ? Math.min(1, level / (NEAR_ZERO * fall)) : 1;
}

/** Of a share; with two successes and two failures added, so that 25 of 25 right are not certain. */
function standardError(share: number, count: number): number {
  const adjusted = (share * count + 2) / (count + 4);
  return Math.sqrt((adjusted * (1 - adjusted)) / (count + 4));
}

function seedSpread(values: readonly number[]): number | null {
  if (values.length < ENOUGH_SEEDS) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return sd > 0 ? sd : null;
}
