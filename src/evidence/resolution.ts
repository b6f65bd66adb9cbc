import { evidenceError } from './errors.ts';

/** Single precision, in which most trainers compute: values closer than this share of their size are equal. */
const RELATIVE_RESOLUTION = 2 ** -23;

/**
 * The smallest step that logged values can differ by, read off the values themselves: the last decimal that any of them
 * uses (0.831 and 0.84 → 0.001), but never finer than single precision resolves.
 */
export function inferResolution(values: readonly number[]): number {
  let decimals = 0;
  let largest = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    decimals = Math.max(decimals, decimalsOf(value));
  }
  return Math.max(10 ** -Math.min(decimals, 300), largest * RELATIVE_RESOLUTION);
}

/** Number of decimals in the shortest text of a number: 0.25 → 2, 1.5e-7 → 8, 80 → 0. */
function decimalsOf(value: number): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const fraction = mantissa.split('.')[1] ?? '';
  return Math.max(0, fraction.length - Number(exponent));
}

/** The resolution to use: as given, else read off the values. */
export function resolutionOf(given: number | undefined, values: readonly number[]): number {
  const resolution = given ?? inferResolution(values);
  if (resolution > 0 && Number.isFinite(resolution)) return resolution;
  throw evidenceError('EVIDENCE_RESOLUTION_INVALID', `The metric's resolution is ${resolution}.`, {
    remedy: 'Give the smallest step of the metric, or none: it is then read off the values.',
  });
}
