import { expect, test } from 'vitest';
import { createRng, shuffle } from './rng.ts';

const draw = (...key: Parameters<typeof createRng>): number[] => {
  const rng = createRng(...key);
  return Array.from({ length: 4 }, () => rng.uniform());
};

test('streams repeat, and differ by seed, purpose and index', () => {
  expect(draw(1, 'shuffle', 3)).toEqual(draw(1, 'shuffle', 3));
  const keys = [
    draw(1, 'shuffle', 3),
    draw(2, 'shuffle', 3),
    draw(1 + 2 ** 32, 'shuffle', 3),
    draw(1, 'dropout', 3),
    draw(1, 'shuffle', 4),
  ];
  expect(new Set(keys.flat()).size).toBe(20);
});

test('first draws of neighbouring seeds and epochs are uniform', () => {
  const bins = Array.from({ length: 10 }, () => 0);
  for (let seed = 0; seed < 100; seed++) {
    for (let epoch = 0; epoch < 100; epoch++) bins[createRng(seed, 'shuffle', epoch).below(10)]!++;
  }
  // χ² with 9 degrees of freedom: 27.9 is the 0.1 % limit.
  expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.9);
});

test('normal draws have mean 0, variance 1 and normal tails', () => {
  const rng = createRng(7, 'noise');
  const n = 40_000;
  const values = Array.from({ length: n }, () => rng.normal());
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  expect(Math.abs(mean)).toBeLessThan(0.02);
  expect(values.reduce((sum, x) => sum + x * x, 0) / n).toBeCloseTo(1, 1);
  expect(values.filter((x) => Math.abs(x) > 1.96).length / n).toBeCloseTo(0.05, 2);
});

test('shuffle is a permutation, each position equally likely', () => {
  const counts = Array.from({ length: 5 }, () => 0);
  for (let i = 0; i < 5000; i++) {
    const items = Int32Array.of(0, 1, 2, 3, 4);
    shuffle(items, createRng(3, 'shuffle', i));
    expect([...items].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    counts[items.indexOf(0)]!++;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});
