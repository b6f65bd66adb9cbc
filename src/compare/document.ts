import { comparisonJson } from '../report/comparison.ts';
import type { JudgedComparison } from './judge.ts';
import type { Wish } from './wish.ts';

/** The document of a comparison: an effect that could not be measured is null in it, never NaN. */
export function compareDocument({ pairing, ...comparison }: JudgedComparison, wish: Wish): object {
  const document = comparisonJson(comparison) as { effect: Record<string, unknown> };
  const isMeasured = Number.isFinite(comparison.effect.absolute);
  const effect = isMeasured ? document.effect : { ...document.effect, absolute: null, difference: null };
  return { ...document, effect, pairing, select: wish.select };
}
