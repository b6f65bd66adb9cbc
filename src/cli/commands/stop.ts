import { findProject, loadProject } from '../../project/load.ts';
import { stopStudy } from '../../study/stop.ts';
import { flagOption, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, _args, options) => {
  const project = await loadProject(await findProject(context.cwd, textOption(options, 'project')));
  const { pid, ended } = await stopStudy(project, { isNow: flagOption(options, 'now') });
  if (context.isJson)
    context.json({ schemaVersion: 1, stopped: pid !== null || ended.length > 0, pid, ended });
  else if (pid !== null) context.out(`Stopped (process ${pid}). Continue with \`pawl optimize --resume\`.\n`);
  else if (ended.length === 0) context.out('Nothing is running.\n');
  else context.out(`Ended what a killed pawl left behind: ${ended.join(', ')}.\n`);
  return 0;
};
