import { findProject, loadProject } from '../../project/load.ts';
import { trackingError } from '../../tracking/errors.ts';
import { sync, type Synced } from '../../tracking/sync.ts';
import { flagOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const synced = await sync(project, {
    all: flagOption(options, 'all'),
    check: flagOption(options, 'check'),
    say: (text) => context.say(text),
  });
  const failed = synced.find(({ problem }) => problem !== null);
  if (failed) {
    const { target, waiting, runs, problem } = failed;
    throw trackingError(
      'TRACKING_UNSENT',
      `${waiting} of ${runs} runs have not arrived in ${target}. ${problem}`,
      { file: project.file, remedy: 'Nothing is lost; run `pawl sync` again when it answers.' },
    );
  }
  if (context.isJson) context.json({ schemaVersion: 1, synced });
  else context.out(synced.map(lineOf).join(''));
  return 0;
};

function lineOf({ study, target, runs, sent }: Synced): string {
  const what = sent === 0 ? 'nothing was missing' : `${sent} sent`;
  return `${study} → ${target}: ${runs} run${runs === 1 ? '' : 's'}, ${what}\n`;
}
