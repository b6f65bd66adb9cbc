import type { Effect, MetricChoice } from '../study/types.ts';
import type { Figures } from './number.ts';
import { formatRelative } from './percent.ts';

/**
 * An effect in words that cannot be misread: `+4.2 pp val_acc (+5.3% relative)`; where less is better
 * `3.6 lower val_perplexity (8.7% relative)`, and when it got worse `none: 3.6 higher val_perplexity (8.7% relative)`.
 */
export function describeImprovement(
  { absolute, relative }: Pick<Effect, 'absolute' | 'relative'>,
  { goal }: Pick<MetricChoice, 'goal'>,
  name: string,
  figures: Figures,
): string {
  if (!Number.isFinite(absolute)) return `not measured (${absolute})`;
  if (goal === 'max') {
    const share = relative === null ? '' : ` (${formatRelative(relative)} relative)`;
    return `${figures.difference(absolute)} ${name}${share}`;
  }
  if (figures.isZero(absolute)) return `none: ${name} is unchanged`;
  const share = relative === null ? '' : ` (${formatRelative(Math.abs(relative)).replace('+', '')} relative)`;
  const size = figures.magnitude(absolute);
  return absolute > 0 ? `${size} lower ${name}${share}` : `none: ${size} higher ${name}${share}`;
}
