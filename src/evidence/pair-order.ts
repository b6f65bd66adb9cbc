/** Brings pairs into seed order and sorts out which of them count: those before the first gap in the seed list. */
import type { Goal } from '../metrics/_contract.ts';
import { evidenceError } from './errors.ts';
import { findIgnoredSeed, type IgnoredSeed } from './ignored-seed.ts';
import { checkSeeds, orientedDifference, type SeedPair, valueOf } from './outcome.ts';

export interface PairDifference {
  seed: number;
  /** + is better. */
  difference: number;
}

export interface OrderedPairs {
  /** Complete pairs before the first gap, in seed order. */
  counted: PairDifference[];
  /** Seeds of complete pairs that wait for an earlier one. */
  waiting: number[];
  /** Every planned seed is in: nothing more can come. */
  isComplete: boolean;
  /** Seeds on which the optimized trial diverged, or was killed inside the run. */
  diverged: number[];
  killed: number[];
  /** Seeds left out because only the baseline diverged. */
  baselineDiverged: number[];
  ignoredSeed: IgnoredSeed | undefined;
  /** All metric values of both arms. */
  values: number[];
  /** Those of the baseline, in seed order. */
  baselineValues: number[];
  /** Runs of the optimized trial that came to a value. */
  optimizedValues: number[];
}

export function orderPairs(
  pairs: readonly SeedPair[],
  plannedPairs: number,
  planned: readonly number[] | undefined,
  goal: Goal,
): OrderedPairs {
  const given = pairs.map(({ seed }) => seed);
  checkSeeds(given, 'The list of pairs');
  const seeds = plannedSeeds(given, plannedPairs, planned);
  const bySeed = new Map(pairs.map((pair) => [pair.seed, pair]));
  const known: SeedPair[] = [];
  const ordered: OrderedPairs = {
    counted: [],
    waiting: [],
    isComplete: false,
    diverged: [],
    killed: [],
    baselineDiverged: [],
    ignoredSeed: undefined,
    values: [],
    baselineValues: [],
    optimizedValues: [],
  };
  let resolved = 0;
  for (const [position, seed] of seeds.entries()) {
    const pair = bySeed.get(seed);
    const baseline = pair && valueOf(pair.baseline, `the baseline, seed ${seed}`);
    const optimized = pair && valueOf(pair.optimized, `the optimized trial, seed ${seed}`);
    if (baseline !== undefined) ordered.baselineValues.push(baseline);
    if (optimized !== undefined) ordered.optimizedValues.push(optimized);
    if (pair) known.push(pair);
    if (pair?.optimized === 'diverged') ordered.diverged.push(seed);
    if (pair?.optimized === 'killed') ordered.killed.push(seed);
    const hasGap = resolved < position;
    if (pair && baseline !== undefined && optimized !== undefined) {
      if (hasGap) ordered.waiting.push(seed);
      else {
        ordered.counted.push({ seed, difference: orientedDifference(baseline, optimized, goal) });
        resolved++;
      }
    } else if (optimized !== undefined && pair?.baseline === 'diverged') {
      ordered.baselineDiverged.push(seed);
      if (!hasGap) resolved++;
    }
  }
  ordered.isComplete = resolved === plannedPairs;
  ordered.values = [...ordered.baselineValues, ...ordered.optimizedValues];
  ordered.ignoredSeed = findIgnoredSeed(known);
  return ordered;
}

function plannedSeeds(
  given: readonly number[],
  plannedPairs: number,
  planned: readonly number[] | undefined,
): readonly number[] {
  if (planned) {
    checkSeeds(planned, 'The plan');
    if (planned.length !== plannedPairs) {
      throw evidenceError(
        'EVIDENCE_SEED_UNPLANNED',
        `The plan names ${planned.length} seeds for ${plannedPairs} pairs.`,
        { remedy: 'Name exactly one seed for each planned pair.' },
      );
    }
    const stranger = given.find((seed) => !planned.includes(seed));
    if (stranger === undefined) return planned;
    throw evidenceError('EVIDENCE_SEED_UNPLANNED', `Seed ${stranger} is not among the planned seeds.`, {
      remedy: `Run the planned seeds: ${planned.join(', ')}.`,
    });
  }
  if (given.length > plannedPairs) {
    throw evidenceError(
      'EVIDENCE_SEED_UNPLANNED',
      `${given.length} pairs were given where ${plannedPairs} were planned.`,
      { remedy: 'Name the planned seeds, or compare all pairs at once without early stopping.' },
    );
  }
  return given.toSorted((a, b) => a - b);
}
