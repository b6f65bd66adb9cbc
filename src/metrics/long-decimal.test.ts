import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { longDecimal } from './long-decimal.ts';

it('rounds as Number does, or leaves it to Number', () => {
  let left = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 10 ** 14, max: 10 ** 15 - 1 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(9999),
      fc.integer({ min: -22, max: 22 }),
      (high, k, tail, e) => {
        const low = tail % 10 ** k;
        const value = longDecimal(high, low, k, e);
        if (Number.isNaN(value)) left++;
        else expect(value).toBe(Number(`${high}${String(low).padStart(k, '0')}e${e}`));
      },
    ),
    { numRuns: 20_000, seed: 7 },
  );
  // Ties, mostly: whole numbers above 2^53 end in the middle of two doubles often.
  expect(left).toBeLessThan(400);
});

it('rounds what is cut elsewhere just as well', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 11 - 1 }),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(99_999_999),
      fc.integer({ min: -22, max: 22 }),
      (high, k, tail, e) => {
        const low = tail % 10 ** k;
        const value = longDecimal(high, low, k, e);
        if (!Number.isNaN(value)) expect(value).toBe(Number(`${high}${String(low).padStart(k, '0')}e${e}`));
      },
    ),
    { numRuns: 20_000, seed: 7 },
  );
});

it('rounds doubles as Python writes them', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-5, max: 1e5, noNaN: true }), (value) => {
      const [whole = '', fraction = ''] = value.toFixed(17).split('.');
      const digits = `${whole}${fraction}`.replace(/^0+/, '');
      if (digits.length < 16 || digits.length > 19) return;
      const read = longDecimal(
        Number(digits.slice(0, 15)),
        Number(digits.slice(15)),
        digits.length - 15,
        -17,
      );
      expect(Number.isNaN(read) ? value.toFixed(17) : read).toEqual(
        Number.isNaN(read) ? value.toFixed(17) : Number(value.toFixed(17)),
      );
    }),
    { numRuns: 5000, seed: 7 },
  );
});

it('knows the middle of two doubles', () => {
  // 2^53 + 1 lies between two doubles exactly: a tie, which the correction cannot decide for certain.
  const tie = longDecimal(900719925474099, 3, 1, 0);
  expect([Number.NaN, 9007199254740992]).toContainEqual(tie);
});
