import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { type FutilityQuestion, judgeRun } from './futility.ts';
import { fitPowerLaw } from './power-law.ts';
import { orientCurve, type TrainingCurve, valueAt } from './training-curve.ts';

const EPOCHS = 40;

/** final − drop·t^−0.8, with noise, up to epoch `until` of 40. */
function curve(final: number, seed: number, until = EPOCHS, noise = 0.001): TrainingCurve {
  const rng = createRng(seed);
  const at = Array.from({ length: until }, (_, i) => i + 1);
  return { at, value: at.map((t) => final - 0.4 * t ** -0.8 + noise * rng.normal()), plannedEnd: EPOCHS };
}
const baseline = [curve(0.8, 1), curve(0.801, 2), curve(0.802, 3)];
const ask = (candidate: TrainingCurve, rest: Partial<FutilityQuestion> = {}) =>
  judgeRun({ candidate, baseline, goal: 'max', select: 'best', scheduleSettledAt: null, ...rest });

describe('judgeRun', () => {
  it('kills a run that stays far below, with the figures that led to it', () => {
    const judged = ask(curve(0.7, 4, 17));
    expect(judged.decision).toBe('kill');
    expect(judged.checks).toHaveLength(3);
    expect(judged.checks.every(({ isFutile }) => isFutile)).toBe(true);
    expect(judged.checks.map(({ at }) => at)).toEqual([15, 16, 17]);
    expect(judged.message).toMatch(
      /^Behind at 3 checks in a row \(15, 16, 17\): 0\.6\d+ against 0\.7\d+ ± .* at most 0\.[67]\d+ .* under its final 0\.7\d+\.$/u,
    );
  });

  it.each<[string, TrainingCurve, Partial<FutilityQuestion>, string | null]>([
    ['before a third of its epochs', curve(0.7, 4, 15), {}, 'too-early'],
    ['before the first point', { at: [], value: [], plannedEnd: EPOCHS }, {}, 'too-early'],
    ['with one baseline curve', curve(0.7, 4, 30), { baseline: baseline.slice(1, 2) }, 'few-baselines'],
    ['before the schedules have settled', curve(0.7, 4, 30), { scheduleSettledAt: 28 }, 'schedule'],
    ['when the schedule never settles', curve(0.7, 4, 39), { scheduleSettledAt: EPOCHS }, 'schedule'],
    ['that is as good as the baseline', curve(0.8, 5, 30), {}, null],
    ['that is better', curve(0.9, 5, 30), {}, null],
  ])('never kills a run %s', (_name, candidate, rest, guard) => {
    expect(ask(candidate, rest)).toMatchObject({ decision: 'continue', guard, message: null });
  });

  it('spares a run that is behind but still climbs steeply', () => {
    const at = Array.from({ length: 20 }, (_, i) => i + 1);
    const late = { at, value: at.map((t) => 0.3 + 0.02 * t), plannedEnd: EPOCHS };
    const judged = ask(late);
    expect(judged.decision).toBe('continue');
    expect(judged.checks.at(-1)?.isFutile).toBe(false);
  });

  it('does not hold a late rise against the candidate that every baseline run has too', () => {
    const dropped = (final: number, seed: number, until = EPOCHS): TrainingCurve => {
      const plain = curve(final, seed, until);
      return { ...plain, value: plain.value.map((value, i) => value + (i >= 30 ? 0.1 : 0)) };
    };
    const rising = [dropped(0.8, 1), dropped(0.8, 2)];
    const [check] = ask(dropped(0.78, 4, 20), { baseline: rising }).checks;
    expect(check?.correction).toBeGreaterThan(0.09);
    expect(check?.correction).toBeLessThan(0.11);
    expect(check?.reachable).toBeGreaterThan((check?.predicted ?? 0) + 0.09);
    expect(ask(curve(0.78, 4, 20)).checks[0]?.correction).toBeLessThan(0.004);
    expect(ask(dropped(0.5, 4, 20), { baseline: rising })).toMatchObject({ decision: 'kill' });
  });

  it('stops NaN and infinities at once', () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const judged = ask({ at: [1, 2], value: [0.5, bad], plannedEnd: EPOCHS }, { baseline: [] });
      expect(judged).toMatchObject({
        decision: 'diverged',
        message: `The metric is ${bad} at 2: the run diverged.`,
      });
    }
  });

  it('ignores baseline curves that diverged', () => {
    const broken = { ...curve(0.8, 1), value: curve(0.8, 1).value.map((v, i) => (i === 9 ? Number.NaN : v)) };
    expect(ask(curve(0.7, 4, 30), { baseline: [broken, curve(0.8, 2)] }).guard).toBe('few-baselines');
  });

  it('wants a longer training to be behind by epoch and by share', () => {
    const slow: TrainingCurve = { ...curve(0.76, 4, 60), plannedEnd: 100 };
    expect(ask(slow)).toMatchObject({ decision: expect.stringMatching(/continue|kill/u) });
    const [check] = ask({ ...curve(0.6, 4, 60), plannedEnd: 100 }).checks;
    expect(check?.progress).toBeCloseTo(0.58, 2);
  });

  it('is symmetric in the goal and free of scale and unit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.6, max: 0.82, noNaN: true }),
        fc.integer({ min: 14, max: 40 }),
        fc.constantFrom('best' as const, 'last' as const),
        (final, until, select) => {
          const candidate = curve(final, 7, until);
          const turned = ({ at, value, plannedEnd }: TrainingCurve): TrainingCurve => ({
            at: at.map((t) => t * 512),
            value: value.map((v) => -64 * v),
            plannedEnd: plannedEnd * 512,
          });
          const a = ask(candidate, { select });
          const b = ask(turned(candidate), { select, baseline: baseline.map(turned), goal: 'min' });
          expect(b.decision).toBe(a.decision);
          expect(b.checks.map(({ isFutile }) => isFutile)).toEqual(a.checks.map(({ isFutile }) => isFutile));
        },
      ),
    );
  });

  it.each<[string, TrainingCurve]>([
    ['does not move on', { at: [1, 1], value: [1, 2], plannedEnd: 9 }],
    ['lacks values', { at: [1, 2], value: [1], plannedEnd: 9 }],
    ['has no end', { at: [1], value: [1], plannedEnd: 0 }],
  ])('refuses a curve that %s', (_name, candidate) => {
    expect(() => ask(candidate)).toThrow(expect.objectContaining({ code: 'EVIDENCE_CURVE_INVALID' }));
  });
});

