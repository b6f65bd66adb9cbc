import { formatDuration } from '../../project/duration.ts';
import type { Run, TrialResult } from '../../study/types.ts';
import type { Check } from '../checklist.ts';
import { countedRuns } from '../counted.ts';
import { plural } from '../table.ts';
import type { ReportView } from '../view.ts';

export function trainingChecks({ outcome }: ReportView): Check[] {
  const { baseline, optimized, checkpoints } = outcome;
  const check = (text: string, done: boolean, evidence: string): Check => ({
    group: 'Training',
    text,
    done,
    evidence,
  });
  const finished = countedRuns(optimized).length;
  const ended = [...baseline.runs, ...optimized.runs].filter((run) => BROKEN.has(run.status));
  return [
    check('The baseline has results', countedRuns(baseline).length > 0, baselineEvidence(baseline)),
    check(
      `The optimized training finished: ${finished} of ${plural(optimized.runs.length, 'run')}`,
      finished > 0 && finished === optimized.runs.length,
      optimized.runs.map((run) => `${run.id} ${run.status}${lasted(run)}`).join('; ') || 'no run was started',
    ),
    check(
      'No run diverged, failed or was stopped',
      ended.length === 0 && finished > 0,
      ended.length > 0
        ? ended
            .map((run) => `${run.id} ${run.status}${run.failure === null ? '' : `: ${run.failure.message}`}`)
            .join('; ')
        : finished > 0
          ? `${plural(finished + countedRuns(baseline).length, 'run')} ended by themselves`
          : 'no run finished',
    ),
    check(
      'Checkpoints were located',
      checkpoints.length > 0,
      checkpoints.length > 0
        ? `${plural(checkpoints.length, 'file')}, first ${checkpoints[0]?.file ?? ''}`
        : 'none were found',
    ),
  ];
}

const BROKEN = new Set<Run['status']>(['diverged', 'failed', 'stopped', 'interrupted']);

function lasted({ startedAt, endedAt }: Run): string {
  return startedAt === null || endedAt === null ? '' : ` in ${formatDuration(endedAt - startedAt)}`;
}

function baselineEvidence(baseline: TrialResult): string {
  const counted = countedRuns(baseline);
  const adopted = counted.filter((run) => run.status === 'adopted');
  if (counted.length === 0) return 'no baseline run came to a value';
  const trained = counted.length - adopted.length;
  return [
    ...(adopted.length > 0
      ? [
          `${plural(adopted.length, 'run')} adopted (${adopted.map((run) => run.metricsFile ?? run.id).join(', ')})`,
        ]
      : []),
    ...(trained > 0 ? [`${plural(trained, 'run')} trained`] : []),
  ].join(', ');
}
