import type { Point } from './_contract.ts';

export interface NonFinite {
  index: number;
  epoch: number | null;
  step: number | null;
  metric: string;
  value: number;
}

/** The first NaN or infinity at or after position `since`; undefined where all is well. `names`: the metrics looked at; absent: all. */
export function firstNonFinite(
  points: readonly Point[],
  since = 0,
  names?: readonly string[],
): NonFinite | undefined {
  for (let index = since; index < points.length; index++) {
    const { epoch, step, values } = points[index] as Point;
    for (const metric of names ?? Object.keys(values)) {
      const value = values[metric];
      if (value !== undefined && !Number.isFinite(value)) return { index, epoch, step, metric, value };
    }
  }
  return undefined;
}
