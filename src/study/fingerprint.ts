import type { Point } from '../metrics/_contract.ts';
import { hashValue } from './hash.ts';

const FEWEST_VALUES = 4;

/**
 * Hash of the named columns of a curve, so that a training that ignores its seed is seen. Undefined where the curve holds
 * too few different values: two short accuracy curves may coincide by chance.
 */
export function fingerprintOf(
  points: readonly Point[],
  columns: readonly (string | null)[],
): string | undefined {
  const names = columns.filter((name) => name !== null);
  const rows = points.map(({ values }) => names.map((name) => values[name] ?? null));
  const distinct = new Set(rows.flat().filter((value) => value !== null));
  return distinct.size < FEWEST_VALUES ? undefined : hashValue(rows);
}
