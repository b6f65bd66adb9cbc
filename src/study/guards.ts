import type { Point } from '../metrics/_contract.ts';
import type { Stop } from './strategies/_contract.ts';
import type { MetricChoice } from './types.ts';

const WATCHED = /loss|nll|perplexity|ppl/i;
const GRADIENT = /grad/i;
/** Mixed-precision training overflows a gradient now and then by design and skips the step. */
const TOLERATED_OVERFLOWS = 2;

/**
 * The first NaN or infinity among the points from `firstChanged` on, in a loss or in the deciding metric. Other columns
 * may hold NaN by design (an epoch without validation); gradient norms only count when they overflow repeatedly.
 */
export function findDivergence(
  points: readonly Point[],
  firstChanged: number,
  metric: Pick<MetricChoice, 'name'> | null,
): Stop | null {
  let overflows = 0;
  for (const { epoch, step, values } of points.slice(Math.max(0, firstChanged - TOLERATED_OVERFLOWS))) {
    for (const [name, value] of Object.entries(values)) {
      if (Number.isFinite(value)) continue;
      if (GRADIENT.test(name)) overflows += 1;
      const counts = GRADIENT.test(name)
        ? overflows > TOLERATED_OVERFLOWS
        : WATCHED.test(name) || name === metric?.name;
      if (!counts) continue;
      const where = epoch === null ? (step === null ? '' : ` at step ${step}`) : ` at epoch ${epoch}`;
      return {
        status: 'diverged',
        code: 'GUARD_NAN',
        message: `${name} is ${value}${where}: the training diverged.`,
      };
    }
  }
  return null;
}
