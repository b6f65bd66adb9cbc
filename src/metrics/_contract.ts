/** One moment of a training: what was logged for a step or epoch. NaN and infinities are kept as numbers. */
export interface Point {
  step: number | null;
  epoch: number | null;
  values: Record<string, number>;
}

/** One run's metrics by step or epoch, whatever log they came from. */
export interface Curve {
  format: string;
  file: string;
  points: Point[];
  /** Every metric name seen, in order of first appearance. */
  metrics: string[];
  warnings: string[];
}

export type Goal = 'max' | 'min';
/** Which value of a curve stands for the run. */
export type Select = 'best' | 'last';
