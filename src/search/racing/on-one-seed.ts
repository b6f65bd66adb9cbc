import type { Goal } from '../../metrics/_contract.ts';
import type { History, Sampler, Trial } from '../_contract.ts';
import { commonestSeed, completeRuns, type SeedEffects, seedEffectsOf } from './seed-effects.ts';

/**
 * A sampler that sees the history as if every run had had the seed that most of them had: a configuration that earned a hard
 * seed would else look worse than one that was spared it.
 */
export function onOneSeed(sampler: Sampler, goal: Goal): Sampler {
  return { ...sampler, suggest: (history, number) => sampler.suggest(levelled(history, goal), number) };
}

/** Trials whose value changes are new objects; all others are the same. */
export function levelled(history: History, goal: Goal): History {
  const complete = completeRuns(history, goal);
  const effects = seedEffectsOf(complete);
  if (effects.isNone) return history;
  const common = commonestSeed(complete);
  return history.map((trial) => correct(trial, goal, effects, common));
}

function correct(trial: Trial, goal: Goal, effects: SeedEffects, common: number | null): Trial {
  const { value, runs } = trial;
  if (value === null || runs.every(({ seed }) => seed === common)) return trial;
  const told = runs.filter((run) => run.state === 'complete' && Number.isFinite(run.value ?? Number.NaN));
  const shift = told.reduce((sum, { seed }) => sum + effects.of(seed), 0) / told.length - effects.of(common);
  return { ...trial, value: goal === 'max' ? value - shift : value + shift };
}
