/**
 * Which fault comes first: causes before symptoms.
 *
 * c(f): probability of fault f by its own rule; s(h, f): how surely h, were it the case, brings about what f was seen by.
 * r(f) = c(f) · ∏ over h (1 − s(h, f) · c(h)): the probability that f is the case and that none of its possible causes is
 * (a noisy-OR, Pearl 1988, read from the side of the effect). The fault with the largest r is primary. Nothing else
 * decides: no rule knows of another.
 */
import type { Fault } from './_contract.ts';

type Effects = Readonly<Partial<Record<Fault, number>>>;

/** What each fault brings about by itself. */
export const EFFECTS: Readonly<Partial<Record<Fault, Effects>>> = {
  diverged: {
    'learning-rate-too-high': 0.9,
    'learning-rate-too-low': 1,
    'stopped-too-early': 1,
    underfitting: 1,
    stalled: 1,
    overfitting: 1,
    'trained-too-long': 1,
    'noisy-validation': 1,
  },
  'exploding-gradients': {
    diverged: 0.9,
    'learning-rate-too-high': 0.7,
    underfitting: 0.9,
    stalled: 0.9,
    'noisy-validation': 0.8,
    'trained-too-long': 0.9,
  },
  'vanishing-gradients': {
    stalled: 1,
    underfitting: 1,
    'learning-rate-too-low': 0.9,
    'stopped-too-early': 0.9,
  },
  'learning-rate-too-high': {
    underfitting: 1,
    stalled: 0.9,
    'noisy-validation': 0.8,
    'trained-too-long': 0.9,
    'stopped-too-early': 0.8,
    overfitting: 0.2,
  },
  'learning-rate-too-low': { underfitting: 1, 'stopped-too-early': 0.9, stalled: 0.9 },
  'stopped-too-early': { underfitting: 1 },
  stalled: { underfitting: 0.9 },
  underfitting: { stalled: 0.9, 'trained-too-long': 0.9 },
  overfitting: { 'trained-too-long': 0.9, 'noisy-validation': 0.2 },
  'noisy-validation': { 'stopped-too-early': 0.6, 'trained-too-long': 0.5, overfitting: 0.5 },
};

/** A fault of which causes take at least this much away counts as explained. */
const EXPLAINED = 0.5;

export interface Ranked {
  fault: Fault;
  confidence: number;
  /** r(f). */
  root: number;
  /** The fault that explains it best, where one takes at least half of it away. */
  explainedBy: Fault | null;
}

/** The faults, the likeliest root first. */
export function arbitrate(found: readonly { fault: Fault; confidence: number }[]): Ranked[] {
  const rootOf = ({ fault, confidence }: (typeof found)[number]): number =>
    found.reduce(
      (left, cause) => left * (1 - (EFFECTS[cause.fault]?.[fault] ?? 0) * cause.confidence),
      confidence,
    );
  const ranked = found.map(({ fault, confidence }): Ranked => {
    const root = rootOf({ fault, confidence });
    let explainedBy: Fault | null = null;
    let most = EXPLAINED;
    for (const cause of found) {
      const taken = (EFFECTS[cause.fault]?.[fault] ?? 0) * cause.confidence;
      // Of two that explain each other, the likelier root explains the other.
      if (taken >= most && rootOf(cause) > root) [most, explainedBy] = [taken, cause.fault];
    }
    return { fault, confidence, root, explainedBy };
  });
  return ranked.sort((a, b) => b.root - a.root || b.confidence - a.confidence);
}
