import { sweepOf, sweepProgress } from '../report/sweep/progress.ts';
import { countsLine, stoppedLine } from '../report/sweep/sentences.ts';
import { formatDuration } from '../project/duration.ts';
import type { Store } from '../store/_contract.ts';
import { iterationOf, type StudyRecord } from '../study/record.ts';
import { showValue } from '../study/show.ts';
import { summarizeSweep, type SweepSummary } from '../study/sweep/summary.ts';
import type { StudyOutcome } from '../study/types.ts';

/** What `pawl status` says of a sweep: trials done, the best so far, what is left of the budget. */
export function sweepLines(summary: SweepSummary): string[] {
  const { metric, plan, trials, epochsSpent } = summary;
  const best = trials.find(({ number }) => number === summary.best);
  const { budget } = plan;
  const own = trials.filter(({ origin }) => origin !== 'imported').length;
  const left = [
    budget.trials === null ? '' : `${Math.max(0, budget.trials - own)} of ${budget.trials} trials`,
    budget.epochs === null ? '' : `${Math.max(0, budget.epochs - epochsSpent)} of ${budget.epochs} epochs`,
    budget.ms === null ? '' : `time limit ${formatDuration(budget.ms)}`,
  ].filter((each) => each !== '');
  return [
    `Sweep: ${countsLine(summary)}`,
    ...(best && metric
      ? [
          `  best so far: trial ${best.number}, ${metric.name} ${showValue(best.value, metric)} (${best.seeds} seed${best.seeds === 1 ? '' : 's'})`,
        ]
      : []),
    summary.end ? `  ${stoppedLine(summary)}` : `  left of the budget: ${left.join(', ')}`,
  ];
}

/** The same for `pawl status --json`. */
export function sweepStatus(record: StudyRecord): object {
  const summary = sweepOf(record);
  return summary ? { sweep: sweepProgress(summary) } : {};
}

/** Writes the report of a sweep again, where the outcome is one's; its notes come back. */
export async function rewriteSweep(
  store: Store | undefined,
  outcome: StudyOutcome,
  root: string,
): Promise<string[]> {
  const record = await store?.load(outcome.study.id);
  const summary = record && summarizeSweep(record, iterationOf(record, outcome.iteration));
  if (!summary) return [];
  const { writeSweepReport } = await import('../report/sweep/write.ts');
  return (await writeSweepReport(summary, outcome, root)).notes;
}
