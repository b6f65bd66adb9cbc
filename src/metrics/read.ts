import { stat } from 'node:fs/promises';
import type { Curve, MetricFormat } from './_contract.ts';
import { findCandidates, type Candidates } from './candidates.ts';
import { detectFormat, unrecognized } from './detect.ts';
import { metricsError } from './errors.ts';
import { loadFormat } from './registry.ts';
import { readingError, takeSample } from './sample.ts';
import { openSource } from './source.ts';

export interface ReadOptions {
  /** Name of a format; absent: detected. */
  format?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Reads a log, or the likeliest log in a folder, from beginning to end. */
export async function readCurve(path: string, options: ReadOptions = {}): Promise<Curve> {
  const format = options.format === undefined ? undefined : await loadFormat(options.format);
  const status = await stat(path).catch((error: unknown) => {
    throw readingError(path, error);
  });
  if (!status.isDirectory()) return readFile(path, format, options.signal);
  const candidates = await findCandidates(path);
  const ranked = format
    ? candidates.ranked.filter((candidate) => candidate.format === format)
    : candidates.ranked;
  const [best, ...others] = ranked;
  if (!best) throw nothingIn(path, candidates);
  const curve = await readFile(best.path, best.format, options.signal);
  if (others.length > 0) curve.warnings.unshift(choiceOf(best.relative, others));
  return curve;
}

async function readFile(
  path: string,
  wanted: MetricFormat | undefined,
  signal: AbortSignal | undefined,
): Promise<Curve> {
  const sample = await takeSample(path);
  const isEmpty = sample.size === 0;
  const format = wanted ?? (isEmpty ? undefined : (await detectFormat(sample))?.format);
  if (!format) {
    if (!isEmpty && sample.text?.trim() !== '') throw await unrecognized(sample);
    return {
      format: 'unknown',
      file: path,
      points: [],
      metrics: [],
      warnings: [`${path} is empty`],
      totalEpochs: null,
    };
  }
  const source = await openSource(path, format);
  try {
    await source.advance(true, signal);
  } finally {
    await source.close();
  }
  const curve = source.curve();
  if (curve.points.length === 0)
    curve.warnings.push(isEmpty ? `${path} is empty` : `${path} holds no metrics`);
  return curve;
}

/** Which of several logs was taken, and why. */
export function choiceOf(taken: string, others: readonly { relative: string }[]): string {
  const names = others.slice(0, 3).map(({ relative }) => relative);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return `took ${taken}, the likeliest of ${others.length + 1} logs in the folder; the others: ${names.join(', ')}${more}`;
}

function nothingIn(path: string, { seen }: Candidates): Error {
  const remedy = 'Name the log file itself, or check whether the training wrote its metrics there.';
  if (seen.length === 0)
    return metricsError('METRICS_NOT_FOUND', `The folder ${path} holds no files.`, { file: path, remedy });
  const names = seen.slice(0, 5).join(', ') + (seen.length > 5 ? ', …' : '');
  return metricsError(
    'METRICS_UNRECOGNIZED',
    `None of the ${seen.length} files in ${path} is a training log (${names}).`,
    { file: path, remedy },
  );
}
