import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { alphaForIteration } from './alpha.ts';
import { chooseDesign, type DesignQuestion } from './design.ts';
import { expectedGain } from './expected-gain.ts';
import { limitsFor } from './limits.ts';
import { acceptProbability, detectableEffect, powerTable } from './power.ts';
import { inferResolution } from './resolution.ts';
import { walk } from './walk.ts';

describe('chooseDesign', () => {
  it.each<[string, DesignQuestion, object]>([
    ['quick', { level: 'quick' }, { level: 'quick', plannedPairs: 1, maxRuns: 2, detectable: null }],
    ['standard', { level: 'standard' }, { level: 'standard', plannedPairs: 8, maxRuns: 16, notes: [] }],
    ['thorough', { level: 'thorough' }, { plannedPairs: 10, maxRuns: 20 }],
    ['12 runs', { level: 'standard', runBudget: 12 }, { plannedPairs: 6, maxRuns: 12 }],
    ['13 runs', { level: 'standard', runBudget: 13 }, { plannedPairs: 6, maxRuns: 12 }],
    ['6 runs', { level: 'standard', runBudget: 6 }, { plannedPairs: 3 }],
    ['5 runs', { level: 'standard', runBudget: 5 }, { level: 'quick', plannedPairs: 1 }],
    [
      '5 runs, one baseline run at hand',
      { level: 'standard', runBudget: 5, reusable: 1 },
      { plannedPairs: 3, maxRuns: 5 },
    ],
    [
      '4 runs, eight at hand',
      { level: 'standard', runBudget: 4, reusable: 8 },
      { plannedPairs: 4, maxRuns: 4 },
    ],
    [
      '12 runs, two at hand',
      { level: 'standard', runBudget: 12, reusable: 2 },
      { plannedPairs: 7, maxRuns: 12 },
    ],
    ['no limit, ten at hand', { level: 'standard', reusable: 10 }, { plannedPairs: 8, maxRuns: 8 }],
    [
      '8 hours of 1.5',
      { level: 'standard', hoursBudget: 8, hoursPerRun: 1.5 },
      { level: 'quick', plannedPairs: 1 },
    ],
    [
      '8 hours of 1.5, two slots',
      { level: 'standard', hoursBudget: 8, hoursPerRun: 1.5, slots: 2 },
      { plannedPairs: 5 },
    ],
    ['hours of unknown runs', { level: 'standard', hoursBudget: 8, hoursPerRun: null }, { plannedPairs: 8 }],
    ['five affordable pairs', { level: 'standard', affordablePairs: 5.9 }, { plannedPairs: 5 }],
    ['no run at all', { level: 'standard', runBudget: 0 }, { level: 'quick', plannedPairs: 1 }],
  ])('%s', (_name, question, expected) => {
    expect(chooseDesign(question)).toMatchObject(expected);
  });

  it('says what it costs on average and what it can show', () => {
    const design = chooseDesign({ level: 'standard' });
    expect(design.expectedRuns.noEffect).toBeCloseTo(6.6, 1);
    expect(design.expectedRuns.detectable).toBeGreaterThan(10);
    expect(design.detectable?.d).toBeCloseTo(1.18, 2);
    expect(chooseDesign({ level: 'standard', runBudget: 3 }).notes.join(' ')).toMatch(/verifies nothing/u);
    expect(chooseDesign({ level: 'standard', runBudget: 8 }).notes.join(' ')).toMatch(
      /4 pairs .* instead of 8/u,
    );
  });

  it('refuses negative and missing numbers', () => {
    expect(() => chooseDesign({ level: 'standard', runBudget: -1 })).toThrow(/runBudget/u);
    expect(() => chooseDesign({ level: 'standard', hoursBudget: Number.NaN })).toThrow(/hoursBudget/u);
  });
});

