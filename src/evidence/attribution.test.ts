import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { contrast, countTerms, termsOf } from './attribution-model.ts';
import { type ArmRun, attribute } from './attribution.ts';
import { chooseArms } from './arms.ts';
import { estimateSeedVariance } from './seed-variance.ts';

/** Runs of baseline and full trial on `pairs` seeds and leave-one-outs on two, noise 1, with these main effects. */
function study(
  mains: readonly number[],
  options: { pairs?: number; seed?: number; noise?: number } = {},
): ArmRun[] {
  const { pairs = 6, seed = 1, noise = 1 } = options;
  const rng = createRng(seed);
  const shared = Array.from({ length: pairs }, () => 0.5 * rng.normal());
  const run = (on: readonly boolean[], index: number): ArmRun => ({
    on,
    seed: index,
    value:
      70 +
      mains.reduce((sum, main, i) => sum + (on[i] ? main : 0), 0) +
      (shared[index] as number) +
      noise * rng.normal(),
  });
  const all = mains.map(() => true);
  const runs: ArmRun[] = [];
  for (let s = 0; s < pairs; s++)
    runs.push(
      run(
        mains.map(() => false),
        s,
      ),
      run(all, s),
    );
  const planned = chooseArms({ changes: mains.length, runs, budget: 2 * mains.length });
  return [...runs, ...planned.map(({ on, seed: index }) => run(on, index))];
}
const ask = (mains: readonly number[], options?: Parameters<typeof study>[1]) =>
  attribute({ changes: mains.map(() => ({})), runs: study(mains, options), goal: 'max', resolution: 1e-9 });

describe('attribute', () => {
  it('tells what helped, what hurt and what it cannot tell', () => {
    const { effects, drop, pPrunedBetter } = ask([6, -5, 0.1, 4]);
    expect(effects.map(({ label }) => label)).toEqual(['helped', 'hurt', 'undetermined', 'helped']);
    expect(drop).toContain(1);
    expect(drop).not.toContain(0);
    expect(pPrunedBetter).toBeGreaterThan(0.8);
  });

  it('does not let one huge effect leak into its neighbours', () => {
    const studies = 60;
    let mislabelled = 0;
    let leaked = 0;
    for (let seed = 0; seed < studies; seed++) {
      const { effects, priorScale } = ask([30, 0, 0, 0], { pairs: 8, seed });
      expect(priorScale).toBeGreaterThan(4);
      expect(effects[0]?.label).toBe('helped');
      expect(Math.abs((effects[0]?.effect ?? 0) - 30)).toBeLessThan(4);
      mislabelled += effects.slice(1).filter(({ label }) => label !== 'undetermined').length;
      leaked += effects.slice(1).reduce((sum, { effect }) => sum + (effect ?? 0), 0);
    }
    // 90 % intervals may miss in 10 % of 180 cases.
    expect(mislabelled / (3 * studies)).toBeLessThan(0.17);
    expect(Math.abs(leaked / (3 * studies))).toBeLessThan(0.25);
  });

  it('shares the full effect out by Shapley values', () => {
    const { effects } = ask([3, 2, -1]);
    const total = effects.reduce((sum, { shapley }) => sum + (shapley ?? 0), 0);
    expect(Math.abs(total - 4)).toBeLessThan(1.2);
  });

  it('reports inert changes as inert and leaves them out of the model', () => {
    const runs = study([5, 4]).map(({ on, seed, value }) => ({
      on: [on[0] as boolean, true, on[1] as boolean],
      seed,
      value,
    }));
    const { effects } = attribute({ changes: [{}, { isInert: true }, {}], runs, goal: 'max' });
    expect(effects.map(({ label }) => label)).toEqual(['helped', 'inert', 'helped']);
    expect(effects[1]).toMatchObject({ effect: null, low: null, isDropped: false });
  });

  it('handles a single change: the effect of the trial itself', () => {
    const { effects, drop } = ask([4]);
    expect(effects).toHaveLength(1);
    expect(effects[0]?.label).toBe('helped');
    expect(ask([-4])).toMatchObject({ drop: [] });
    expect(drop).toEqual([]);
  });

  it('turns with the goal and scales with the metric', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const mains = [2, -1, 0.5];
        const a = ask(mains, { seed });
        const runs = study(mains, { seed }).map((run) => ({ ...run, value: -16 * run.value }));
        const b = attribute({ changes: mains.map(() => ({})), runs, goal: 'min', resolution: 16e-9 });
        expect(b.effects.map(({ label }) => label)).toEqual(a.effects.map(({ label }) => label));
        expect(b.drop).toEqual(a.drop);
        expect((b.effects[0]?.effect ?? 0) / 16).toBeCloseTo(a.effects[0]?.effect ?? 0, 6);
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of the runs', () => {
    const runs = study([1, -1]);
    const question = { changes: [{}, {}], goal: 'max' as const, resolution: 1e-6 };
    const a = attribute({ ...question, runs });
    const b = attribute({ ...question, runs: runs.toReversed() });
    for (const [i, effect] of a.effects.entries())
      expect(b.effects[i]?.effect).toBeCloseTo(effect.effect ?? 0, 9);
  });

  it.each<[string, Partial<Parameters<typeof attribute>[0]>]>([
    ['no runs', { runs: [] }],
    ['only inert changes', { changes: [{ isInert: true }, { isInert: true }] }],
    ['arms of another length', { changes: [{}] }],
    ['no run with all changes', { runs: [{ on: [true, false], seed: 1, value: 1 }] }],
    ['one seed twice', { runs: [0, 0].map((seed) => ({ on: [true, true], seed, value: 1 })) }],
    ['no repeated arm and no known noise', { runs: [{ on: [true, true], seed: 1, value: 1 }] }],
  ])('refuses %s', (_name, rest) => {
    const question = { changes: [{}, {}], runs: study([1, 1]), goal: 'max' as const, ...rest };
    expect(() => attribute(question)).toThrow(expect.objectContaining({ code: 'EVIDENCE_ARMS_INVALID' }));
  });

  it('takes the noise as given where no arm is repeated', () => {
    const runs = [
      { on: [false], seed: 1, value: 70 },
      { on: [true], seed: 1, value: 75 },
    ];
    const { effects } = attribute({ changes: [{}], runs, goal: 'max', sigma: 0.5, resolution: 0.01 });
    expect(effects[0]?.label).toBe('helped');
  });
});

