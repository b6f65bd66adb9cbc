import { ABSENT, type Figures } from './number.ts';

/** `reduced by 3.2 pp`, `widened by 0.4 pp`, `unchanged`: + means that training is ahead of validation (overfitting). */
export function describeGapChange(from: number | null, to: number | null, figures: Figures): string {
  if (from === null || to === null || !Number.isFinite(to - from)) return ABSENT;
  const change = to - from;
  if (figures.isZero(change)) return 'unchanged';
  const size = figures.magnitude(change);
  if (change > 0) return from < 0 ? `raised by ${size}` : `widened by ${size}`;
  if (to >= 0) return `reduced by ${size}`;
  return from <= 0 ? `lowered by ${size}` : `reduced by ${size}; validation is now ahead of training`;
}

/** A gap below zero keeps its sign: validation is ahead. */
export function gapFigure(value: number | null, figures: Figures): string {
  return value !== null && value < 0 ? figures.difference(value) : figures.magnitude(value);
}

/** `6.3 pp → 3.1 pp (reduced by 3.2 pp)`. */
export function describeGaps(from: number | null, to: number | null, figures: Figures): string {
  return `${gapFigure(from, figures)} → ${gapFigure(to, figures)} (${describeGapChange(from, to, figures)})`;
}
