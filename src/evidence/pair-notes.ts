/** What a reader must know beside a paired verdict, in sentences. */
import { type Effect, standardDeviation } from './effect.ts';
import type { Limits } from './limits.ts';
import type { OrderedPairs } from './pair-order.ts';
import type { Conclusion, Note } from './verdict.ts';

export function explainPairs(of: {
  ordered: OrderedPairs;
  limits: Limits;
  effect: Effect;
  conclusion: Conclusion;
  resolution: number;
}): Note[] {
  const { ordered, limits, effect, conclusion, resolution } = of;
  const notes: Note[] = [];
  const note = (code: Note['code'], message: string): void => void notes.push({ code, message });

  if (ordered.diverged.length > 0) {
    note('unstable', `The optimized trial diverged on ${seedList(ordered.diverged)}; it is not rerun.`);
  }
  if (ordered.killed.length > 0) {
    note(
      'early-futility',
      `The optimized trial was stopped inside the run on ${seedList(ordered.killed)}; that counts as not accepted and enters no mean.`,
    );
  }
  if (ordered.ignoredSeed) {
    const { arm, seeds } = ordered.ignoredSeed;
    const who = arm === 'both' ? 'Both trials gave' : `The ${arm} trial gave`;
    note(
      'ignored-seed',
      `${who} bit-identical results on ${seedList(seeds)}: the training ignores its seed, so more pairs would show nothing new.`,
    );
  }
  if (ordered.baselineDiverged.length > 0) {
    note(
      'baseline-diverged',
      `The baseline diverged on ${seedList(ordered.baselineDiverged)}; left out of the pairs.`,
    );
  }
  if (limits.plannedPairs === 1) {
    note(
      'single-run',
      'One run of each trial: single seed, not verified. A change that does nothing looks better half of the time.',
    );
  }
  if (limits.alphaUsed < limits.alpha * (1 - 1e-9)) {
    note(
      'alpha-rounded',
      `α ${limits.alpha} lies between tabulated levels; the stricter ${limits.alphaUsed} was used.`,
    );
  } else if (limits.plannedPairs > 1 && limits.alpha < 0.005 * (1 - 1e-9)) {
    note(
      'alpha-outside-table',
      `α ${limits.alpha} is below the tabulated levels; stricter Bonferroni limits were used.`,
    );
  }
  const differences = ordered.counted.slice(0, effect.n).map(({ difference }) => difference);
  if (effect.n >= 2 && standardDeviation(differences) < resolution) {
    if (differences.every((difference) => difference === 0)) {
      note(
        'no-difference',
        'Both trials have the same value on every seed: the change shows no effect at all.',
      );
    } else {
      note(
        'spread-floored',
        `The differences spread less than the metric's resolution; ${resolution} stands in for their standard deviation.`,
      );
    }
  }
  if (conclusion.state === 'continue' && ordered.waiting.length > 0) {
    note(
      'pairs-waiting',
      `${seedList(ordered.waiting)} done, but an earlier seed is not: pairs count in seed order.`,
    );
  }
  const unused = ordered.counted.length - effect.n + ordered.waiting.length;
  if (conclusion.state === 'stop' && unused > 0) {
    note(
      'pairs-unused',
      `${unused} further ${unused === 1 ? 'pair' : 'pairs'} finished after the stopping pair and ${unused === 1 ? 'was' : 'were'} not used.`,
    );
  }
  if (conclusion.reason === 'first-look') {
    note(
      'first-look',
      `Given up after one optimized run: it lies below what nine of ten further runs of the baseline would reach (${ordered.baselineValues.length} baseline runs). There is no interval before the third pair.`,
    );
  } else if (
    conclusion.state === 'stop' &&
    conclusion.verdict !== 'better' &&
    limits.plannedPairs > 1 &&
    effect.n < 3
  ) {
    note(
      'few-pairs',
      `Only ${effect.n} ${effect.n === 1 ? 'pair' : 'pairs'} counted: there is no interval before the third.`,
    );
  }
  if (conclusion.verdict === 'better') {
    note('optimistic', 'Gains reported at acceptance are optimistic; the shrunken gain corrects for that.');
  }
  return notes;
}

function seedList(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}
