import type { Point } from '../metrics/_contract.ts';

/** Lengths that differ by less than this share are a matter of early stopping. */
const ALIKE = 0.2;

/**
 * A sentence where the two groups were not measured equally often or trained equally long: the best of more values is
 * higher, whatever was changed. Undefined where they are alike.
 */
export function describeLengths(of: {
  baseline: readonly (readonly Point[])[];
  optimized: readonly (readonly Point[])[];
  metricIn: (points: readonly Point[]) => string;
  select: 'best' | 'last';
}): string | undefined {
  const lengths = (group: readonly (readonly Point[])[]) =>
    group.map((points) => {
      const name = of.metricIn(points);
      return points.filter(({ values }) => values[name] !== undefined).length;
    });
  const [before, after] = [lengths(of.baseline), lengths(of.optimized)];
  const ratio = meanOf(after) / meanOf(before);
  if (!Number.isFinite(ratio) || (ratio < 1 + ALIKE && ratio > 1 / (1 + ALIKE))) return undefined;
  const why =
    of.select === 'best'
      ? 'a part of the difference can come from that, since the best of more values is higher'
      : 'a part of the difference can come from that';
  return `The runs differ in length (${range(before)} against ${range(after)} values of the metric): ${why}.`;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low}–${high}`;
}
