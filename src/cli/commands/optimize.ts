import { formatDuration } from '../../project/duration.ts';
import { findProject, loadProject, toProjectPath, type Project } from '../../project/load.ts';
import { outcomeJson } from '../../report/document.ts';
import type { Jsonable } from '../../report/finite.ts';
import { renderScreen } from '../../report/screen.ts';
import { writeReport } from '../../report/write.ts';
import { studyError } from '../../study/errors.ts';
import { optimize } from '../../study/optimize.ts';
import type { AutoResult } from '../../study/iterate/auto.ts';
import type { OptimizeHooks, OptimizeOptions, PlannedStudy } from '../../study/options.ts';
import type { EvidenceLevel } from '../../study/types.ts';
import type { Context } from '../context.ts';
import { DECISION_CODES } from '../exit-codes.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { createProgress } from '../progress.ts';
import { openTracked } from '../tracked.ts';
import { renderPlan } from '../plan-table.ts';
import {
  budgetOption,
  flagOption,
  integerOption,
  listOption,
  seedsOption,
  textOption,
} from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const say = (message: string): void => progress.say(message);
  const tracking = await openTracked(project, say, flagOption(options, 'dryRun'));
  const progress = await createProgress(context, project);
  const interrupts = listenForInterrupts(progress.say);
  try {
    const wanted: OptimizeOptions = {
      diagnostic: textOption(options, 'diagnostic'),
      iteration: integerOption(options, 'iteration', 1) ?? 1,
      level: textOption(options, 'evidence') as EvidenceLevel | undefined,
      seeds: seedsOption(options, 'seeds'),
      budget: budgetOption(options, 'budget'),
      slots: integerOption(options, 'slots', 1),
      smoke: options['smoke'] !== false,
      earlyKill: options['earlyKill'] !== false,
      extend: options['extend'] !== false,
      attribute: flagOption(options, 'attribute'),
      without: listOption(options, 'without') ?? [],
      resume: flagOption(options, 'resume'),
      fresh: flagOption(options, 'fresh'),
      force: flagOption(options, 'force'),
      dryRun: flagOption(options, 'dryRun'),
      cwd: context.cwd,
    };
    const hooks = tracking.listen<OptimizeHooks>({
      say: progress.say,
      onPlan: (planned) => {
        progress.say(describePlan(planned, project));
        progress.onPlan(planned);
      },
      onPhase: progress.onPhase,
      onEvent: progress.onEvent,
      onPoints: progress.onPoints,
      interrupts,
      now: Date.now,
    });
    let auto: AutoResult | undefined;
    if (flagOption(options, 'auto') && !wanted.dryRun) {
      const { optimizeByItself } = await import('../../study/iterate/auto.ts');
      auto = await optimizeByItself(project, wanted, hooks, async (outcome) => {
        for (const note of (await writeReport(outcome, project.root)).notes) progress.say(note);
        tracking.reported();
        progress.say(
          `Iteration ${outcome.iteration}: ${outcome.verdict} → ${outcome.decision}. ${outcome.reason} Report: ${outcome.artifacts.report}`,
        );
      });
      progress.say(`No further iteration: ${auto.stopped}`);
    }
    const result = auto?.last ?? (await optimize(project, wanted, hooks));
    progress.close();
    switch (result.kind) {
      case 'dry-run':
        return showDryRun(context, project, result.planned);
      case 'interrupted':
        throw studyError('STUDY_INTERRUPTED', 'Interrupted; nothing is lost.', {
          remedy: 'Continue with `pawl optimize --resume`.',
        });
      case 'concluded': {
        const { outcome } = result;
        const { notes, checks } = await writeReport(outcome, project.root);
        tracking.reported();
        for (const note of notes) context.say(note);
        if (context.isJson) context.json(withRounds(outcomeJson(outcome, checks), auto));
        else context.out(renderScreen(outcome, { color: context.color.stdout, checks }));
        return flagOption(options, 'exitCode') ? DECISION_CODES[outcome.decision] : 0;
      }
    }
  } finally {
    progress.close();
    await tracking.close((text) => context.say(text));
    interrupts.dispose();
  }
};

/** With --auto the document says how many rounds there were and why there is no further one. */
function withRounds(document: Jsonable, auto: AutoResult | undefined): Jsonable {
  if (!auto || typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  return { ...document, auto: { rounds: auto.outcomes.length, stopped: auto.stopped } };
}

function describePlan(
  { plan, changes, cost, design, forced, warnings, budget, slots }: PlannedStudy,
  project: Project,
): string {
  const time =
    cost.ms === null
      ? 'time per training not known yet'
      : `about ${formatDuration(cost.ms)} at most (time per epoch from ${cost.basis})`;
  const pairs =
    design.plannedPairs === 1
      ? 'one run of each, not verified'
      : `up to ${design.plannedPairs} pairs of seeds, stopped as soon as the evidence allows`;
  const limits = [
    budget.runs === null ? '' : `${budget.runs} trainings`,
    budget.ms === null ? '' : formatDuration(budget.ms),
  ].filter((text) => text !== '');
  return [
    `Diagnosis: ${plan.diagnosis.file}: ${changes.length} change${changes.length === 1 ? '' : 's'}, ${plan.skipped.length} not applied`,
    ...changes.map(
      (change) =>
        `  ${change.kind === 'new' ? '+' : change.kind === 'removed' ? '-' : '~'} ${change.path}: ${change.kind === 'new' ? '' : `${JSON.stringify(change.from)} → `}${change.kind === 'removed' ? 'removed' : JSON.stringify(change.to)}`,
    ),
    ...plan.skipped.map(
      (skip) =>
        `  · not applied (${skip.reason}): ${skip.message} (${toProjectPath(project, plan.diagnosis.file)}:${skip.line})`,
    ),
    ...warnings.map((warning) => `  ! ${warning}`),
    ...forced.map((missing) => `  ! passed with --force although missing: ${missing}`),
    `Cost: at most ${cost.trainings} training${cost.trainings === 1 ? '' : 's'}, ${pairs}; ${slots} at a time; ${time}${limits.length === 0 ? '' : `; budget ${limits.join(', ')}`}`,
  ].join('\n');
}

function showDryRun(context: Context, project: Project, planned: PlannedStudy): number {
  const { plan, changes, skipped, cost, design } = { ...planned, skipped: planned.plan.skipped };
  if (context.isJson) {
    context.json({
      schemaVersion: 1,
      dryRun: true,
      config: toProjectPath(project, planned.config),
      command: planned.command ?? null,
      changes,
      skipped,
      cost: {
        trainings: cost.trainings,
        ms: cost.ms,
        secondsPerEpoch: cost.secondsPerEpoch,
        basis: cost.basis,
      },
      design: {
        level: design.level,
        plannedPairs: design.plannedPairs,
        seeds: design.seeds,
        alpha: design.alpha,
      },
      target: planned.target,
      warnings: planned.warnings,
    });
  } else {
    context.out(renderPlan({ ...plan, changes }, context.color.stdout));
    const price = describePlan(planned, project).split('\n').at(-1);
    context.out(`\nCommand: ${planned.command ?? ''}\n${price}\nNothing was written (--dry-run).\n`);
  }
  return 0;
}
