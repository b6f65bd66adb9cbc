import type { MetricChoice, TargetStatus } from '../study/types.ts';
import type { Figures } from './number.ts';

/** `exceeded by 3.1 pp`, `missed by 0.4 pp`; where less is better `beaten by 0.02`. */
export function describeMargin(
  { margin, status }: Pick<TargetStatus, 'margin' | 'status'>,
  { goal }: Pick<MetricChoice, 'goal'>,
  figures: Figures,
): string {
  const isMet = status === 'confirmed' || status === 'nominal';
  if (margin === null) return isMet ? 'met' : 'missed';
  if (isMet && figures.isZero(margin)) return 'met exactly';
  const verb = isMet ? (goal === 'max' ? 'exceeded' : 'beaten') : 'missed';
  return `${verb} by ${figures.magnitude(margin)}`;
}
