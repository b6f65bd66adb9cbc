import type { Run, RunValue, TrialResult } from '../study/types.ts';

/** The runs behind a trial's means: those that came to an end with a value. */
export type CountedRun = Run & { value: RunValue };

export function countedRuns({ runs }: Pick<TrialResult, 'runs'>): CountedRun[] {
  return runs.filter(
    (run): run is CountedRun => run.value !== null && (run.status === 'finished' || run.status === 'adopted'),
  );
}

/** Mean over the counted runs; null where one of them lacks the value. */
export function meanOf(
  result: Pick<TrialResult, 'runs'>,
  pick: (run: CountedRun) => number | null,
): number | null {
  const values = countedRuns(result).map(pick);
  if (values.length === 0 || values.some((value) => value === null)) return null;
  return values.reduce<number>((sum, value) => sum + (value as number), 0) / values.length;
}

/** optimized − baseline; null where either is not known. */
export function differenceOf(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : to - from;
}
