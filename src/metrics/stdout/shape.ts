import type { Span } from './span.ts';

/** Longest line that has a shape. */
export const LENGTH_LIMIT = 4096;

/** Runs of digits in a line of `LENGTH_LIMIT` at most. */
const RUN_LIMIT = LENGTH_LIMIT / 2;

/** A span in terms of the runs of digits it begins and ends at: it means the same place in every line of the shape. */
export interface Slot {
  first: number;
  /** Characters of the span before the first run (a sign). */
  before: number;
  last: number;
  after: number;
}

/**
 * What remains of a line when its numbers are taken out, as a hash of 52 bits, and where its runs of digits stand. Lines of
 * one shape differ in their numbers only. Up to four digits a run's length belongs to the shape (dates and clocks are told
 * by it), except in fractions; the digits of a word belong to it as they are.
 */
export class LineShape {
  hash = 0;
  readonly starts = new Int32Array(RUN_LIMIT);
  readonly ends = new Int32Array(RUN_LIMIT);
  /** Runs of digits. */
  runs = 0;

  /** `state`: whatever else decides how the line is read. */
  scan(line: string, state: number): void {
    let low = 0x811c9dc5 ^ state;
    let high = 0x1b873593 + state;
    let runs = 0;
    const { length } = line;
    let isWord = false;
    for (let at = 0; at < length; at++) {
      let code = line.charCodeAt(at);
      if (code >= 48 && code <= 57) {
        const start = at;
        // Digits of a name (`acc5`, `mAP@0.5`) tell one metric from another.
        for (; ; at++) {
          if (isWord) low = Math.imul(low ^ line.charCodeAt(at), 0x01000193);
          if (at + 1 >= length || !isDigit(line.charCodeAt(at + 1))) break;
        }
        this.starts[runs] = start;
        this.ends[runs++] = at + 1;
        const isFraction = start > 0 && line.charCodeAt(start - 1) === 46;
        code = 48 + (isFraction ? 0 : Math.min(5, at + 1 - start));
      } else if (isLetter(code)) isWord = true;
      else if (code !== 46 && code !== 45) isWord = false;
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ (code + runs), 0x5bd1e995) ^ (high >>> 15);
    }
    this.runs = runs;
    this.hash = (low >>> 0) * 0x100000 + ((high ^ (high >>> 12)) & 0xfffff);
  }

  /** The slot of a span of the line last scanned; undefined where it holds no digits (`nan`). */
  slotOf({ start, end }: Span): Slot | undefined {
    let first = 0;
    while (first < this.runs && (this.starts[first] as number) < start) first++;
    let last = this.runs - 1;
    while (last >= 0 && (this.ends[last] as number) > end) last--;
    if (last < first) return undefined;
    return {
      first,
      before: (this.starts[first] as number) - start,
      last,
      after: end - (this.ends[last] as number),
    };
  }

  spanOf({ first, before, last, after }: Slot): Span {
    return { start: (this.starts[first] as number) - before, end: (this.ends[last] as number) + after };
  }
}

/** Letters, and what joins them to digits. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 64 && code <= 90) || code === 95 || code > 127;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
