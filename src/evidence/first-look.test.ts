import { describe, expect, it } from 'vitest';
import { createRng } from '../math/rng.ts';
import { firstLook, lookWhileRunning } from './first-look.ts';
import { judgePairs } from './sequential.ts';

const curve = (value: number[]) => ({ at: value.map((_, i) => i + 1), value, plannedEnd: 12 });
const rising = (end: number, shift = 0) =>
  Array.from({ length: 12 }, (_, i) => end - 0.5 / (i + 1) + shift * Math.sin(i));

describe('firstLook', () => {
  it('is the prediction limit of one further baseline run', () => {
    // t(0.9, 1) = 3.0777; sd 0.01·√2/2 … of 0.80 and 0.81 is 0.0070711; √(1 + 1/2) = 1.2247.
    const look = firstLook({ baseline: [0.8, 0.81], optimized: 0.77, goal: 'max', resolution: 1e-9 });
    expect(look?.limit).toBeCloseTo(0.805 - 3.077683 * 0.00707107 * 1.2247449, 6);
    expect(look?.isHopeless).toBe(true);
    expect(
      firstLook({ baseline: [0.8, 0.81], optimized: 0.78, goal: 'max', resolution: 1e-9 })?.isHopeless,
    ).toBe(false);
  });

  it('turns the other way for a loss', () => {
    const look = firstLook({ baseline: [0.5, 0.51], optimized: 0.6, goal: 'min', resolution: 1e-9 });
    expect(look?.limit).toBeGreaterThan(0.51);
    expect(look?.isHopeless).toBe(true);
    expect(
      firstLook({ baseline: [0.5, 0.51], optimized: 0.4, goal: 'min', resolution: 1e-9 })?.isHopeless,
    ).toBe(false);
  });

  it('takes no spread to be smaller than the resolution, and says nothing of one run', () => {
    const of = { baseline: [0.8, 0.8], goal: 'max' as const, resolution: 0.01 };
    expect(firstLook({ ...of, optimized: 0.79 })?.isHopeless).toBe(false);
    expect(firstLook({ ...of, optimized: 0.7 })?.isHopeless).toBe(true);
    expect(firstLook({ ...of, baseline: [0.8], optimized: 0.1 })).toBeUndefined();
  });

  it('gives up one useless change in ten, and hardly ever a good one', () => {
    const given = (delta: number) => {
      let count = 0;
      for (let i = 0; i < 4000; i++) {
        const rng = createRng(7, delta, i);
        const baseline = [rng.normal(), rng.normal()];
        const optimized = delta + rng.normal();
        if (firstLook({ baseline, optimized, goal: 'max', resolution: 1e-9 })?.isHopeless) count++;
      }
      return count / 4000;
    };
    expect(given(0)).toBeCloseTo(0.1, 1);
    expect(given(2)).toBeLessThan(0.015);
    expect(given(-8)).toBeGreaterThan(0.9);
  });
});

describe('lookWhileRunning', () => {
  const question = {
    complete: curve(rising(0.9)),
    goal: 'max' as const,
    select: 'best' as const,
    resolution: 1e-6,
  };

  it('waits for three points past a third of the epochs', () => {
    const running = (n: number) => curve(rising(0.9, 0.001).slice(0, n));
    expect(lookWhileRunning({ ...question, running: running(5), optimized: 0.2 })).toBeUndefined();
    expect(lookWhileRunning({ ...question, running: running(6), optimized: 0.2 })?.isHopeless).toBe(true);
  });

  it('holds the shortfall against the largest distance since then', () => {
    const running = curve(rising(0.88).slice(0, 8));
    const look = lookWhileRunning({ ...question, running, optimized: 0.7 });
    expect(look?.distance).toBeCloseTo(0.02, 9);
    expect(look?.isHopeless).toBe(true);
    expect(lookWhileRunning({ ...question, running, optimized: 0.84 })?.isHopeless).toBe(false);
  });

  it('never ends a comparison in which the optimized run is ahead, and leaves NaN to the guards', () => {
    const running = curve(rising(0.9, 0.001).slice(0, 9));
    expect(lookWhileRunning({ ...question, running, optimized: 0.95 })?.isHopeless).toBe(false);
    const broken = curve([...rising(0.9).slice(0, 8), Number.NaN]);
    expect(lookWhileRunning({ ...question, running: broken, optimized: 0.1 })).toBeUndefined();
  });
});

describe('judgePairs at the first look', () => {
  const judge = (pairs: Parameters<typeof judgePairs>[0]['pairs']) =>
    judgePairs({ pairs, plannedPairs: 8, alpha: 0.05, goal: 'max', seeds: [0, 1, 2, 3, 4, 5, 6, 7] });

  it('gives up a hopeless change once two baseline runs are in', () => {
    const first = { seed: 0, baseline: 0.8, optimized: 0.6 };
    expect(judge([first])).toMatchObject({ state: 'continue', firstLook: null });
    const judged = judge([first, { seed: 1, baseline: 0.81, optimized: 'pending' }]);
    expect(judged).toMatchObject({ state: 'stop', verdict: 'not-better', reason: 'first-look', n: 1 });
    expect(judged.firstLook).toMatchObject({ runs: 2, optimized: 0.6 });
    expect(judged.notes.map(({ code }) => code)).toContain('first-look');
  });

  it('goes on where the shortfall is within reach of the seeds, and accepts nothing', () => {
    const of = (optimized: number) =>
      judge([
        { seed: 0, baseline: 0.8, optimized },
        { seed: 1, baseline: 0.81, optimized: 'pending' },
      ]).state;
    expect(of(0.79)).toBe('continue');
    expect(of(0.99)).toBe('continue');
  });

  it('leaves the matter to the second pair once that is in', () => {
    const judged = judge([
      { seed: 0, baseline: 0.8, optimized: 0.6 },
      { seed: 1, baseline: 0.81, optimized: 0.95 },
    ]);
    expect(judged.reason).not.toBe('first-look');
  });

  it('sees two bit-identical baseline curves as an ignored seed instead', () => {
    const judged = judge([
      { seed: 0, baseline: 0.8, optimized: 0.6, curves: { baseline: 'a', optimized: 'b' } },
      { seed: 1, baseline: 0.8, optimized: 'pending', curves: { baseline: 'a' } },
    ]);
    expect(judged).toMatchObject({ verdict: 'unverified', reason: 'ignored-seed' });
  });
});
