import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { compareGroups } from './compare.ts';
import type { SeedPair } from './outcome.ts';
import { judgePairs } from './sequential.ts';

/** A smaller version of bench/evidence/simulate.mjs: the same code, fewer studies, tolerances of 4 standard errors. */
const STUDIES = 2500;

/** Runs a study pair by pair as the engine does; `delta` in seed standard deviations, `rho` between arms of one seed. */
function study(index: number, plannedPairs: number, delta: number, rho: number) {
  const rng = createRng(20, index);
  const pairs: SeedPair[] = [];
  for (;;) {
    const shared = Math.sqrt(rho) * rng.normal();
    const own = Math.sqrt(1 - rho);
    pairs.push({
      seed: pairs.length,
      baseline: shared + own * rng.normal(),
      optimized: delta + shared + own * rng.normal(),
    });
    const verdict = judgePairs({ pairs, plannedPairs, alpha: 0.05, goal: 'max', resolution: 1e-9 });
    if (verdict.state === 'stop') return { isAccepted: verdict.verdict === 'better', runs: 2 * pairs.length };
  }
}

describe('the sequential test accepts', () => {
  it.each([
    [8, 0, 0, 4.6, 6.6],
    [8, 0, 1, 42.7, 10.0],
    [8, 0, 2, 91.3, 10.4],
    [10, 0, 0, 4.5, 8.2],
    [10, 0, 1, 51.9, 12.7],
    [8, 0.5, 0, 4.6, 6.6],
    [8, 0.5, 1, 67.7, 10.7],
  ])('N = %i, ρ = %d, δ = %d σ: %d percent in %d runs', (pairs, rho, delta, percent, runs) => {
    let accepted = 0;
    let total = 0;
    for (let i = 0; i < STUDIES; i++) {
      const end = study(i, pairs, delta, rho);
      accepted += end.isAccepted ? 1 : 0;
      total += end.runs;
    }
    const share = percent / 100;
    const tolerance = 4 * Math.sqrt((share * (1 - share)) / STUDIES);
    expect(Math.abs(accepted / STUDIES - share)).toBeLessThan(tolerance);
    expect(Math.abs(total / STUDIES - runs)).toBeLessThan(0.35);
  });

  it('5 + 5 runs by Welch accept 4.7 % of nothing and 88 % of 2 σ', () => {
    const accepted = [0, 2].map((delta) => {
      let count = 0;
      for (let i = 0; i < STUDIES; i++) {
        const rng = createRng(21, i);
        const arm = (mean: number) =>
          Array.from({ length: 5 }, () => ({ seed: null, value: mean + rng.normal() }));
        const verdict = compareGroups({
          baseline: arm(0),
          optimized: arm(delta),
          goal: 'max',
          resolution: 1e-9,
        });
        if (verdict.verdict === 'better') count++;
      }
      return count / STUDIES;
    });
    expect(Math.abs((accepted[0] as number) - 0.047)).toBeLessThan(0.017);
    expect(Math.abs((accepted[1] as number) - 0.882)).toBeLessThan(0.026);
  });
});
