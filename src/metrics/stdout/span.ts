import { readDuration } from '../duration.ts';
import { readNumber } from '../number.ts';

/** A part of a line, by offsets. What is taken out of a line is filled, not cut, so that offsets stay true. */
export interface Span {
  start: number;
  end: number;
}

/** How the number of a metric is read from its line. */
export interface Reading {
  kind: 'number' | 'duration';
  at: Span;
  /** `9836/10000`: divided by this number, then multiplied. */
  divisor?: Span;
  factor?: number;
}

export function readAt(line: string, { kind, at, divisor, factor }: Reading): number {
  const text = line.slice(at.start, at.end);
  if (kind === 'duration') return readDuration(text) ?? Number.NaN;
  const value = readNumber(text) ?? Number.NaN;
  if (!divisor) return value;
  return (value * (factor ?? 1)) / Number(line.slice(divisor.start, divisor.end));
}

/** The line with a part of it made a boundary between names. */
export function fill(line: string, start: number, end: number): string {
  return line.slice(0, start) + '|'.repeat(end - start) + line.slice(end);
}

/** The line with all matches of a global pattern made boundaries, but for those that `spares`. */
export function fillAll(line: string, pattern: RegExp, spares?: (match: string) => boolean): string {
  return line.replaceAll(pattern, (match: string) =>
    spares?.(match) === true ? match : '|'.repeat(match.length),
  );
}