describe('the rule in simulation', () => {
  it('is worse than keeping all in at most 5 % of studies, and loses less', () => {
    const studies = 250;
    let isWorse = 0;
    let lossOfKeeping = 0;
    let lossOfRule = 0;
    for (let i = 0; i < studies; i++) {
      const rng = createRng(77, i);
      const mains = Array.from({ length: 4 }, () => 0.5 + rng.normal());
      const { drop } = ask(mains, { pairs: 5, seed: 1000 + i });
      const kept = mains.reduce((sum, main, c) => sum + (drop.includes(c) ? 0 : main), 0);
      const all = mains.reduce((sum, main) => sum + main, 0);
      const best = mains.reduce((sum, main) => sum + Math.max(0, main), 0);
      if (kept < all) isWorse++;
      lossOfKeeping += best - all;
      lossOfRule += best - kept;
    }
    expect(isWorse / studies).toBeLessThanOrEqual(0.05);
    expect(lossOfRule).toBeLessThan(lossOfKeeping / 2);
  });
});

describe('chooseArms', () => {
  const runs = [1, 2, 3].flatMap((seed) => [
    { on: [false, false, false], seed },
    { on: [true, true, true], seed },
  ]);

  it('leaves each change out on the first two shared seeds, seed by seed', () => {
    const arms = chooseArms({ changes: 3, runs, budget: 6 });
    expect(arms.every(({ kind }) => kind === 'leave-one-out')).toBe(true);
    expect(new Set(arms.map(({ on, seed }) => `${on.indexOf(false)}@${seed}`)).size).toBe(6);
    expect(new Set(arms.slice(0, 3).map(({ on }) => on.indexOf(false))).size).toBe(3);
    expect(new Set(arms.map(({ seed }) => seed))).toEqual(new Set([1, 2]));
  });

  it('goes on greedily, each run lowering the variance, and never repeats one', () => {
    const arms = chooseArms({ changes: 3, runs, budget: 100 });
    for (const [i, { criterion }] of arms.entries()) {
      if (i > 0) expect(criterion).toBeLessThan(arms[i - 1]?.criterion ?? 0);
    }
    const keys = [...runs, ...arms].map(({ on, seed }) => `${on.join()}|${seed}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(arms.length).toBeLessThan(100);
  });

  it('keeps to the budget and to runs that exist', () => {
    expect(chooseArms({ changes: 3, runs, budget: 0 })).toEqual([]);
    const done = [...runs, { on: [false, true, true], seed: 1 }];
    const arms = chooseArms({ changes: 3, runs: done, budget: 5 });
    expect(arms.some(({ on, seed }) => seed === 1 && on.join() === 'false,true,true')).toBe(false);
    expect(
      chooseArms({ changes: 1, runs: [{ on: [true], seed: 4 }], budget: 3 }).map(({ kind }) => kind),
    ).toEqual(['none']);
  });

  it('copes with twenty changes', () => {
    const many = [1, 2].map((seed) => ({ on: Array.from({ length: 20 }, () => true), seed }));
    expect(chooseArms({ changes: 20, runs: many, budget: 40 })).toHaveLength(40);
  });

  it('refuses what it cannot plan', () => {
    expect(() => chooseArms({ changes: 0, runs, budget: 1 })).toThrow(/0 changes/u);
    expect(() => chooseArms({ changes: 2, runs, budget: 1 })).toThrow(/must name 2/u);
    expect(() => chooseArms({ changes: 3, runs: runs.slice(0, 1), budget: 1 })).toThrow(/no run yet/u);
    expect(() => chooseArms({ changes: 3, runs, budget: Number.NaN })).toThrow(/budget/u);
  });
});

describe('the model', () => {
  it('lays out intercept, mains and interactions', () => {
    expect(countTerms(4)).toBe(11);
    expect([...termsOf([true, false, true])]).toEqual([1, 1, 0, 1, 0, 1, 0]);
    expect([...contrast([true, true, true], [true, false, true])]).toEqual([0, 0, 1, 0, 1, 0, 1]);
  });

  it('separates seed noise from run noise', () => {
    const rng = createRng(4);
    const values = Array.from({ length: 120 }, (_, seed) => {
      const shared = 2 * rng.normal();
      return ['a', 'b', 'c'].map((arm, i) => ({ arm, seed, value: 10 * i + shared + rng.normal() }));
    }).flat();
    const { sigma, tau, degreesOfFreedom } = estimateSeedVariance(values);
    expect(Math.abs((sigma ?? 0) - 1)).toBeLessThan(0.15);
    expect(Math.abs(tau - 2)).toBeLessThan(0.45);
    expect(degreesOfFreedom).toBe(238);
  });

  it('pools the arms where they share no seeds', () => {
    const values = [1, 2, 3, 4].map((value, i) => ({ arm: i < 2 ? 'a' : 'b', seed: i, value }));
    expect(estimateSeedVariance(values)).toEqual({ sigma: Math.SQRT1_2, tau: 0, degreesOfFreedom: 2 });
    expect(estimateSeedVariance(values.slice(0, 1))).toMatchObject({ sigma: null });
  });
});
