import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareGroups, type GroupsQuestion } from './compare.ts';
import type { GroupRun } from './groups.ts';
import type { Outcome } from './outcome.ts';

const runs = (values: readonly Outcome[], firstSeed: number | null = 1): GroupRun[] =>
  values.map((value, i) => ({ seed: firstSeed === null ? null : firstSeed + i, value }));
const ask = (baseline: GroupRun[], optimized: GroupRun[], rest: Partial<GroupsQuestion> = {}) =>
  compareGroups({ baseline, optimized, goal: 'max', ...rest });
const codes = (verdict: ReturnType<typeof ask>) => verdict.notes.map(({ code }) => code);

describe('compareGroups', () => {
  it('pairs by seed: three pairs of accuracies', () => {
    const verdict = ask(runs([78.1, 78.9, 77.6]), runs([82.0, 81.1, 83.0]));
    expect(verdict).toMatchObject({
      verdict: 'better',
      method: 'paired',
      n: 3,
      degreesOfFreedom: 2,
      resolution: 0.1,
    });
    expect(verdict.mean).toBeCloseTo(3.8333, 4);
    expect(verdict.t).toBeCloseTo(4.147, 3);
    expect(verdict.limit).toBeCloseTo(2.91999, 5);
    expect(verdict.low).toBeCloseTo(1.134, 3);
    expect(verdict.high).toBeCloseTo(6.5325, 3);
    expect(verdict.arms.baseline).toMatchObject({
      n: 3,
      mean: expect.closeTo(78.2, 9),
      sd: expect.closeTo(0.6557, 4),
    });
    expect(verdict.confidence).toBeCloseTo(0.9, 12);
  });

  it('takes Welch where seeds are unknown, unlike or too few in common', () => {
    const base = [78.1, 78.9, 77.6, 78.4];
    const opt = [82, 81.1, 83, 81.9];
    for (const [a, b] of [
      [runs(base, null), runs(opt, null)],
      [runs(base), runs(opt, 11)],
      [runs(base), runs(opt, 4)],
    ] as const) {
      const verdict = ask(a, b);
      expect(verdict).toMatchObject({ verdict: 'better', method: 'welch', n: 4 });
      expect(codes(verdict)).toContain('unpaired');
    }
    const verdict = ask(runs(base, null), runs(opt, null));
    expect(verdict.t).toBeCloseTo(3.75 / Math.sqrt((0.89 + 1.82) / 12), 9);
    expect(verdict.degreesOfFreedom).toBeCloseTo(5.35, 1);
    expect(verdict.pBetter).toBeGreaterThan(0.999);
  });

  it('compares shared seeds where the groups are unequal', () => {
    const verdict = ask(runs([78.1, 78.9, 77.6, 78.4, 78.2]), runs([82, 81.1, 83]));
    expect(verdict).toMatchObject({ method: 'paired', n: 3 });
    expect(verdict.arms.baseline.n).toBe(5);
    expect(codes(verdict)).toContain('seeds-unpaired');
  });

  it('pairs by position on request', () => {
    const verdict = ask(runs([1, 2, 3], null), runs([2.1, 2.9, 4.2], null), { pairing: 'position' });
    expect(verdict).toMatchObject({ method: 'paired', n: 3, verdict: 'better' });
    expect(() => ask(runs([1, 2], null), runs([1], null), { pairing: 'position' })).toThrow(
      expect.objectContaining({ code: 'EVIDENCE_GROUPS_UNEQUAL' }),
    );
    const holes = ask(runs([1, 'diverged', 3, 2], null), runs([2, 9, 4.2, 3.1], null), {
      pairing: 'position',
    });
    expect(holes).toMatchObject({ n: 3, mean: expect.closeTo(1.1, 9) });
  });

  it.each<[string, GroupRun[], GroupRun[], string]>([
    ['one run of each', runs([78]), runs([90]), 'unverified'],
    ['one run against five', runs([78]), runs([90, 91, 90.5, 91, 90], 11), 'unverified'],
    ['two pairs however good', runs([78, 79]), runs([90, 91.1]), 'inconclusive'],
    ['worse', runs([78, 79, 80]), runs([77, 78.5, 79]), 'not-better'],
    ['the same values', runs([78, 79, 80]), runs([78, 79, 80]), 'not-better'],
    ['a small gain in much noise', runs([78, 79, 80]), runs([79, 78.9, 80.5]), 'inconclusive'],
    ['a diverged optimized run', runs([78, 79, 80]), runs([90, 'diverged', 91]), 'unstable'],
    ['constant values in both groups', runs([78, 78, 78]), runs([80, 80, 80]), 'unverified'],
  ])('%s', (_name, baseline, optimized, verdict) => {
    expect(ask(baseline, optimized).verdict).toBe(verdict);
  });

  it('leaves a diverged baseline run out', () => {
    const verdict = ask(runs([78, 'diverged', 79, 80]), runs([80, 81, 81.2, 82]));
    expect(verdict).toMatchObject({ n: 3, method: 'paired' });
    expect(codes(verdict)).toContain('baseline-diverged');
  });

  it.each<[string, GroupRun[], GroupRun[], string]>([
    ['an empty group', [], runs([1, 2]), 'EVIDENCE_NO_RUNS'],
    ['a group without values', runs(['diverged', 'pending']), runs([1, 2]), 'EVIDENCE_NO_RUNS'],
    ['an infinite value', runs([1, Infinity]), runs([1, 2]), 'EVIDENCE_VALUE_NOT_FINITE'],
    ['a seed twice', [...runs([1]), ...runs([2])], runs([1, 2]), 'EVIDENCE_SEED_DUPLICATE'],
  ])('refuses %s', (_name, baseline, optimized, code) => {
    expect(() => ask(baseline, optimized)).toThrow(expect.objectContaining({ code }));
  });

  it('turns with the goal', () => {
    const values = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(values, values, fc.boolean(), (a, b, isPaired) => {
        const seeds = isPaired ? 1 : null;
        const turn = (list: number[]) => list.map((value) => -value);
        const plain = ask(runs(a, seeds), runs(b, seeds), { resolution: 1e-3 });
        const turned = ask(runs(turn(a), seeds), runs(turn(b), seeds), { resolution: 1e-3, goal: 'min' });
        expect(turned.verdict).toBe(plain.verdict);
        expect(turned.mean).toBeCloseTo(plain.mean ?? Number.NaN, 12);
        expect(turned.signed?.absolute).toBeCloseTo(-(plain.signed?.absolute ?? Number.NaN), 12);
      }),
    );
  });
});
