import { runsOf, type StudyRecord } from './record.ts';
import type { MetricChoice, Run, RunValue, TrialResult } from './types.ts';

/** Whether a run's value counts: it ended well and logged the metric. */
export function hasResult(run: Run): run is Run & { value: RunValue } {
  return (run.status === 'finished' || run.status === 'adopted') && run.value !== null;
}

/** Runs of a trial that stand for it: Pawl's own where there are any, else the adopted one. */
export function standingRuns(record: StudyRecord, trial: string): Run[] {
  const runs = runsOf(record, trial);
  const own = runs.filter((run) => run.status !== 'adopted');
  return own.some(hasResult)
    ? [...own, ...runs.filter((run) => run.status === 'adopted' && matches(run))]
    : runs;

  /** An adopted run whose seed and config are known to match counts beside Pawl's own. */
  function matches(run: Run): boolean {
    return (
      run.seed !== null && run.notes.includes(MATCHED_NOTE) && !own.some((other) => other.seed === run.seed)
    );
  }
}

/** Noted on an adopted run whose seed and config were found to match the baseline's. */
export const MATCHED_NOTE = 'its seed and config were found to match';

/** Means over the runs of one trial. */
export function summarizeTrial(record: StudyRecord, trialId: string, metric: MetricChoice): TrialResult {
  const trial = record.trials.get(trialId);
  if (!trial) throw new Error(`no trial ${trialId}`);
  const runs = standingRuns(record, trialId);
  const values = runs.filter(hasResult);
  const over = (pick: (run: Run & { value: RunValue }) => number | null | undefined): number | null => {
    const present = values
      .map(pick)
      .filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
    return present.length === 0 ? null : mean(present as number[]);
  };
  const main = over((run) => run.value.value);
  const train = over((run) => run.value.train);
  const seconds = over((run) => secondsOf(run));
  return {
    trial,
    runs,
    n: values.length,
    mean: main,
    sd: standardDeviation(values.map((run) => run.value.value)),
    last: over((run) => run.value.last),
    train,
    gap: main === null || train === null ? null : metric.goal === 'max' ? train - main : main - train,
    trainLoss: over((run) => run.value.trainLoss),
    valLoss: over((run) => run.value.valLoss),
    epochsToBest: over((run) => run.value.bestEpoch),
    epochs: over((run) => run.value.epochs),
    secondsPerEpoch: over((run) => {
      const took = secondsOf(run);
      return took === null || run.value.epochs === 0 ? null : took / run.value.epochs;
    }),
    seconds,
    peakMemoryBytes: over((run) => run.resources?.peakMemoryBytes),
    cpuSeconds: over((run) => run.resources?.cpuSeconds),
    gpuUtilization: over((run) => run.resources?.gpuUtilization),
  };
}

function secondsOf(run: Run): number | null {
  return run.startedAt === null || run.endedAt === null ? null : (run.endedAt - run.startedAt) / 1000;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation; null for fewer than two values. */
export function standardDeviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}
