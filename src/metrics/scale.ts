import { metricStrength, nameWords } from './words.ts';
import { goalOf } from './goal.ts';

/** How a rate is written: 0–1, 0–100, or not a rate (or not decidable). */
export type Scale = 'fraction' | 'percent' | 'other';

const RATES = new Set(
  `acc accuracy top1 top5 prec precision recall sensitivity specificity f1 fscore fbeta auc auroc rocauc prauc aucpr ap map miou iou dice
   jaccard em exact match hit hits hitrate ndcg mrr error err wer cer eer merror success winrate percent pct fpr tpr`
    .trim()
    .split(/\s+/),
);
/** A rate may exceed its bound by rounding. */
const SLACK = 1e-6;

/** The scale in which the values of a metric are written. */
export function scaleOf(name: string, values: Iterable<number>): Scale {
  if (!isRate(name)) return 'other';
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high || low < -SLACK || high > 100 + SLACK) return 'other';
  if (/%|percent|pct/i.test(name)) return 'percent';
  return high <= 1 + SLACK ? 'fraction' : 'percent';
}

function isRate(name: string): boolean {
  if (metricStrength(name) === 'none' && !/%|percent|pct/i.test(name)) return false;
  const words = nameWords(name);
  if (
    words.some((word) => /^(?:mse|rmse|mae|mape|loss)$/.test(word)) ||
    (goalOf(name) === 'min' && words.some((word) => /squared|absolute|mean/.test(word)))
  )
    return false;
  return words.some((word) => RATES.has(word) || RATES.has(word.replace(/\d+$/, '')));
}

export interface ScaledValues {
  name: string;
  values: readonly number[];
}

export type Reconciliation =
  /** Multiply the values of the first, or the second, by this; both 1 where they agree. */
  | { factorA: number; factorB: number }
  /** The scales cannot be told for certain; subtracting would be a guess. */
  | { refused: string };

/** Factors that bring two series of one metric to the same scale (the larger, percent), or why that cannot be known. */
export function reconcileScales(a: ScaledValues, b: ScaledValues): Reconciliation {
  const scaleA = scaleOf(a.name, a.values);
  const scaleB = scaleOf(b.name, b.values);
  if (scaleA === scaleB || !isRate(a.name) || !isRate(b.name)) return { factorA: 1, factorB: 1 };
  if (scaleA === 'other' || scaleB === 'other') {
    const odd = scaleA === 'other' ? a : b;
    if (odd.values.some(Number.isFinite))
      return { refused: `the values of ${odd.name} are neither within 0–1 nor within 0–100` };
    return { factorA: 1, factorB: 1 };
  }
  const percent = scaleA === 'percent' ? a : b;
  const fraction = scaleA === 'percent' ? b : a;
  const top = Math.max(...finite(percent.values));
  const peak = Math.max(...finite(fraction.values));
  // Values up to 1 beside percentages of a few: 0.9 may be 0.9 % as well as 90 %.
  if (top < 5 || peak === 0) {
    return {
      refused: `the values of ${fraction.name} (up to ${peak}) could be fractions or percentages beside ${percent.name} (up to ${top})`,
    };
  }
  return scaleA === 'fraction' ? { factorA: 100, factorB: 1 } : { factorA: 1, factorB: 100 };
}

function finite(values: readonly number[]): number[] {
  return values.filter(Number.isFinite);
}
