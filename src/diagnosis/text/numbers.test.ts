import { describe, expect, it } from 'vitest';
import { readNumber, roundSanely } from './numbers.ts';

describe('readNumber', () => {
  it.each([
    ['0.4', 0.4],
    ['.4', 0.4],
    ['0,4', 0.4],
    ['0,001', 0.001],
    ['1e-4', 1e-4],
    ['1E-4', 1e-4],
    ['1e–4', 1e-4],
    ['1×10^-4', 1e-4],
    ['1 x 10^-4', 1e-4],
    ['5·10^-5', 5e-5],
    ['10^-4', 1e-4],
    ['10**-4', 1e-4],
    ['2^10', 1024],
    ['1,000', 1000],
    ['1,234,567', 1_234_567],
    ['1_000', 1000],
    ['10k', 10_000],
    ['2.5M', 2_500_000],
    ['-0.5', -0.5],
    ['+3', 3],
    ['0.4.', 0.4],
    ['50)', 50],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text, 0)?.value).toBe(value);
  });

  it.each([
    ['40%', { value: 40, isPercent: true }],
    ['40 %', { value: 40, isPercent: true }],
    ['40 Prozent', { value: 40, isPercent: true }],
    ['10×', { value: 10, isMultiple: true }],
    ['10x lower', { value: 10, isMultiple: true }],
    ['2-fold', { value: 2, isMultiple: true }],
    ['3倍', { value: 3, isMultiple: true }],
    ['+3 %', { sign: '+', isPercent: true }],
    ['50epochs', { value: 50, unit: 'epochs' }],
    ['5-epoch warmup', { value: 5 }],
  ])('%s carries its suffix', (text, traits) => {
    expect(readNumber(text, 0)).toMatchObject(traits);
  });

  it.each(['224x224', '3×3', '1.2.3', '10:30', '3D', '16GB', '1,5', '2nd', '16-mixed', 'x'])(
    '%s is no plain number',
    (text) => {
      expect(readNumber(text, 0)).toBeNull();
    },
  );
});

it('rounds what floating point adds', () => {
  expect(roundSanely(0.001 * 10)).toBe(0.01);
  expect(roundSanely(0.1 + 0.2)).toBe(0.3);
});
