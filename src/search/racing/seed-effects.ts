/**
 * What the seeds themselves are worth: with the same seeds for all configurations, some are easy (a kind split of the
 * validation data, a good shuffle) and some are hard, for everybody alike.
 *
 * y_is = μ_i + b_s + ε_is, fitted by alternating means over the good configurations with several seeds; Σ b = 0, so that μ is
 * the mean over the seeds that have been seen. F compares the spread of b with what luck alone would give it; the effects
 * are shrunk by 1 − c/F (James & Stein), to nothing where F ≤ c: most trainings have no seeds that are hard for all. c is 2
 * with many runs, and more with few, whose luck is itself hardly known.
 */
import type { Goal } from '../../metrics/_contract.ts';
import type { History } from '../_contract.ts';
import { betaQuantile } from '../../math/beta.ts';
import { lossOf } from '../trial.ts';

export interface SeededValues {
  /** Place in the history. */
  readonly index: number;
  readonly seeds: readonly (number | null)[];
  /** To maximize. */
  readonly values: readonly number[];
}

/** Of every trial that has some. */
export function completeRuns(history: History, goal: Goal): SeededValues[] {
  return history.flatMap(({ runs }, index) => {
    const seeds: (number | null)[] = [];
    const values: number[] = [];
    for (const { seed, state, value } of runs) {
      if (state !== 'complete' || value === null || !Number.isFinite(value)) continue;
      seeds.push(seed);
      values.push(-lossOf(value, goal));
    }
    return values.length > 0 ? [{ index, seeds, values }] : [];
  });
}

export interface SeedEffects {
  /** Of a seed; 0 where nothing is known of it. */
  of(seed: number | null): number;
  readonly isNone: boolean;
  /** Degrees of freedom that the noise has lost to them. */
  readonly spent: number;
}

const NONE: SeedEffects = { of: () => 0, isNone: true, spent: 0 };
/** Residual degrees of freedom below which luck and seed cannot be told apart: three configurations with two seeds each. */
const LEAST_FREEDOM = 2;
/** How often luck alone stays below the F that counts for nothing; with many runs that is an F of 2. */
const LUCK = 0.85;
const ROUNDS = 20;
/** Residuals beyond so many σ count less: a configuration that collapses on one seed says nothing of that seed. */
const FAR = 2;
/** None counts for nothing: where most runs agree exactly, the noise comes out as 0. */
const LIGHTEST = 0.05;

export function seedEffectsOf(all: readonly SeededValues[]): SeedEffects {
  // Twice: what the good ones are is not known before the first.
  return fit(betterHalf(all, fit(all)));
}

function fit(all: readonly SeededValues[]): SeedEffects {
  const repeated = all.filter(({ values }) => values.length > 1);
  const seeds = [...new Set(repeated.flatMap((each) => each.seeds))];
  const place = new Map(seeds.map((seed, at) => [seed, at]));
  const runs = repeated.reduce((sum, { values }) => sum + values.length, 0);
  const between = seeds.length - 1;
  const freedom = runs - repeated.length - between;
  if (between < 1 || freedom < LEAST_FREEDOM) return NONE;
  const rows = repeated.map(({ seeds: own, values }) => ({
    at: own.map((seed) => place.get(seed) as number),
    values,
    weights: new Float64Array(values.length).fill(1),
  }));
  const effects = new Float64Array(seeds.length);
  let noise = 0;
  let signal = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(seeds.length);
    const counts = new Float64Array(seeds.length);
    let squares = 0;
    let weighed = 0;
    for (const { at, values, weights } of rows) {
      const level = weightedMean(
        values.map((value, run) => value - (effects[at[run] as number] as number)),
        weights,
      );
      values.forEach((value, run) => {
        const seed = at[run] as number;
        const weight = weights[run] as number;
        const residual = value - level - (effects[seed] as number);
        sums[seed] = (sums[seed] as number) + weight * (value - level);
        counts[seed] = (counts[seed] as number) + weight;
        squares += weight * residual * residual;
        weighed += weight;
        if (round > 0)
          weights[run] = Math.max(
            LIGHTEST,
            Math.min(1, (FAR * Math.sqrt(noise)) / Math.abs(residual || 1e-300)),
          );
      });
    }
    noise = ((squares / weighed) * runs) / freedom;
    const center =
      sums.reduce((sum, total, seed) => sum + total / (counts[seed] as number), 0) / seeds.length;
    signal = 0;
    for (let seed = 0; seed < seeds.length; seed++) {
      effects[seed] = (sums[seed] as number) / (counts[seed] as number) - center;
      signal += (counts[seed] as number) * (effects[seed] as number) ** 2;
    }
  }
  const share =
    signal > 0 ? Math.max(0, 1 - (fQuantile(LUCK, between, freedom) * noise * between) / signal) : 0;
  if (share === 0) return NONE;
  return {
    of: (seed) => share * (effects[place.get(seed) ?? -1] ?? 0),
    isNone: false,
    spent: share * between,
  };
}

function fQuantile(p: number, above: number, below: number): number {
  const x = betaQuantile(p, above / 2, below / 2);
  return (below / above) * (x / (1 - x));
}

function weightedMean(values: readonly number[], weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  values.forEach((value, at) => {
    sum += (weights[at] as number) * value;
    total += weights[at] as number;
  });
  return sum / total;
}

/** By what they are over all seeds; bad ones scatter for reasons of their own. */
function betterHalf(all: readonly SeededValues[], effects: SeedEffects): readonly SeededValues[] {
  const ranked = all
    .map((each) => {
      const level = each.values.reduce(
        (sum, value, run) => sum + value - effects.of(each.seeds[run] ?? null),
        0,
      );
      return { each, level: level / each.values.length };
    })
    .sort((a, b) => b.level - a.level);
  return ranked.slice(0, Math.max(2, Math.ceil(ranked.length / 2))).map(({ each }) => each);
}

export function commonestSeed(all: readonly Pick<SeededValues, 'seeds'>[]): number | null {
  const counts = new Map<number | null, number>();
  for (const { seeds } of all) for (const seed of seeds) counts.set(seed, (counts.get(seed) ?? 0) + 1);
  let common: number | null = null;
  let most = 0;
  for (const [seed, count] of counts) if (count > most) [common, most] = [seed, count];
  return common;
}
