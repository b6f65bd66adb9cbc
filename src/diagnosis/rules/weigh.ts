import type { Clue, Fault, Finding } from './_contract.ts';

/** From 0 at `low` to 1 at `high`, straight between; falls where `high` is the lower of the two. */
export function ramp(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** A clue, or nothing where it weighs nothing. */
export function clue(weight: number, text: string): Clue[] {
  return Math.abs(weight) < 0.05 || Number.isNaN(weight) ? [] : [{ weight, text }];
}

/**
 * Adds weights of evidence to the prior log-odds and turns the sum into a probability: σ(prior + Σ weights).
 * undefined where nothing speaks for the fault.
 */
export function weigh(
  fault: Fault,
  prior: number,
  clues: readonly Clue[],
  degree?: string,
): Finding | undefined {
  if (!clues.some(({ weight }) => weight > 0)) return undefined;
  const sum = clues.reduce((total, { weight }) => total + weight, prior);
  const sorted = [...clues].sort((a, b) => b.weight - a.weight);
  return {
    fault,
    confidence: 1 / (1 + Math.exp(-sum)),
    clues: sorted,
    ...(degree === undefined ? {} : { degree }),
  };
}
