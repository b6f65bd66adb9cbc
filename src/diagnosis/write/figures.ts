import type { CurveDiagnosis } from '../diagnose.ts';
import { settled } from '../rules/signals/series.ts';

/** How the metric's values are shown: rates in percent, others with four digits. */
export function shower({ names }: CurveDiagnosis): (value: number | null | undefined) => string {
  const factor = names.scale === 'fraction' ? 100 : 1;
  return (value) =>
    value === null || value === undefined || !Number.isFinite(value)
      ? 'not known'
      : names.scale === 'other'
        ? String(Number(value.toPrecision(4)))
        : `${(value * factor).toFixed(1)}%`;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What the runs have come to; means over them. */
export function standing({ runs, names, target }: CurveDiagnosis): {
  val: number | null;
  train: number | null;
  gap: number | null;
  missing: number | null;
  bestEpochs: number[];
} {
  const sign = names.goal === 'max' ? 1 : -1;
  const val = mean(runs.flatMap(({ best }) => (best === null ? [] : [best.value])));
  const at = runs.flatMap(({ best, train }) => {
    if (train.length === 0) return [];
    const epoch = best?.epoch ?? Number.POSITIVE_INFINITY;
    return [train.findLast((spot) => spot.epoch <= epoch)?.value ?? settled(train)];
  });
  const train = mean(at);
  return {
    val,
    train,
    gap: val === null || train === null ? null : sign * (train - val),
    missing: val === null || target === null ? null : Math.max(0, sign * (target - val)),
    bestEpochs: runs.flatMap(({ best }) => (best === null ? [] : [best.epoch])),
  };
}
