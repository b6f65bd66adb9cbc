import type { Sample } from './_contract.ts';
import { findAxes } from './axis.ts';
import { metricStrength } from './words.ts';

export interface NameEvidence {
  hasAxis: boolean;
  /** How many of the names are surely metrics. */
  metrics: number;
}

/** What names alone say about whether they are those of a training log. */
export function evidenceOf(names: readonly string[]): NameEvidence {
  const { epoch, step } = findAxes(names);
  const metrics = names.filter((name) => metricStrength(name) === 'strong').length;
  return { hasAxis: epoch !== undefined || step !== undefined, metrics };
}

/** The lines of a sample that are surely whole; the only line of a file counts as such. */
export function wholeLines(sample: Sample): string[] {
  if (sample.text === null) return [];
  const lines = sample.text.split(/\r?\n/);
  if (lines.length > 1 || sample.size > sample.head.length) lines.pop();
  return lines;
}
