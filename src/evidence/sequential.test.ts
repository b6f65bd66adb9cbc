import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome, SeedPair } from './outcome.ts';
import { judgePairs, pairsToNextStop, type PairsQuestion } from './sequential.ts';

/** Pairs on seeds 1, 2, … whose baseline varies, with these differences. */
function pairsOf(...differences: number[]): SeedPair[] {
  return differences.map((difference, i) => ({
    seed: i + 1,
    baseline: 80 + i / 7,
    optimized: 80 + i / 7 + difference,
  }));
}
function pair(seed: number, baseline: Outcome, optimized: Outcome): SeedPair {
  return { seed, baseline, optimized };
}
const ask = (pairs: readonly SeedPair[], rest: Partial<PairsQuestion> = {}) =>
  judgePairs({ pairs, plannedPairs: 8, alpha: 0.05, goal: 'max', resolution: 1e-6, ...rest });

describe('judgePairs', () => {
  it('computes every figure of a look', () => {
    const verdict = ask(pairsOf(1, 2, 3, 4));
    expect(verdict).toMatchObject({ state: 'continue', verdict: 'inconclusive', reason: null, n: 4 });
    expect(verdict.mean).toBeCloseTo(2.5, 9);
    expect(verdict.sd).toBeCloseTo(Math.sqrt(5 / 3), 9);
    expect(verdict.se).toBeCloseTo(Math.sqrt(5 / 12), 9);
    expect(verdict.t).toBeCloseTo(3.872983346, 8);
    expect(verdict.limit).toBe(4.581);
    expect(verdict.futilityLimit).toBe(0.882);
    expect(verdict.low).toBeCloseTo(2.5 - 4.581 * Math.sqrt(5 / 12), 8);
    expect(verdict.high).toBeCloseTo(2.5 + 4.581 * Math.sqrt(5 / 12), 8);
    expect(verdict.d).toBeCloseTo(1.936491673, 8);
    expect(verdict.pBetter).toBeCloseTo(0.973596, 5);
    expect(verdict.shrunkenGain).toBeCloseTo(2.5 * (1 - 2 / 15), 8);
    expect(verdict.confidence).toBeCloseTo(0.9, 12);
    expect(verdict.detectable?.d).toBeCloseTo(1.18, 2);
    expect(verdict.detectable?.effect).toBeCloseTo(1.18 * Math.sqrt(5 / 3), 1);
  });

  it.each<[string, number[], object]>([
    [
      'accepts at the first look where t is over 6.49',
      [1, 1.1, 1.2],
      { verdict: 'better', reason: 'limit-crossed', n: 3 },
    ],
    ['goes on where t is under it', [1, 1.5, 2], { state: 'continue', n: 3 }],
    ['gives up at n = 2', [-1, -1.2], { verdict: 'not-better', reason: 'futility', n: 2 }],
    ['gives up at n = 3', [1, 0, -0.9], { verdict: 'not-better', reason: 'futility', n: 3 }],
    ['does not stop on one pair', [9], { state: 'continue', n: 1, t: null, low: null }],
    ['does not stop on none', [], { state: 'continue', n: 0, mean: null, signed: null }],
    [
      'ends inconclusive with all pairs done',
      [1, 3, 0, 2, 2.5, -0.5, 0.8, -2],
      { state: 'stop', verdict: 'inconclusive', reason: 'planned-pairs-done', n: 8, futilityLimit: null },
    ],
    [
      'stops at the first crossing, whatever came later',
      [1, 1.1, 1.2, -50, -50],
      { verdict: 'better', n: 3 },
    ],
  ])('%s', (_name, differences, expected) => {
    expect(ask(pairsOf(...differences))).toMatchObject(expected);
  });

  it('does not accept or give up exactly between the limits', () => {
    expect(ask(pairsOf(1, 1.1, 1.2)).notes.map(({ code }) => code)).toContain('optimistic');
    expect(ask(pairsOf(1, 1.1, 1.2, -50, -50)).notes.map(({ code }) => code)).toContain('pairs-unused');
  });

  it('counts pairs in seed order: one after a gap waits', () => {
    const all = pairsOf(1, 1.1, 1.2, 1.3);
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
    const gap = all.filter(({ seed }) => seed !== 3);
    expect(ask(gap, { seeds })).toMatchObject({ state: 'continue', n: 2 });
    expect(ask(gap, { seeds }).notes.map(({ code }) => code)).toContain('pairs-waiting');
    expect(ask([...gap, pair(3, 80, 'pending')])).toMatchObject({ state: 'continue', n: 2 });
    expect(ask(all, { seeds })).toMatchObject({ verdict: 'better', n: 3 });
    expect(ask(all, { seeds: [4, 3, 2, 1, 5, 6, 7, 8] }).differences.map(({ seed }) => seed)).toEqual([
      4, 3, 2,
    ]);
  });

  it('stops when the budget is spent', () => {
    expect(ask(pairsOf(1, 1.5, 2), { isBudgetSpent: true })).toMatchObject({
      state: 'stop',
      verdict: 'inconclusive',
      reason: 'budget-spent',
      n: 3,
    });
    expect(ask([], { isBudgetSpent: true, plannedPairs: 1 })).toMatchObject({
      verdict: 'unverified',
      reason: 'budget-spent',
    });
  });

  it('never verifies a single run, whatever the gain', () => {
    expect(ask(pairsOf(40), { plannedPairs: 1 })).toMatchObject({
      state: 'stop',
      verdict: 'unverified',
      reason: 'single-run',
      n: 1,
      low: null,
      detectable: null,
    });
    expect(ask([], { plannedPairs: 1 })).toMatchObject({ state: 'continue' });
  });
});

