import { findProject, loadProject } from '../../project/load.ts';
import { finalJson } from '../../report/final/document.ts';
import { describeGap, describeTest, finalFigures } from '../../report/final/words.ts';
import { writeFinal } from '../../report/final/write.ts';
import { studyError } from '../../study/errors.ts';
import { finalize } from '../../study/finalize/finalize.ts';
import type { FinalizeHooks, PlannedFinal } from '../../study/finalize/options.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { createProgress } from '../progress.ts';
import { openTracked } from '../tracked.ts';
import { flagOption, integerOption, seedsOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const say = (message: string): void => progress.say(message);
  const tracking = await openTracked(project, say, flagOption(options, 'dryRun'));
  const progress = await createProgress(context, project);
  const interrupts = listenForInterrupts(progress.say);
  try {
    const result = await finalize(
      project,
      {
        seeds: seedsOption(options, 'seeds'),
        slots: integerOption(options, 'slots', 1),
        extend: options['extend'] !== false,
        force: flagOption(options, 'force'),
        dryRun: flagOption(options, 'dryRun'),
      },
      tracking.listen<FinalizeHooks>({
        say: progress.say,
        onEvent: progress.onEvent,
        onPoints: progress.onPoints,
        onPlan: (planned) => {
          progress.expectFinal(planned.epochs);
          progress.say(describePlanned(planned));
        },
        interrupts,
        now: Date.now,
      }),
    );
    progress.close();
    if (result.kind === 'interrupted') {
      throw studyError('STUDY_INTERRUPTED', 'Interrupted; nothing is lost.', {
        remedy: 'Continue with `pawl finalize`.',
      });
    }
    if (result.kind === 'dry-run') {
      if (context.isJson) context.json({ schemaVersion: 1, dryRun: true, ...result.planned });
      else context.out(`${describePlanned(result.planned)}\nNothing was written (--dry-run).\n`);
      return 0;
    }
    const { outcome } = result;
    for (const note of await writeFinal(outcome, project.root)) context.say(note);
    tracking.reported();
    if (context.isJson) context.json(finalJson(outcome));
    else {
      const figures = finalFigures(outcome);
      const { final, metric, test, artifacts, checkpoints } = outcome;
      const gap = describeGap(outcome);
      context.out(
        [
          `Validation: ${metric.name} ${figures.value(final.mean)} (${final.n} run${final.n === 1 ? '' : 's'})`,
          `Test:       ${test ? `${test.metric} ` : ''}${describeTest(outcome, figures)}`,
          ...(gap === null ? [] : [gap.replaceAll('**', '')]),
          `Checkpoints: ${checkpoints.length === 0 ? 'none found' : checkpoints.map(({ file }) => file).join(', ')}`,
          '',
          artifacts.config,
          artifacts.results,
          artifacts.card,
          artifacts.json,
          '',
        ].join('\n'),
      );
    }
    return 0;
  } finally {
    progress.close();
    await tracking.close((text) => context.say(text));
    interrupts.dispose();
  }
};

function describePlanned({ from, config, changes, seeds, test, forced }: PlannedFinal): string {
  return [
    `Final training: ${config}, from ${from.config} (accepted in iteration ${from.iteration})`,
    ...changes.map(
      ({ path, from: before, to }) => `  ~ ${path}: ${JSON.stringify(before)} → ${JSON.stringify(to)}`,
    ),
    `Seeds: ${seeds.join(', ')}; test metric: ${test}, read once`,
    ...forced.map((missing) => `  ! passed with --force although missing: ${missing}`),
  ].join('\n');
}
