import type { Plan } from '../diagnosis/types.ts';
import type { Project } from '../project/load.ts';
import { studyError } from './errors.ts';
import type { Inputs } from './inputs.ts';
import type { OptimizeOptions } from './options.ts';
import type { StudyRecord } from './record.ts';

/** Step 1: blocks when the diagnosis is incomplete, unless forced. */
export function passGate(inputs: Inputs, force: boolean): Plan {
  const { plan, missing } = inputs;
  if (missing.length > 0 && !(force && plan)) {
    const list = missing.map(
      ({ what, file, line }) =>
        `  - ${what}${file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`}`,
    );
    throw studyError('GATE_BLOCKED', `The diagnosis is not complete; missing:\n${list.join('\n')}`, {
      file: missing[0]?.file ?? undefined,
      line: missing[0]?.line ?? undefined,
      remedy: plan
        ? 'Complete it, or pass with --force (the report will say so).'
        : 'Write the report, or name it with --diagnostic.',
    });
  }
  if (!plan || plan.changes.length === 0) {
    throw studyError('NO_CHANGES', 'The report asks for nothing that can be applied to this config.', {
      file: plan?.diagnosis.file,
      remedy: 'See `pawl plan` for the reason of each recommendation.',
    });
  }
  return plan;
}

/** The plan without the changes that the user excludes; each is listed as kept. */
export function leaveOut(plan: Plan, without: readonly string[]): Plan {
  if (without.length === 0) return plan;
  const unknown = without.find((path) => !plan.changes.some((change) => change.path === path));
  if (unknown !== undefined) {
    throw studyError('CHANGE_UNKNOWN', `--without ${unknown}: the report plans no such change.`, {
      remedy: `Planned are ${plan.changes.map((change) => change.path).join(', ')}.`,
    });
  }
  const changes = plan.changes.filter((change) => !without.includes(change.path));
  if (changes.length === 0) {
    throw studyError('NO_CHANGES', 'All planned changes were excluded with --without.', {
      remedy: 'Exclude fewer.',
    });
  }
  const dropped = plan.changes.filter((change) => without.includes(change.path));
  const skipped = dropped.map((change) => ({
    recommendation: change.recommendation,
    reason: 'keep' as const,
    message: `${change.path} was excluded with --without.`,
    line: change.line ?? 1,
    candidates: [],
  }));
  return { ...plan, changes, skipped: [...plan.skipped, ...skipped] };
}

/** An iteration after the first stands on the concluded one before it. */
export function checkIteration(
  project: Project,
  options: OptimizeOptions,
  latest: StudyRecord | undefined,
): { record: StudyRecord; incumbent: string } | undefined {
  const { iteration } = options;
  const { maxIterations } = project.settings.thresholds;
  if (iteration > maxIterations && !options.force) {
    throw studyError(
      'ITERATION_LIMIT',
      `Iteration ${iteration} is past the limit of ${maxIterations}: validation data wears out when it is used to choose again and again.`,
      {
        remedy: 'Accept the best config so far; --force goes on all the same.',
      },
    );
  }
  if (iteration === 1) return undefined;
  const former = latest?.iterations.find((each) => each.iteration === iteration - 1);
  if (!latest || !former?.outcome) {
    throw studyError(
      'ITERATION_MISSING',
      `Iteration ${iteration} needs iteration ${iteration - 1} to be concluded first.`,
      {
        remedy:
          iteration === 2
            ? 'Run `pawl optimize` first.'
            : `Run \`pawl optimize --iteration ${iteration - 1}\` first.`,
      },
    );
  }
  return { record: latest, incumbent: former.outcome.incumbent };
}
