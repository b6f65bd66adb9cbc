import type { Goal } from '../metrics/_contract.ts';
import { evidenceError } from './errors.ts';

/**
 * What one run gave: its metric value, or why it has none.
 * `pending`: planned, running, or to be rerun after an infrastructure crash. `diverged`: NaN, Inf or blown up.
 * `killed`: stopped inside the run because it could no longer reach the baseline.
 */
export type Outcome = number | 'pending' | 'diverged' | 'killed';

/** Both arms on one seed. */
export interface SeedPair {
  seed: number;
  baseline: Outcome;
  optimized: Outcome;
  /** Fingerprints (hashes) of the whole curves, where known: they tell an ignored seed from two equal end values. */
  curves?: { baseline?: string; optimized?: string };
}

/** A finite number, or undefined where the run has no value. */
export function valueOf(outcome: Outcome, where: string): number | undefined {
  if (typeof outcome !== 'number') return undefined;
  if (Number.isFinite(outcome)) return outcome;
  throw evidenceError('EVIDENCE_VALUE_NOT_FINITE', `The metric of ${where} is ${outcome}.`, {
    remedy: 'Mark the run as diverged, or read the metric from another line of its log.',
  });
}

/** optimized − baseline, turned so that more is better. */
export function orientedDifference(baseline: number, optimized: number, goal: Goal): number {
  return goal === 'max' ? optimized - baseline : baseline - optimized;
}

export function checkSeeds(seeds: readonly number[], arm: string): void {
  const seen = new Set<number>();
  for (const seed of seeds) {
    if (!Number.isSafeInteger(seed)) {
      throw evidenceError('EVIDENCE_SEED_INVALID', `${arm} has the seed ${seed}, which is not an integer.`);
    }
    if (seen.has(seed)) {
      throw evidenceError('EVIDENCE_SEED_DUPLICATE', `${arm} has seed ${seed} twice.`, {
        remedy: `Keep one run of seed ${seed}.`,
      });
    }
    seen.add(seed);
  }
}
