import type { FailureCode } from '../errors.ts';

/** A way for trainings to fail that can be told from their output. */
export interface Cause {
  code: FailureCode;
  pattern: RegExp;
  /** What to do; groups of the match stand as $1, $2. */
  remedy: string;
  /** What happened, where the output itself does not say it; else the matching line or exception is shown. */
  message?: string;
}

/** Fills $1 … $9 and $& of a text from a match; groups that took no part vanish. */
export function fill(text: string, match: RegExpExecArray): string {
  return text
    .replace(/\$(\d|&)/gu, (_, group: string) => match[group === '&' ? 0 : Number(group)]?.trim() ?? '')
    .trim();
}