describe('fitPowerLaw', () => {
  it('finds the curve it was made from', () => {
    const t = Array.from({ length: 12 }, (_, i) => i + 1);
    const fit = fitPowerLaw(
      t,
      t.map((x) => 0.9 - 0.5 * x ** -1.3),
      100,
    );
    expect(fit?.exponent).toBe(1.3);
    expect(fit?.predicted).toBeCloseTo(0.9 - 0.5 * 100 ** -1.3, 9);
    expect(fit?.residualSd).toBeLessThan(1e-12);
  });

  it('needs five points', () => {
    expect(fitPowerLaw([1, 2, 3, 4], [1, 2, 3, 4], 9)).toBeUndefined();
    expect(fitPowerLaw([1, 2, 3, 4, 5], [2, 2, 2, 2, 2], 9)).toMatchObject({ predicted: 2, residualSd: 0 });
  });
});

describe('orientCurve', () => {
  it('thins dense logs to a hundred points and keeps the running best', () => {
    const at = Array.from({ length: 5000 }, (_, i) => i);
    const dense = orientCurve(
      { at, value: at.map((t) => Math.sin(t)), plannedEnd: 5000 },
      'max',
      'best',
      'a run',
    );
    expect(dense.at).toHaveLength(100);
    expect(dense.at.at(-1)).toBe(4999);
    expect(dense.value.at(-1)).toBeCloseTo(1, 3);
    expect(dense.value.every((value, i) => i === 0 || value >= (dense.value[i - 1] as number))).toBe(true);
  });

  it('interpolates', () => {
    const line = orientCurve({ at: [1, 3], value: [10, 20], plannedEnd: 3 }, 'min', 'last', 'a run');
    expect([0, 1, 2, 3, 9].map((x) => valueAt(line, x))).toEqual([-10, -10, -15, -20, -20]);
  });
});
