/**
 * What the seeds themselves are worth: with the same seeds for all configurations, some are easy (a kind split of the
 * validation data, a good shuffle) and some are hard, for everybody alike.
 *
 * y_is = μ_i + b_s + ε_is; b_s ~ N(0, τ²), ε ~ N(0, σ²). b and both variances by EM-like backfitting over the
 * configurations with several seeds; Σ b = 0, so that μ is the mean over the seeds that have been seen. Where seeds do not
 * matter τ comes out near 0 and nothing is corrected. Needs a residual: with too few repeated runs there are no effects.
 */
import type { Goal } from '../../metrics/_contract.ts';
import type { History } from '../_contract.ts';
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

export type SeedEffects = ReadonlyMap<number | null, number>;

const NONE: SeedEffects = new Map();
/** Residual degrees of freedom below which luck and seed cannot be told apart. */
const LEAST_FREEDOM = 2;
const ROUNDS = 25;
/** Residuals beyond so many σ count less: a configuration that collapses on one seed says nothing of that seed. */
const FAR = 2;

export function seedEffectsOf(all: readonly SeededValues[]): SeedEffects {
  const repeated = betterHalf(all).filter(({ values }) => values.length > 1);
  const seeds = [...new Set(repeated.flatMap((each) => each.seeds))];
  const runs = repeated.reduce((sum, { values }) => sum + values.length, 0);
  const freedom = runs - repeated.length - (seeds.length - 1);
  if (seeds.length < 2 || freedom < LEAST_FREEDOM) return NONE;
  const place = new Map(seeds.map((seed, at) => [seed, at]));
  const effects = new Float64Array(seeds.length);
  const weights = repeated.map(({ values }) => new Float64Array(values.length).fill(1));
  let noise = Infinity;
  let spread = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(seeds.length);
    const counts = new Float64Array(seeds.length);
    let squares = 0;
    let weighed = 0;
    repeated.forEach(({ seeds: own, values }, i) => {
      const weight = weights[i] as Float64Array;
      const effectOf = (run: number): number =>
        effects[place.get(own[run] as number | null) as number] as number;
      let total = 0;
      let level = 0;
      for (let run = 0; run < values.length; run++) {
        total += weight[run] as number;
        level += (weight[run] as number) * ((values[run] as number) - effectOf(run));
      }
      level /= total;
      for (let run = 0; run < values.length; run++) {
        const at = place.get(own[run] as number | null) as number;
        const rest = (values[run] as number) - level;
        const residual = rest - (effects[at] as number);
        sums[at] = (sums[at] as number) + (weight[run] as number) * rest;
        counts[at] = (counts[at] as number) + (weight[run] as number);
        squares += (weight[run] as number) * residual * residual;
        weighed += weight[run] as number;
        weight[run] = noise > 0 ? Math.min(1, (FAR * Math.sqrt(noise)) / Math.abs(residual || 1e-300)) : 1;
      }
    });
    noise = (squares / weighed) * (runs / freedom);
    const ridge = spread === Infinity ? 0 : spread > 0 ? noise / spread : Infinity;
    let center = 0;
    for (let at = 0; at < seeds.length; at++) {
      effects[at] = ridge === Infinity ? 0 : (sums[at] as number) / ((counts[at] as number) + ridge);
      center += (effects[at] as number) / seeds.length;
    }
    let size = 0;
    for (let at = 0; at < seeds.length; at++) {
      effects[at] = (effects[at] as number) - center;
      size += (effects[at] as number) ** 2;
      if (ridge > 0) size += noise / ((counts[at] as number) + ridge);
    }
    spread = size / (seeds.length - (ridge > 0 ? 0 : 1));
  }
  return new Map(seeds.map((seed, at) => [seed, effects[at] as number]));
}

/** By their mean; bad configurations scatter for reasons of their own. */
function betterHalf(all: readonly SeededValues[]): readonly SeededValues[] {
  const ranked = all
    .map((each) => ({ each, mean: each.values.reduce((sum, value) => sum + value, 0) / each.values.length }))
    .sort((a, b) => b.mean - a.mean);
  return ranked.slice(0, Math.max(2, Math.ceil(ranked.length / 2))).map(({ each }) => each);
}
