import { expect, test } from 'vitest';
import { luckOf } from './sentences.ts';

test.each([
  ['not higher than fresh seeds', 0, { sd: 1, claimed: 1, fresh: 4 }, 'none'],
  ['lower than fresh seeds', -3, { sd: 1, claimed: 1, fresh: 4 }, 'none'],
  ['within two standard errors, √(1/4 + 1/4) each', 1.41, { sd: 1, claimed: 4, fresh: 4 }, 'seeds'],
  ['beyond them', 1.42, { sd: 1, claimed: 4, fresh: 4 }, 'luck'],
  ['a single fresh seed, whose scatter nobody knows', 0.1, { sd: null, claimed: 4, fresh: 1 }, 'luck'],
  ['seeds that change nothing', 0.1, { sd: 0, claimed: 4, fresh: 4 }, 'luck'],
] as const)('a claim that was %s', (_, optimism, seeds, luck) => {
  expect(luckOf(optimism, seeds)).toBe(luck);
});
