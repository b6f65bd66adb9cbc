/**
 * Error budget over the iterations of a study, by the fallback procedure (Wiens 2003; Wiens & Dmitrienko 2005).
 *
 * α: error of the whole study; w: weights of its iterations; α_i = w_i·α + (α_{i−1} if iteration i − 1 was accepted).
 * What an accepted iteration did not lose passes on; what a failed one spent is gone, because the validation data have
 * been looked at. Over all iterations together the chance of one wrong accept stays at α.
 */
import { evidenceError } from './errors.ts';
import { checkAlpha } from './limits.ts';

/** One-sided error of a whole study, over all its iterations. */
export const STUDY_ALPHA = 0.05;

const ITERATION_WEIGHTS: readonly number[] = [1 / 2, 1 / 4, 1 / 4];

export interface IterationAlpha {
  iteration: number;
  /** The level for this iteration; 0 when nothing is left: no verdict can be `better` any more. */
  alpha: number;
  isSpent: boolean;
}

/** `accepted`: what became of the iterations before this one, in order. */
export function alphaForIteration(
  iteration: number,
  accepted: readonly boolean[],
  alpha: number,
  weights: readonly number[] = ITERATION_WEIGHTS,
): IterationAlpha {
  checkAlpha(alpha);
  if (!Number.isInteger(iteration) || iteration < 1) {
    throw evidenceError('EVIDENCE_ITERATION_INVALID', `There is no iteration ${iteration}.`);
  }
  if (accepted.length < iteration - 1) {
    throw evidenceError(
      'EVIDENCE_ITERATION_INVALID',
      `Iteration ${iteration} needs the outcomes of ${iteration - 1} earlier ones, not ${accepted.length}.`,
    );
  }
  let level = 0;
  for (let i = 0; i < iteration; i++) {
    const carried = i > 0 && accepted[i - 1] === true ? level : 0;
    level = (weights[i] ?? 0) * alpha + carried;
  }
  return { iteration, alpha: level, isSpent: level === 0 };
}
