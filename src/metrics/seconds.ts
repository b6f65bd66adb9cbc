import type { Curve } from './_contract.ts';
import { normalizeEpochs } from './epochs.ts';
import { identify } from './identity.ts';
import { nameWords } from './words.ts';

/** Columns that hold clock times or the time since the start. */
const CLOCK =
  /^(?:_?timestamp|_?wall_?time|wall time|created(?:_at)?|_?runtime|passed_time|elapsed(?:_?(?:time|seconds|s))?|time_?(?:total|elapsed|since_start)(?:_?s)?|total_?time(?:_?s)?)$/i;
/** Columns that hold the time of each epoch. */
const SPAN =
  /^(?:(?:epoch|train|training)?_?(?:time|seconds?|secs?|duration|dur)(?:_?(?:s|sec|seconds))?|(?:time|seconds|secs?|s)_?(?:per|\/)_?epoch|epoch_?(?:time|seconds|duration|secs?)(?:_?s)?|time_?(?:this_?iter_?s|cost))$/i;

/** Seconds an epoch takes by what the log says of times; null where it says nothing. */
export function secondsLogged(curve: Pick<Curve, 'points' | 'metrics'>): number | null {
  const epochs = normalizeEpochs(curve);
  const clock = curve.metrics.find((name) => CLOCK.test(name));
  const span = curve.metrics.find((name) => SPAN.test(name)) ?? curve.metrics.find(isTrainingTime);
  for (const name of [span, clock]) {
    if (name === undefined) continue;
    const series = epochs.flatMap(({ epoch, values }) => {
      const value = values[name];
      return value !== undefined && Number.isFinite(value) ? [{ epoch, value }] : [];
    });
    const seconds =
      name === clock || isRunning(series)
        ? perEpoch(series, name !== clock)
        : median(series.map(({ value }) => value));
    if (seconds !== null && seconds >= 0) return seconds;
  }
  return null;
}

interface Reading {
  epoch: number;
  value: number;
}

function isTrainingTime(name: string): boolean {
  const { phase, words } = identify(name);
  return (
    (phase === 'train' || phase === undefined) &&
    words.length === 1 &&
    /^(?:time|seconds|duration)$/.test(words[0] ?? '') &&
    !nameWords(name).includes('step')
  );
}

/** Whether the times count from the start (Ultralytics' `time`) instead of for each epoch: then they grow evenly. */
function isRunning(series: readonly Reading[]): boolean {
  const [first] = series;
  const last = series.at(-1);
  if (!first || !last || series.length < 3) return false;
  const grows = series.every(({ value }, i) => i === 0 || value > (series[i - 1] as Reading).value);
  return grows && last.value > (first.value * series.length) / 2;
}

/** Mean time between readings. `fromStart`: the first epoch began at 0. */
function perEpoch(series: readonly Reading[], fromStart: boolean): number | null {
  const [first] = series;
  const last = series.at(-1);
  if (!first || !last) return null;
  if (fromStart) return last.value / last.epoch;
  if (last.epoch === first.epoch) return null;
  const span = last.value - first.value;
  // Milliseconds since 1970 have thirteen digits.
  return span / (first.value > 1e11 ? 1000 : 1) / (last.epoch - first.epoch);
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
