/**
 * Whether the training ignores its seed: bit-identical results on two seeds make more pairs worthless.
 *
 * Whole curves decide where their fingerprints are known. Bare end values coincide by chance on coarse metrics, so
 * without fingerprints both arms must repeat on every seed seen.
 */
import type { SeedPair } from './outcome.ts';

export interface IgnoredSeed {
  arm: 'baseline' | 'optimized' | 'both';
  seeds: readonly [number, number];
}

/** Fingerprints of an incomplete pair count too; undefined where at least two seeds do not show it. */
export function findIgnoredSeed(pairs: readonly SeedPair[]): IgnoredSeed | undefined {
  for (const arm of ['baseline', 'optimized'] as const) {
    const seen = new Map<string, number>();
    for (const pair of pairs) {
      const print = pair.curves?.[arm];
      if (print === undefined) continue;
      const earlier = seen.get(print);
      if (earlier !== undefined) return { arm, seeds: [earlier, pair.seed] };
      seen.set(print, pair.seed);
    }
  }
  if (pairs.some(({ curves }) => curves?.baseline !== undefined || curves?.optimized !== undefined))
    return undefined;
  const complete = pairs.filter(
    ({ baseline, optimized }) => typeof baseline === 'number' && typeof optimized === 'number',
  );
  const [first, second] = complete;
  if (!first || !second) return undefined;
  const repeats = complete.every(
    (pair) => pair.baseline === first.baseline && pair.optimized === first.optimized,
  );
  return repeats ? { arm: 'both', seeds: [first.seed, second.seed] } : undefined;
}
