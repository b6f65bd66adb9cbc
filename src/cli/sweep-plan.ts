import { styleText } from 'node:util';
import { formatDuration } from '../project/duration.ts';
import { describeConditions, describeDomain } from '../search/space/describe.ts';
import { formatPath } from '../config/path.ts';
import { plural } from '../report/table.ts';
import type { PlannedSweep } from '../study/sweep/plan.ts';
import type { SweepResult } from '../study/sweep/run-sweep.ts';
import type { Params } from '../search/space.ts';
import { toJsonable } from '../report/finite.ts';
import type { Context } from './context.ts';

/** Space, budget and cost in a few lines, before anything runs. */
export function describeSweep(planned: PlannedSweep): string {
  const { sweep, source, fixed, warnings } = planned;
  const width = Math.max(...sweep.space.params.map(({ name }) => name.length));
  const space = sweep.space.params.map((param) => {
    const where = formatPath(param.path) === param.name ? '' : `  → ${formatPath(param.path)}`;
    const conditions = describeConditions(param);
    return `  ${param.name.padEnd(width)}  ${describeDomain(param)}${conditions === '' ? '' : ` ${conditions}`}${where}`;
  });
  return [
    `Space (${source}):`,
    ...space,
    ...fixed.map(
      ({ path, to }) => `  with every configuration but the baseline: ${path} = ${JSON.stringify(to)}`,
    ),
    ...warnings.map((warning) => `  ! ${warning}`),
    `Search: ${sweep.sampler}${sweep.pruner ? `, ${sweep.pruner.name} ends hopeless trainings early` : ', no early stopping'}${sweep.seeds.length > 1 ? `, up to ${sweep.seeds.length} seeds for the promising` : ''}`,
    confirmLine(planned),
    costLine(planned),
  ].join('\n');
}

function confirmLine({ sweep, trainings }: PlannedSweep): string {
  if (sweep.confirm === null) return 'Confirmation: none; the result will be unverified';
  const round =
    sweep.confirm.top > 1
      ? `the top ${sweep.confirm.top} on ${plural(sweep.confirm.seeds.length, 'fresh seed')}, then `
      : '';
  return `Confirmation: ${round}the best against the baseline on other fresh seeds; at most ${plural(trainings.confirm, 'training')}`;
}

function costLine({ sweep, trainings, epochs, ms, basis, slots }: PlannedSweep): string {
  const { search, confirm } = trainings;
  const parts = [
    search === null
      ? 'trainings as far as the budget goes'
      : `at most ${plural(search + confirm, 'training')} (${search} to search, ${confirm} to confirm)`,
    epochs === null ? 'epochs not known' : `at most ${epochs} epochs`,
    ms === null
      ? 'time per epoch not known before the first training'
      : `about ${formatDuration(ms)} at most${sweep.budget.ms === null ? ` (time per epoch from ${basis})` : ''}`,
    `${slots} at a time`,
  ];
  const { budget } = sweep;
  const limits = [
    budget.trials === null ? '' : plural(budget.trials, 'trial'),
    budget.epochs === null ? '' : `${budget.epochs} epochs`,
    budget.ms === null ? '' : formatDuration(budget.ms),
  ].filter((limit) => limit !== '');
  return `Cost: ${parts.join('; ')}; budget ${limits.join(', ')}`;
}

/** The end of `--dry-run`. */
export function showSweepPlan(
  context: Context,
  { planned, suggestions }: Extract<SweepResult, { kind: 'dry-run' }>,
): number {
  if (context.isJson) {
    const { sweep } = planned;
    context.json(
      toJsonable({
        schemaVersion: 1,
        dryRun: true,
        space: sweep.space,
        source: planned.source,
        sampler: sweep.sampler,
        pruner: sweep.pruner,
        budget: sweep.budget,
        cost: { trainings: planned.trainings, epochs: planned.epochs, ms: planned.ms, basis: planned.basis },
        confirm: sweep.confirm,
        patience: sweep.patience,
        fixed: planned.fixed,
        suggestions,
        config: planned.config,
        target: planned.target,
        warnings: planned.warnings,
      }),
    );
    return 0;
  }
  const bold = (text: string): string =>
    context.color.stdout ? styleText('bold', text, { validateStream: false }) : text;
  context.out(`${describeSweep(planned)}\n\n${bold('First trials')}\n`);
  for (const [number, { params, origin }] of suggestions.entries())
    context.out(`  ${number}  ${origin === 'sampled' ? 'suggested' : origin}: ${showParams(params)}\n`);
  context.out('Later suggestions depend on what these come to.\n\nNothing was written (--dry-run).\n');
  return 0;
}

export function showParams(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(' ');
}
