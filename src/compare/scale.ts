import { reconcileScales, scaleOf, type Scale } from '../metrics/scale.ts';
import { compareError } from './errors.ts';

export interface Series {
  label: string;
  name: string;
  values: readonly number[];
}

/**
 * Factors that bring all series to one scale, in their order, and that scale. Fractions among percentages are
 * multiplied by 100 and it is said; where it cannot be told which is which, nothing is compared.
 */
export function alignScales(
  series: readonly Series[],
  note: (text: string) => void,
): { factors: number[]; scale: Scale } {
  const scales = series.map(({ name, values }) => scaleOf(name, values));
  const of = (scale: Scale): Series[] => series.filter((_, i) => scales[i] === scale);
  const pooled = (members: readonly Series[]): { name: string; values: number[] } => ({
    name: members[0]?.name ?? '',
    values: members.flatMap(({ values }) => values.filter(Number.isFinite)),
  });
  const [fractions, percents, others] = [
    of('fraction'),
    of('percent'),
    of('other').filter(({ values }) => values.some(Number.isFinite)),
  ];
  for (const odd of others) {
    for (const rated of [...fractions, ...percents].slice(0, 1))
      refuseWhere(reconcileScales(odd, rated), odd, rated);
  }
  if (fractions.length === 0 || percents.length === 0) {
    noteHundredfold(others, note);
    const scale =
      others.length > 0
        ? 'other'
        : percents.length > 0
          ? 'percent'
          : fractions.length > 0
            ? 'fraction'
            : 'other';
    return { factors: series.map(() => 1), scale };
  }
  const [fraction, percent] = [fractions[0] as Series, percents[0] as Series];
  refuseWhere(reconcileScales(pooled(fractions), pooled(percents)), fraction, percent);
  note(
    `${fraction.name} is written as a fraction (0–1) in ${fraction.label}${fractions.length > 1 ? ` and ${fractions.length - 1} more` : ''} and as a percentage in ${percent.label}${percents.length > 1 ? ` and ${percents.length - 1} more` : ''}: fractions were multiplied by 100.`,
  );
  return { factors: scales.map((scale) => (scale === 'fraction' ? 100 : 1)), scale: 'percent' };
}

/** About a hundredfold, between values within 0–1 and values within 0–100: BLEU 0.25 beside 25. */
const HUNDREDFOLD = { from: 30, to: 300 };

/** Metrics that are no rates by name are compared as they are; where they look like two ways of writing one, it is said. */
function noteHundredfold(series: readonly Series[], note: (text: string) => void): void {
  const sized = series.map((each) => {
    const finite = each.values.filter(Number.isFinite);
    return { ...each, low: Math.min(...finite), high: Math.max(...finite) };
  });
  const small = sized.find(({ low, high }) => low >= 0 && high <= 1);
  const large = sized.find(({ low, high }) => low >= 1 && high <= 100);
  if (!small || !large) return;
  const ratio = large.high / small.high;
  if (ratio >= HUNDREDFOLD.from && ratio <= HUNDREDFOLD.to)
    note(
      `${large.name} is about a hundred times as large in ${large.label} (up to ${large.high}) as in ${small.label} (up to ${small.high}): if one of them is a percentage, this comparison means nothing.`,
    );
}

function refuseWhere(found: ReturnType<typeof reconcileScales>, a: Series, b: Series): void {
  if (!('refused' in found)) return;
  throw compareError(
    'COMPARE_SCALES',
    `${a.label} and ${b.label} write ${a.name} on scales that cannot be matched: ${found.refused}.`,
    {
      file: a.label,
      remedy: 'Log the metric on one scale, or compare another metric with --metric.',
    },
  );
}
