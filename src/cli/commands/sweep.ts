import { findProject, loadProject } from '../../project/load.ts';
import { PawlError } from '../../errors.ts';
import { renderScreen } from '../../report/screen.ts';
import { writeReport } from '../../report/write.ts';
import { renderSweepScreen } from '../../report/sweep/screen.ts';
import { writeSweepReport } from '../../report/sweep/write.ts';
import { sweepJson } from '../../report/sweep/document.ts';
import { studyError } from '../../study/errors.ts';
import { iterationOf } from '../../study/record.ts';
import { runSweep, type SweepHooks } from '../../study/sweep/run-sweep.ts';
import { summarizeSweep } from '../../study/sweep/summary.ts';
import type { EvidenceLevel } from '../../study/types.ts';
import { DECISION_CODES } from '../exit-codes.ts';
import { listenForInterrupts } from '../interrupts.ts';
import {
  budgetOption,
  flagOption,
  integerOption,
  listOption,
  seedsOption,
  textOption,
  usageError,
} from '../read-option.ts';
import type { CommandRun, Options } from '../run.ts';
import { describeSweep, showSweepPlan } from '../sweep-plan.ts';
import { collectGarbage, keepHeapSmall } from '../../report/heap.ts';
import { createSweepProgress } from '../sweep-progress.ts';
import { openTracked } from '../tracked.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const exportTo = textOption(options, 'export');
  if (exportTo !== undefined && isExportOnly(options)) {
    const { exportSweep } = await import('../sweep-export.ts');
    return exportSweep(context, project, exportTo);
  }
  keepHeapSmall();
  const say = (message: string): void => progress.say(message);
  const tracking = await openTracked(project, say, flagOption(options, 'dryRun'));
  const progress = await createSweepProgress(context, project);
  const interrupts = listenForInterrupts(progress.say);
  const budget = budgetOption(options, 'budget');
  try {
    const result = await runSweep(
      project,
      {
        diagnostic: textOption(options, 'diagnostic'),
        iteration: integerOption(options, 'iteration', 1) ?? 1,
        level: textOption(options, 'evidence') as EvidenceLevel | undefined,
        seeds: seedsOption(options, 'seeds'),
        budget: undefined,
        slots: integerOption(options, 'slots', 1),
        smoke: false,
        earlyKill: options['earlyKill'] !== false,
        extend: false,
        attribute: false,
        without: listOption(options, 'without') ?? [],
        resume: flagOption(options, 'resume'),
        fresh: flagOption(options, 'fresh'),
        force: flagOption(options, 'force'),
        dryRun: flagOption(options, 'dryRun'),
        cwd: context.cwd,
      },
      {
        space: textOption(options, 'space'),
        method: textOption(options, 'method'),
        trials: integerOption(options, 'trials', 1) ?? budget?.runs,
        epochs: integerOption(options, 'epochs', 1),
        hours: hoursOption(options) ?? budget?.hours,
        pruner: textOption(options, 'pruner'),
        confirm: options['confirm'] === false ? 0 : integerOption(options, 'confirm', 0),
        retryFailed: flagOption(options, 'retryFailed'),
        earlyStop: options['earlyStop'] !== false,
        import: textOption(options, 'import'),
      },
      tracking.listen<SweepHooks>({
        say: progress.say,
        onPlan: (planned) => {
          progress.say(describeSweep(planned));
          progress.onPlan(planned);
        },
        onPhase: progress.onPhase,
        onEvent: progress.onEvent,
        onPoints: progress.onPoints,
        interrupts,
        now: Date.now,
      }),
    );
    progress.close();
    switch (result.kind) {
      case 'dry-run':
        return showSweepPlan(context, result);
      case 'interrupted':
        throw studyError('STUDY_INTERRUPTED', 'Interrupted; nothing is lost.', {
          remedy: 'Continue with `pawl sweep --resume`.',
        });
      case 'concluded': {
        const { outcome, record } = result;
        collectGarbage();
        const { notes, checks } = await writeReport(outcome, project.root);
        const summary = summarizeSweep(record, iterationOf(record, outcome.iteration));
        if (!summary) throw new Error('the iteration is no sweep');
        const written = await writeSweepReport(summary, outcome, project.root);
        tracking.reported();
        for (const note of [...notes, ...written.notes]) context.say(note);
        if (exportTo !== undefined) {
          const { exportSweep } = await import('../sweep-export.ts');
          await exportSweep(
            { ...context, isJson: false, out: (text) => context.say(text) },
            project,
            exportTo,
          );
        }
        if (context.isJson) context.json(sweepJson(summary, outcome, written.importance));
        else {
          const color = context.color.stdout;
          context.out(renderSweepScreen(summary, outcome, { color, report: written.report }));
          context.out(renderScreen(outcome, { color, checks }));
        }
        return flagOption(options, 'exitCode') ? DECISION_CODES[outcome.decision] : 0;
      }
    }
  } catch (error) {
    progress.close();
    if (error instanceof PawlError && error.remedy?.includes('pawl optimize --resume')) {
      const remedy = error.remedy.replace('pawl optimize --resume', 'pawl sweep --resume');
      const { file, line, cause } = error;
      throw new PawlError(error.code, error.exit, error.message, { file, line, remedy, cause });
    }
    throw error;
  } finally {
    progress.close();
    await tracking.close((text) => context.say(text));
    interrupts.dispose();
  }
};

/** `pawl sweep --export FILE` alone writes what there is; beside anything that searches, it writes at the end. */
function isExportOnly(options: Options): boolean {
  const searching = ['space', 'method', 'trials', 'epochs', 'hours', 'budget', 'import', 'resume', 'fresh'];
  return ![...searching, 'retryFailed', 'dryRun'].some((name) => options[name] !== undefined);
}

function hoursOption(options: Options): number | undefined {
  const text = textOption(options, 'hours');
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw usageError('USAGE_OPTION_INVALID', `--hours must be a positive number. Got '${text}' instead.`, {
    remedy: 'Correct --hours, such as 1.5.',
  });
}
