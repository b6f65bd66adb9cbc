import { access, constants, stat } from 'node:fs/promises';
import type { Curve, MetricFormat } from './_contract.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { metricsError } from './errors.ts';
import { loadFormat } from './registry.ts';
import { isAddress, readingError, takeSample } from './sample.ts';
import { openSource } from './source.ts';

export interface ReadOptions {
  /** Name of a format; absent: detected. */
  format?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Reads a log, or the likeliest log in a folder, from beginning to end. */
export async function readCurve(path: string, options: ReadOptions = {}): Promise<Curve> {
  const { signal } = options;
  const format = options.format === undefined ? undefined : await loadFormat(options.format);
  if (isAddress(path) || !(await isFolder(path))) return readFile(path, format, signal);
  const { findCandidates } = await import('./candidates.ts');
  const candidates = await findCandidates(path, format);
  const [best, ...others] = candidates.ranked;
  if (!best) throw nothingIn(path, candidates);
  const curve = await readSource(best.path, best.format, signal);
  if (others.length > 0) curve.warnings.unshift(choiceOf(best, others));
  return curve;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) await access(path, constants.R_OK | constants.X_OK);
    return status.isDirectory();
  } catch (error) {
    throw readingError(path, error);
  }
}

async function readFile(
  path: string,
  wanted: MetricFormat | undefined,
  signal: AbortSignal | undefined,
): Promise<Curve> {
  const sample = await takeSample(path);
  const isEmpty = sample.kind === 'file' && (sample.size === 0 || sample.text?.trim() === '');
  if (wanted) return readSource(path, wanted, signal, isEmpty);
  if (!isEmpty) {
    const { detectFormat, unrecognized } = await import('./detect.ts');
    const detected = await detectFormat(sample);
    if (!detected) throw await unrecognized(sample);
    return readSource(path, detected.format, signal);
  }
  const warnings = [`${path} is empty`];
  return { format: 'unknown', file: path, points: [], metrics: [], warnings, totalEpochs: null };
}

async function readSource(
  path: string,
  format: MetricFormat,
  signal: AbortSignal | undefined,
  isEmpty = false,
): Promise<Curve> {
  const source = await openSource(path, format);
  try {
    await source.advance(true, signal);
  } finally {
    await source.close();
  }
  const curve = source.curve();
  if (curve.points.length > 0) return curve;
  curve.warnings.push(isEmpty ? `${path} is empty` : `${path} holds no metrics`);
  return curve;
}

type Choice = Pick<Candidate, 'relative' | 'format' | 'why' | 'score'>;

/** Which of several logs was taken, and why. */
export function choiceOf(taken: Choice, others: readonly Choice[]): string {
  const names = others.slice(0, 3).map(placeOf);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  const isNewest = others[0] !== undefined && others[0].score === taken.score;
  return (
    `took ${placeOf(taken)} (${taken.format.title}, by ${taken.why}), ` +
    `${isNewest ? 'the newest of those alike' : 'the likeliest'} of ${others.length + 1} logs in the folder; ` +
    `the others: ${names.join(', ')}${more}`
  );
}

function placeOf({ relative }: Choice): string {
  return relative === '.' || relative === '' ? 'the folder itself' : relative;
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
