import type { Curve, Goal } from '../../../metrics/_contract.ts';
import { nameWords } from '../../../metrics/words.ts';
import type { Series, Spot } from './series.ts';
import { seriesIn, stretchesOf, type Stretch, type Unit } from './stretches.ts';

/** Which logged names a diagnosis reads. */
export interface MetricNames {
  /** As logged; null where no validation metric is. */
  metric: string | null;
  goal: Goal;
  train: string | null;
  trainLoss: string | null;
  valLoss: string | null;
  scale: 'percent' | 'fraction' | 'other';
}

/** One run as the rules see it. Series hold finite values only, epochs count from 1. */
export interface RunSignals {
  label: string;
  seed: number | null;
  names: MetricNames;
  /** What the log counts in; the word for it in evidence. */
  unit: Unit;
  /** Epochs (or evaluations, rounds) logged. */
  epochs: number;
  /** Epochs the training was to run, by its log; null where it does not say. */
  planned: number | null;
  val: Series;
  train: Series;
  valLoss: Series;
  trainLoss: Series;
  gradNorm: Series;
  lr: Series;
  /** Mean GPU utilisation in percent; null where nobody measured it. */
  gpuUtilization: number | null;
  /** Share of the time that goes into waiting for data. */
  dataWait: number | null;
  /** The first value of a watched quantity that is NaN or infinite. */
  broken: { name: string; epoch: number } | null;
  best: Spot | null;
  last: Spot | null;
  /** What one unit of the metric is in points: 100 for fractions, 1 for percent; for other metrics percent of the typical value. */
  points: number;
}

const GRAD =
  /^(?:(?:train|total|global|mean|avg)_?)*(?:grad(?:ient)?s?_?(?:global_)?norm(?:_(?:avg|mean|total|2|2_total|epoch))?|gnorm|grad_2?norm(?:_total)?)$/;
const LR = /^(?:lr|learning_?rate)(?:_?(?:0|pg0|epoch|current|adamw?|sgd))?$/;
const GPU =
  /^(?:mean_?|avg_?|system_?)*gpu_?(?:0_?)?(?:util(?:i[sz]ation)?|usage|load|percent|pct|busy)?(?:_?(?:percent|pct|mean|avg|gpu))?$/;
const WAIT =
  /^(?:data(?:_?(?:loading|loader|load|wait))?|loader|batch_?load(?:ing)?)_?(?:time|seconds|secs?|s|wait)$/;
const BATCH =
  /^(?:batch|iter(?:ation)?|step|epoch|total|train(?:ing)?)_?(?:time|seconds|secs?|s|duration)$|^seconds$/;
const WAIT_SHARE = /^data_?(?:wait(?:ing)?|load(?:ing)?|stall)?_?(?:share|fraction|frac|ratio|pct|percent)$/;

const flat = (name: string): string => nameWords(name).join('_');

export function readRun(
  run: { label: string; seed: number | null; curve: Curve; gpuUtilization?: number | null | undefined },
  names: MetricNames,
): RunSignals {
  const { unit, stretches } = stretchesOf(run.curve, names);
  const find = (pattern: RegExp): string | null =>
    run.curve.metrics.find((name) => pattern.test(flat(name))) ?? null;
  const of = (name: string | null): Series => seriesIn(stretches, name, 'mean');
  const val = seriesIn(stretches, names.metric, 'last');
  const sign = names.goal === 'max' ? 1 : -1;
  let best = val[0] ?? null;
  for (const spot of val) if (best && sign * spot.value > sign * best.value) best = spot;
  const counted = stretches.filter(({ values }) =>
    [names.metric, names.train, names.trainLoss, names.valLoss].some(
      (name) => name !== null && values.has(name),
    ),
  );
  return {
    label: run.label,
    seed: run.seed,
    names,
    unit,
    epochs: counted.length,
    planned: run.curve.totalEpochs ?? null,
    val,
    train: of(names.train),
    valLoss: seriesIn(stretches, names.valLoss, 'last'),
    trainLoss: of(names.trainLoss),
    gradNorm: of(find(GRAD)),
    lr: of(find(LR)),
    gpuUtilization: run.gpuUtilization ?? percentOf(of(find(GPU))),
    dataWait: waitOf(of(find(WAIT)), of(find(BATCH)), of(find(WAIT_SHARE))),
    broken: findBroken(stretches, [names.trainLoss, names.valLoss, names.metric, names.train]),
    best,
    last: val.at(-1) ?? null,
    points: pointsOf(names, val),
  };
}

function findBroken(stretches: readonly Stretch[], names: readonly (string | null)[]): RunSignals['broken'] {
  for (const { number, values } of stretches)
    for (const name of names)
      if (name !== null && values.get(name)?.some((value) => !Number.isFinite(value)) === true)
        return { name, epoch: number };
  return null;
}

const meanOf = (series: Series): number => series.reduce((sum, { value }) => sum + value, 0) / series.length;

/** Utilisation in percent; values up to 1 are shares. */
function percentOf(series: Series): number | null {
  if (series.length === 0) return null;
  const isShare = series.every(({ value }) => value <= 1);
  const mean = meanOf(series) * (isShare ? 100 : 1);
  return mean >= 0 && mean <= 100 ? mean : null;
}

function waitOf(wait: Series, whole: Series, share: Series): number | null {
  if (share.length > 0) {
    const mean = meanOf(share);
    return mean <= 1 ? mean : mean <= 100 ? mean / 100 : null;
  }
  if (wait.length === 0 || whole.length === 0) return null;
  const part = meanOf(wait) / meanOf(whole);
  return Number.isFinite(part) && part >= 0 && part <= 1 ? part : null;
}

function pointsOf({ scale }: MetricNames, val: Series): number {
  if (scale === 'fraction') return 100;
  if (scale === 'percent') return 1;
  const typical = val.length === 0 ? 0 : Math.abs(meanOf(val.slice(-5)));
  return typical > 0 && Number.isFinite(typical) ? 100 / typical : 1;
}
