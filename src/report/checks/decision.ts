import type { Check } from '../checklist.ts';
import type { ReportView } from '../view.ts';

export function decisionChecks({ outcome, figures }: ReportView): Check[] {
  const { target, metric, optimized, decision, reason, next, iteration, maxIterations, environment } =
    outcome;
  const check = (text: string, done: boolean, evidence: string): Check => ({
    group: 'Decision',
    text,
    done,
    evidence,
  });
  const seedless = [...outcome.baseline.runs, ...optimized.runs].filter((run) => run.seed === null);
  return [
    check(
      'The target was checked',
      target !== null && target.status !== null,
      target === null
        ? 'no target is set'
        : target.status === null
          ? `${figures.setpoint(target.value)}: there is no value to hold against it`
          : `${metric.name} ${figures.value(optimized.mean)}, target ${figures.setpoint(target.value)} (${target.source}): ${target.status}`,
    ),
    check(`The decision was made: ${decision}`, true, `${reason} Next: ${next}`),
    check(
      'The iteration is within its limit',
      iteration <= maxIterations,
      `iteration ${iteration} of at most ${maxIterations}`,
    ),
    check(
      'The result can be reproduced: code and seeds are known',
      environment.git !== null && !environment.git.isDirty && seedless.length === 0,
      [
        environment.git === null
          ? 'not under git'
          : `git ${environment.git.commit}${environment.git.isDirty ? ' with uncommitted changes' : ''}`,
        seedless.length === 0
          ? 'every seed is known'
          : `no seed is known of ${seedless.map((run) => run.id).join(', ')}`,
      ].join('; '),
    ),
  ];
}
