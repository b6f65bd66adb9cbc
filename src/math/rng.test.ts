import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from './rng.ts';

const draws = (seed: number, ...indices: number[]) => {
  const rng = createRng(seed, ...indices);
  return Array.from({ length: 4 }, () => rng.uint32());
};

describe('createRng', () => {
  it('gives the same numbers on every machine and in every version', () => {
    expect(draws(42)).toEqual([1597591264, 1051167418, 2283958091, 830749335]);
    expect(draws(42, 0)).toEqual([1462587716, 59600779, 321570896, 4226801549]);
    expect(createRng(1, 2).uniform()).toBe(0.4182659428072134);
    expect(createRng(1, 2).normal()).toBeCloseTo(-0.30478158690824, 14);
  });

  it('is a pure function of seed and indices, whatever was drawn before', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(), fc.nat(), (seed, a, b) => {
        const parent = createRng(seed);
        const early = parent.split(a).split(b);
        parent.normal();
        parent.uniform();
        const late = parent.split(a).split(b);
        const direct = createRng(seed, a, b);
        const word = direct.uint32();
        return early.uint32() === word && late.uint32() === word;
      }),
    );
  });

  it('gives unlike streams for neighbouring seeds and indices', () => {
    const first = new Set<number>();
    for (let seed = -500; seed < 500; seed++) {
      for (let index = 0; index < 20; index++) first.add(createRng(seed, index).uint32());
    }
    // 20,000 words of 32 bits: about 0.05 collisions are expected.
    expect(first.size).toBeGreaterThanOrEqual(19_998);
    expect(createRng(1).uint32()).not.toBe(createRng(1 + 2 ** 32).uint32());
  });

  it('refuses seeds that are not integers', () => {
    expect(() => createRng(0.5)).toThrow(/safe integer/);
    expect(() => createRng(1, Number.NaN)).toThrow(/safe integer/);
  });
});

describe('the numbers', () => {
  it('are uniform: 64 bins of neighbouring streams pass a chi-square at 1e-6', () => {
    const bins = Array.from({ length: 64 }, () => 0);
    for (let index = 0; index < 64_000; index++) bins[Math.floor(createRng(9, index).uniform() * 64)]! += 1;
    const chi = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(130);
  });

  it('are uncorrelated between stream i and stream i + 1', () => {
    let sum = 0;
    const count = 40_000;
    for (let index = 0; index < count; index++) {
      sum += createRng(3, index).normal() * createRng(3, index + 1).normal();
    }
    expect(Math.abs(sum / Math.sqrt(count))).toBeLessThan(4.5);
  });

  it('are normal: four moments within 4.5 standard errors', () => {
    const rng = createRng(11);
    const count = 200_000;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const z = rng.normal();
      for (let power = 1; power <= 4; power++) sums[power - 1]! += z ** power / count;
    }
    const errors = [1, Math.sqrt(2), Math.sqrt(15), Math.sqrt(96)].map((sd) => (4.5 * sd) / Math.sqrt(count));
    for (const [i, mean] of [0, 1, 0, 3].entries()) {
      expect(Math.abs((sums[i] as number) - mean)).toBeLessThan(errors[i] as number);
    }
  });

  it('cover every integer below the bound evenly', () => {
    const rng = createRng(5);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) counts[rng.integer(5)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
    expect(rng.integer(1)).toBe(0);
    expect(() => rng.integer(0)).toThrow(/bound/);
  });

  it('shuffle without loss and without touching the original', () => {
    const items = Object.freeze([1, 2, 3, 4, 5, 6]);
    const shuffled = createRng(1).shuffle(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
    const heads = new Set(Array.from({ length: 200 }, (_, i) => createRng(2, i).shuffle(items)[0]));
    expect(heads.size).toBe(6);
  });
});
