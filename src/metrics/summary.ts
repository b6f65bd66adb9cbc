import type { Curve, Goal, Select } from './_contract.ts';
import { metricsError } from './errors.ts';
import { epochsOf } from './epochs.ts';
import { identify } from './identity.ts';
import { lossNames, pairOf } from './pair.ts';
import { secondsLogged } from './seconds.ts';

export interface SummaryOptions {
  /** As logged (`chooseMetric`). */
  metric: string;
  goal: Goal;
  select: Select;
  /** Training side of the metric; absent: found by its name. null: none. */
  train?: string | null | undefined;
  trainLoss?: string | null | undefined;
  valLoss?: string | null | undefined;
}

/** What one run's curve comes to. Values as logged, epochs from 1. */
export interface RunSummary {
  /** The value that stands for the run; NaN where nothing finite was logged. */
  value: number;
  /** Epoch, step and position of `value`. */
  epoch: number;
  step: number | null;
  index: number;
  last: number;
  best: number;
  bestEpoch: number;
  /** Epochs logged. */
  epochs: number;
  totalEpochs: number | null;
  /** Training side of the metric at the same point. */
  train: number | null;
  /** How much better the training side is: + is overfitting, whatever the goal. */
  gap: number | null;
  trainLoss: number | null;
  valLoss: number | null;
  secondsPerEpoch: number | null;
  /** The metric or a loss was NaN or infinite somewhere. */
  hasNonFinite: boolean;
}

/** Sums up a curve for one metric. Pure. */
export function summarizeCurve(curve: Curve, options: SummaryOptions): RunSummary {
  const { metric, goal, select } = options;
  const { points, metrics } = curve;
  const logged = points.flatMap(({ values }, index) => {
    const value = values[metric];
    return value === undefined ? [] : [{ index, value }];
  });
  const lastLogged = logged.at(-1);
  if (!lastLogged) {
    throw metricsError('METRIC_NOT_FOUND', `The curve holds no value of '${metric}'.`, {
      file: curve.file,
      remedy: 'Check the name of the metric.',
    });
  }
  const sign = goal === 'max' ? 1 : -1;
  let best = logged.find(({ value }) => Number.isFinite(value));
  for (const entry of logged)
    if (best && Number.isFinite(entry.value) && sign * entry.value > sign * best.value) best = entry;
  const chosen = select === 'last' ? lastLogged : (best ?? lastLogged);
  const epochs = epochsOf(points, curve.epochs);
  const near = (name: string | null): number | null =>
    name === null ? null : nearestValue(curve, name, chosen.index, epochs);
  const losses = lossNames(metrics);
  const lossOf = (asked: string | null | undefined, found: string | null): string | null =>
    asked === undefined ? found : asked;
  const trainLossName = lossOf(options.trainLoss, losses.train);
  const valLossName = lossOf(options.valLoss, losses.val);
  const train = near(options.train === undefined ? pairOf(metric, metrics) : options.train);
  const watched = new Set([metric, trainLossName, valLossName].filter((name) => name !== null));
  return {
    value: chosen.value,
    epoch: epochs[chosen.index] as number,
    step: points[chosen.index]?.step ?? null,
    index: chosen.index,
    last: lastLogged.value,
    best: best?.value ?? Number.NaN,
    bestEpoch: epochs[(best ?? lastLogged).index] as number,
    epochs: countEpochs(curve, epochs),
    totalEpochs: curve.totalEpochs ?? null,
    train,
    gap: train === null ? null : sign * (train - chosen.value),
    trainLoss: near(trainLossName),
    valLoss: near(valLossName),
    secondsPerEpoch: secondsLogged(curve),
    hasNonFinite: points.some(({ values }) =>
      [...watched].some((name) => values[name] !== undefined && !Number.isFinite(values[name])),
    ),
  };
}

/** Epochs trained: a final test, which Lightning logs under an epoch of its own, is none. */
function countEpochs({ points, metrics }: Curve, epochs: readonly number[]): number {
  const trained = metrics.filter((name) => identify(name).phase !== 'test');
  if (trained.length === 0) return new Set(epochs).size;
  return new Set(epochs.filter((_, i) => trained.some((name) => points[i]?.values[name] !== undefined))).size;
}

/** A metric at a point; where it was logged apart from it, its last value in the same epoch, else the last one before. */
function nearestValue(
  { points }: Curve,
  name: string,
  index: number,
  epochs: readonly number[],
): number | null {
  const here = points[index]?.values[name];
  if (here !== undefined) return here;
  let found: number | null = null;
  for (let i = 0; i < points.length; i++) {
    if ((epochs[i] as number) > (epochs[index] as number)) break;
    found = points[i]?.values[name] ?? found;
  }
  return found;
}
