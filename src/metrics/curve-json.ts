import type { Curve } from './_contract.ts';

/** A number as JSON can hold it. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** The document of `pawl metrics --json`. Epochs and steps stand as they were logged. */
export interface CurveDocument {
  schemaVersion: 1;
  format: string;
  file: string;
  points: { step: number | null; epoch: number | null; values: Record<string, JsonNumber> }[];
  metrics: string[];
  totalEpochs: number | null;
  /** Points logged, where `points` is a selection of them. */
  thinnedFrom?: number;
  warnings: string[];
}

export function curveJson(curve: Curve): CurveDocument {
  return {
    schemaVersion: 1,
    format: curve.format,
    file: curve.file,
    points: curve.points.map(({ step, epoch, values }) => ({ step, epoch, values: jsonValues(values) })),
    metrics: curve.metrics,
    totalEpochs: curve.totalEpochs ?? null,
    ...(curve.thinnedFrom === undefined ? {} : { thinnedFrom: curve.thinnedFrom }),
    warnings: curve.warnings,
  };
}

/** NaN and infinities, which JSON does not know, as strings. */
export function jsonNumber(value: number): JsonNumber {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  return value === Number.NEGATIVE_INFINITY ? '-Infinity' : value;
}

function jsonValues(values: Record<string, number>): Record<string, JsonNumber> {
  // Most are numbers that JSON knows: no copy is needed of them.
  let isPlain = true;
  for (const name in values) if (!Number.isFinite(values[name])) isPlain = false;
  if (isPlain) return values;
  const result = Object.create(null) as Record<string, JsonNumber>;
  for (const [name, value] of Object.entries(values)) result[name] = jsonNumber(value);
  return result;
}
