/**
 * The stopping rule by itself: a walk over the looks of a sequential paired t test, on differences drawn one by one.
 * The verdicts of `judgePairs` follow the same rule; simulations of a design run this.
 */
import { efficacyAt, futilityAt, type Limits } from './limits.ts';

export interface WalkEnd {
  isAccepted: boolean;
  /** Pairs taken. */
  n: number;
}

/** What look n decides for the statistic t, or undefined: go on. */
export function decideLook(limits: Limits, n: number, t: number): 'better' | 'not-better' | undefined {
  const limit = efficacyAt(limits, n);
  if (limit !== null && t >= limit) return 'better';
  const futility = futilityAt(limits, n);
  if (futility !== null && t < futility) return 'not-better';
  return undefined;
}

export function walk(limits: Limits, draw: () => number): WalkEnd {
  let mean = 0;
  let squares = 0;
  for (let n = 1; n <= limits.plannedPairs; n++) {
    const value = draw();
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
    if (n < 2) continue;
    const decided = decideLook(limits, n, (mean * Math.sqrt(n)) / Math.sqrt(squares / (n - 1)));
    if (decided) return { isAccepted: decided === 'better', n };
  }
  return { isAccepted: false, n: limits.plannedPairs };
}