describe('power', () => {
  it('comes from the stopping rule itself', () => {
    for (const [pairs, alpha, d] of [
      [8, 0.05, 1],
      [5, 0.0125, 1.4],
      [10, 0.03, 0.6],
    ] as const) {
      const limits = limitsFor(pairs, alpha);
      let accepted = 0;
      for (let path = 0; path < 4000; path++) {
        const rng = createRng(30, path);
        if (walk(limits, () => d + rng.normal()).isAccepted) accepted++;
      }
      expect(Math.abs(accepted / 4000 - acceptProbability(pairs, alpha, d))).toBeLessThan(0.035);
    }
  });

  it('rises with the effect, falls with α, and is α at most for harmful changes', () => {
    for (const alpha of [0.05, 0.0125, 0.002]) {
      let before = 0;
      for (let d = -1; d < 6; d += 0.1) {
        const now = acceptProbability(8, alpha, d);
        expect(now).toBeGreaterThanOrEqual(before - 1e-9);
        before = now;
      }
      expect(before).toBeGreaterThan(0.999);
      expect(acceptProbability(8, alpha, 0)).toBeLessThanOrEqual(alpha);
    }
    expect(acceptProbability(8, 0.05, 1)).toBeGreaterThan(acceptProbability(8, 0.025, 1));
  });

  it('gives what could have been seen, in the units of the metric', () => {
    const { d, effect, power } = detectableEffect(8, 0.05, 0.5);
    expect(effect).toBeCloseTo(d / 2, 12);
    expect(acceptProbability(8, 0.05, d)).toBeCloseTo(power, 6);
    expect(detectableEffect(3, 0.05, null).effect).toBeNull();
    expect(detectableEffect(8, 0.001, null).d).toBeGreaterThan(detectableEffect(8, 0.005, null).d);
    expect(powerTable(8, 0.05, [0, 1])).toMatchObject([{ d: 0 }, { d: 1 }]);
  });
});

describe('alphaForIteration', () => {
  it.each<[number, boolean[], number]>([
    [1, [], 0.025],
    [2, [false], 0.0125],
    [2, [true], 0.0375],
    [3, [false, false], 0.0125],
    [3, [true, false], 0.0125],
    [3, [false, true], 0.025],
    [3, [true, true], 0.05],
    [4, [true, true, true], 0.05],
    [4, [true, true, false], 0],
  ])('iteration %i after %j spends %f', (iteration, accepted, level) => {
    expect(alphaForIteration(iteration, accepted, 0.05).alpha).toBeCloseTo(level, 15);
    expect(alphaForIteration(iteration, accepted, 0.05).isSpent).toBe(level === 0);
  });

  it('refuses iterations that cannot be', () => {
    expect(() => alphaForIteration(0, [], 0.05)).toThrow(/no iteration 0/u);
    expect(() => alphaForIteration(3, [true], 0.05)).toThrow(/2 earlier/u);
  });
});

describe('expectedGain', () => {
  const design = { sigma: 1, sdDifference: Math.SQRT2, plannedPairs: 8, alpha: 0.05 };

  it('matches a simulation of the next iteration', () => {
    const expected = expectedGain({ ...design, lastShrunkenGain: 2 });
    expect(expected.prior).toEqual({ mean: 1, sd: 0.5 });
    const limits = limitsFor(8, 0.05);
    let gain = 0;
    const studies = 6000;
    for (let i = 0; i < studies; i++) {
      const rng = createRng(31, i);
      const g = 1 + 0.5 * rng.normal();
      if (walk(limits, () => g + Math.SQRT2 * rng.normal()).isAccepted) gain += g / studies;
    }
    expect(Math.abs(expected.gain - gain)).toBeLessThan(0.05);
  });

  it('grows with the last gain and is small when there was none', () => {
    const gains = [-1, 0, 1, 2, 4].map((last) => expectedGain({ ...design, lastShrunkenGain: last }).gain);
    expect(gains[0]).toBe(gains[1]);
    expect(gains[1]).toBeLessThan(0.12);
    for (let i = 2; i < gains.length; i++) expect(gains[i]).toBeGreaterThan(gains[i - 1] as number);
  });
});

describe('inferResolution', () => {
  it.each<[number[], number]>([
    [[0.831, 0.84], 0.001],
    [[78.1, 78.9], 0.1],
    [[80, 81], 1],
    [[1.5e-7, 2e-7], 1e-8],
    [[0.123456789012345], 0.123456789012345 * 2 ** -23],
    [[0, 0], 1],
    [[], 1],
    [[1e21], 1e21 * 2 ** -23],
  ])('of %j is %f', (values, resolution) => {
    expect(inferResolution(values)).toBeCloseTo(resolution, 20);
  });
});
