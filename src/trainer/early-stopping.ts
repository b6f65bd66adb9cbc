import type { TrainerConfig } from './schema.ts';

type Metric = TrainerConfig['early_stopping']['metric'];

/** What has been reached so far. Plain JSON, part of the checkpoint. */
export interface Progress {
  /** Best value so far and its epoch (from 1); null before the first finite one. */
  best: number | null;
  bestEpoch: number | null;
  /** The value that the next one must beat by `min_delta`, and the epochs since it was set. */
  reference: number | null;
  waited: number;
}

export const noProgress = (): Progress => ({ best: null, bestEpoch: null, reference: null, waited: 0 });

const GOAL: Record<Metric, 1 | -1> = { val_acc: 1, val_loss: -1 };

const isBetter = (metric: Metric, value: number, than: number | null, by: number): boolean =>
  than === null ? Number.isFinite(value) : GOAL[metric] * (value - than) > by;

/** Progress after an epoch that reached `value`. */
export function advance(
  progress: Progress,
  { metric, min_delta }: TrainerConfig['early_stopping'],
  value: number,
  epoch: number,
): Progress {
  const isBest = isBetter(metric, value, progress.best, 0);
  const isEnough = isBetter(metric, value, progress.reference, min_delta);
  return {
    best: isBest ? value : progress.best,
    bestEpoch: isBest ? epoch : progress.bestEpoch,
    reference: isEnough ? value : progress.reference,
    waited: isEnough ? 0 : progress.waited + 1,
  };
}

export const isExhausted = (
  progress: Progress,
  { enabled, patience }: TrainerConfig['early_stopping'],
): boolean => enabled && progress.waited >= patience;