describe('runs without a value', () => {
  it('calls a trial unstable that diverged on any seed', () => {
    const pairs = [...pairsOf(1, 1.1, 1.2), pair(4, 80, 'diverged')];
    expect(ask(pairs)).toMatchObject({
      state: 'stop',
      verdict: 'unstable',
      reason: 'diverged',
      seedsFailed: [4],
    });
    expect(ask([pair(1, 80, 'diverged')], { plannedPairs: 1 })).toMatchObject({ verdict: 'unstable' });
    expect(ask([pair(1, 'diverged', 'diverged')])).toMatchObject({ verdict: 'unstable' });
  });

  it('counts a killed run as not accepted and keeps it out of the mean', () => {
    expect(ask([...pairsOf(1, 1.2), pair(3, 80, 'killed')])).toMatchObject({
      verdict: 'not-better',
      reason: 'killed',
      n: 2,
      mean: expect.closeTo(1.1, 9),
      seedsFailed: [3],
    });
  });

  it('leaves out seeds where only the baseline diverged, and ends when nothing more can come', () => {
    const pairs = [pair(1, 80, 81), pair(2, 'diverged', 81), pair(3, 80.5, 81.6), pair(4, 80.2, 81.4)];
    expect(ask(pairs)).toMatchObject({ n: 3, state: 'stop', verdict: 'better', reason: 'limit-crossed' });
    expect(ask(pairs.slice(0, 3), { plannedPairs: 3 })).toMatchObject({
      n: 2,
      verdict: 'inconclusive',
      reason: 'planned-pairs-done',
    });
    expect(ask(pairs).notes.map(({ code }) => code)).toContain('baseline-diverged');
  });
});

describe('an ignored seed', () => {
  it('is seen in the fingerprints of whole curves', () => {
    const curves = [
      { seed: 1, baseline: 80, optimized: 81, curves: { baseline: 'a', optimized: 'x' } },
      { seed: 2, baseline: 80, optimized: 82, curves: { baseline: 'a', optimized: 'y' } },
    ];
    expect(ask(curves)).toMatchObject({ state: 'stop', verdict: 'unverified', reason: 'ignored-seed' });
    const distinct = curves.map((item, i) => ({ ...item, optimized: 81, curves: { baseline: `a${i}` } }));
    expect(ask(distinct).reason).not.toBe('ignored-seed');
  });

  it('is seen in end values only where both arms repeat', () => {
    expect(ask([pair(1, 80, 82), pair(2, 80, 82)])).toMatchObject({
      verdict: 'unverified',
      reason: 'ignored-seed',
    });
    expect(ask([pair(1, 80, 82), pair(2, 80, 83)]).reason).toBeNull();
    expect(ask([pair(1, 80, 82)]).reason).toBeNull();
  });
});

describe('constant differences', () => {
  it('are measured with the resolution of the metric', () => {
    const pairs = [pair(1, 0.8, 0.81), pair(2, 0.82, 0.83), pair(3, 0.79, 0.8)];
    const verdict = judgePairs({ pairs, plannedPairs: 8, alpha: 0.05, goal: 'max' });
    expect(verdict.resolution).toBe(0.01);
    expect(verdict.sd).toBe(0.01);
    expect(verdict.t).toBeCloseTo(Math.sqrt(3), 9);
    expect(verdict.state).toBe('continue');
    expect(verdict.notes.map(({ code }) => code)).toContain('spread-floored');
    expect(judgePairs({ pairs, plannedPairs: 8, alpha: 0.05, goal: 'max', resolution: 1e-4 }).verdict).toBe(
      'better',
    );
  });

  it('of zero are no effect', () => {
    const verdict = ask([pair(1, 80, 80), pair(2, 81, 81), pair(3, 79, 79)]);
    expect(verdict).toMatchObject({ verdict: 'not-better', t: 0, shrunkenGain: 0, pBetter: 0.5 });
    expect(verdict.notes.map(({ code }) => code)).toContain('no-difference');
  });
});

