import type { Params } from '../../search/space.ts';
import type { StudyRecord } from '../../study/record.ts';
import { summarizeSweep, type SweepSummary } from '../../study/sweep/summary.ts';
import type { SweepPlan } from '../../study/sweep/types.ts';

/** A sweep as far as it has come, for programs. */
export interface SweepProgress {
  trials: number;
  trainings: number;
  counts: SweepSummary['counts'];
  best: { trial: number; params: Params; value: number | null } | null;
  epochsSpent: number;
  epochsSaved: number;
  /** Why the search ended; null while it goes on. */
  stopped: string | null;
  budget: SweepPlan['budget'];
}

/** The sweep of a study's last iteration; undefined where it is none. */
export function sweepOf(record: StudyRecord): SweepSummary | undefined {
  const last = record.iterations.at(-1);
  return last && summarizeSweep(record, last);
}

export function sweepProgress(summary: SweepSummary): SweepProgress {
  const { counts, best, trials, trainings, epochsSpent, epochsSaved, end, plan } = summary;
  const found = trials.find(({ number }) => number === best);
  return {
    trials: trials.length,
    trainings,
    counts,
    best: found ? { trial: found.number, params: found.params, value: found.value } : null,
    epochsSpent,
    epochsSaved,
    stopped: end?.reason ?? null,
    budget: plan.budget,
  };
}
