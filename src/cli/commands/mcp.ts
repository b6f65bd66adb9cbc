import { resolve } from 'node:path';
import { serve } from '../../mcp/serve.ts';
import { usageError, textOption } from '../read-option.ts';
import type { CommandRun } from '../run.ts';
import { version } from '../version.ts';

export const run: CommandRun = async (context, _args, options) => {
  const [node, script] = process.argv;
  if (node === undefined || script === undefined)
    throw usageError('USAGE_ARGUMENTS', '`pawl mcp` cannot tell how it was started.');
  const project = textOption(options, 'project');
  await serve({
    cwd: context.cwd,
    project: project === undefined ? undefined : resolve(context.cwd, project),
    pawl: [node, ...process.execArgv, script],
    version,
  });
  return 0;
};