describe('bad input', () => {
  it.each<[string, Partial<PairsQuestion>, string]>([
    ['an infinite value', { pairs: [pair(1, 80, Infinity)] }, 'EVIDENCE_VALUE_NOT_FINITE'],
    ['a NaN baseline', { pairs: [pair(1, Number.NaN, 1)] }, 'EVIDENCE_VALUE_NOT_FINITE'],
    ['a duplicate seed', { pairs: [pair(1, 1, 2), pair(1, 1, 2)] }, 'EVIDENCE_SEED_DUPLICATE'],
    ['a seed that is no integer', { pairs: [pair(1.5, 1, 2)] }, 'EVIDENCE_SEED_INVALID'],
    [
      'a seed outside the plan',
      { pairs: [pair(9, 1, 2)], seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
      'EVIDENCE_SEED_UNPLANNED',
    ],
    ['a plan of another length', { seeds: [1, 2, 3] }, 'EVIDENCE_SEED_UNPLANNED'],
    ['more pairs than planned', { pairs: pairsOf(1, 2, 3, 4), plannedPairs: 3 }, 'EVIDENCE_SEED_UNPLANNED'],
    ['two planned pairs', { plannedPairs: 2 }, 'EVIDENCE_DESIGN_UNKNOWN'],
    ['eleven planned pairs', { plannedPairs: 11 }, 'EVIDENCE_DESIGN_UNKNOWN'],
    ['no error allowed', { alpha: 0 }, 'EVIDENCE_ALPHA_INVALID'],
    ['an α of one half', { alpha: 0.5 }, 'EVIDENCE_ALPHA_INVALID'],
    ['a resolution of zero', { resolution: 0 }, 'EVIDENCE_RESOLUTION_INVALID'],
  ])('%s is refused', (_name, rest, code) => {
    expect(() => ask([], rest)).toThrow(expect.objectContaining({ code, exit: 2 }));
  });
});

describe('α', () => {
  it.each([
    [0.05, 0.05],
    [0.025 + 0.0125 + 0.0125, 0.05],
    [0.1, 0.05],
    [0.0375, 0.03],
    [0.0125, 0.0125],
    [0.0124, 0.01],
    [0.002, 0.002],
  ])('%f uses the limits of %f', (alpha, used) => {
    expect(ask([], { alpha }).alphaUsed).toBe(used);
  });

  it('below the table takes Bonferroni limits, stricter than the strictest tabulated', () => {
    const verdict = ask(pairsOf(1, 1.5, 2), { alpha: 0.004 });
    expect(verdict.limit).toBeGreaterThan(20.914);
    expect(verdict.notes.map(({ code }) => code)).toContain('alpha-outside-table');
  });
});

describe('laws', () => {
  const differences = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 8 });
  const key = (verdict: ReturnType<typeof ask>) => [verdict.state, verdict.verdict, verdict.n];

  it('turning the goal turns the sign: min of −x is max of x', () => {
    fc.assert(
      fc.property(differences, (values) => {
        const pairs = pairsOf(...values);
        const flipped = pairs.map(({ seed, baseline, optimized }) =>
          pair(seed, -(baseline as number), -(optimized as number)),
        );
        const a = ask(pairs);
        const b = ask(flipped, { goal: 'min' });
        expect({ ...b, goal: 'max', signed: null }).toEqual({ ...a, signed: null });
        expect(b.signed?.absolute).toBeCloseTo(-(a.signed?.absolute ?? Number.NaN), 12);
        if (a.low !== null) expect([b.signed?.low, b.signed?.high]).toEqual([-(a.high as number), -a.low]);
      }),
    );
  });

  it('percent or share: scaling metric and resolution changes no decision', () => {
    fc.assert(
      fc.property(differences, (values) => {
        const pairs = pairsOf(...values);
        const scaled = pairs.map(({ seed, baseline, optimized }) =>
          pair(seed, (baseline as number) / 128, (optimized as number) / 128),
        );
        const a = ask(pairs);
        const b = ask(scaled, { resolution: 1e-6 / 128 });
        expect(key(b)).toEqual(key(a));
        if (a.t !== null) expect(b.t).toBeCloseTo(a.t, 6);
      }),
    );
  });

  it('does not depend on the order in which pairs arrive', () => {
    fc.assert(
      fc.property(
        differences.chain((values) => {
          const pairs = pairsOf(...values);
          return fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length }));
        }),
        ([pairs, shuffled]) => {
          expect(ask(shuffled)).toEqual(ask(pairs));
        },
      ),
    );
  });

  it('a verdict once reached stays, whatever pairs follow', () => {
    fc.assert(
      fc.property(differences, (values) => {
        const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
        let reached: string | undefined;
        for (let n = 1; n <= values.length; n++) {
          const verdict = ask(pairsOf(...values.slice(0, n)), { seeds });
          if (reached !== undefined) expect(key(verdict).join()).toBe(reached);
          if (verdict.state === 'stop') reached = key(verdict).join();
        }
      }),
    );
  });

  it('adding to every difference never turns better into something else', () => {
    fc.assert(
      fc.property(differences, fc.double({ min: 0, max: 10, noNaN: true }), (values, shift) => {
        const before = ask(pairsOf(...values));
        const after = ask(pairsOf(...values.map((value) => value + shift)));
        if (before.verdict === 'better') expect(after.verdict).toBe('better');
      }),
    );
  });
});

it('the next stop is never nearer than the second pair', () => {
  expect([0, 1, 2, 3, 7].map(pairsToNextStop)).toEqual([2, 2, 3, 4, 8]);
});
