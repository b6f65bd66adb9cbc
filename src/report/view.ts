import type { MetricChoice, StudyOutcome, TrialResult } from '../study/types.ts';
import { figuresOf, type Figures } from './number.ts';

/** One column of the comparison. */
export interface Column {
  name: 'Baseline' | 'Incumbent' | 'Optimized';
  result: TrialResult;
}

/** An outcome with what every section of a report needs of it. */
export interface ReportView {
  outcome: StudyOutcome;
  /** For the deciding metric and its training side. */
  figures: Figures;
  /** For the losses. */
  losses: Figures;
  /** Baseline, the incumbent where it is another trial, and optimized. */
  columns: Column[];
  /** Wanted for what is shown: true where a reference other than the baseline exists. */
  hasIncumbent: boolean;
}

export function viewOf(outcome: StudyOutcome): ReportView {
  const { baseline, reference, optimized } = outcome;
  const hasIncumbent = reference.trial.id !== baseline.trial.id;
  const columns: Column[] = [
    { name: 'Baseline', result: baseline },
    ...(hasIncumbent ? [{ name: 'Incumbent' as const, result: reference }] : []),
    { name: 'Optimized', result: optimized },
  ];
  return { outcome, columns, hasIncumbent, figures: metricFigures(outcome), losses: lossFigures(columns) };
}

function metricFigures({
  metric,
  baseline,
  reference,
  optimized,
  effect,
  gain,
  target,
}: StudyOutcome): Figures {
  const results = [baseline, reference, optimized];
  const margin = target?.margin ?? null;
  return figuresOf(
    metric.scale,
    results.flatMap((result) => [result.mean, result.last, result.train]),
    // A margin needs one digit only: enough to see on which side of the target a value lies.
    [effect.absolute, gain.absolute, margin === null ? null : margin * 10],
  );
}

function lossFigures(columns: readonly Column[]): Figures {
  const pairs = columns.flatMap(({ result }) => [result.trainLoss, result.valLoss]);
  const difference = (key: 'trainLoss' | 'valLoss'): number | null => {
    const first = columns[0]?.result[key] ?? null;
    const last = columns.at(-1)?.result[key] ?? null;
    return first === null || last === null ? null : last - first;
  };
  return figuresOf('other', pairs, [difference('trainLoss'), difference('valLoss')]);
}

/** optimized − reference as logged, the other way round than `Effect.absolute` where less is better. */
export function signedAsLogged(absolute: number, metric: Pick<MetricChoice, 'goal'>): number {
  return metric.goal === 'max' ? absolute : -absolute;
}
