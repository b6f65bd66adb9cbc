import { capabilities } from '../capabilities.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context) => {
  const document = await capabilities();
  if (context.isJson) context.json(document);
  else {
    for (const { name, summary } of document.commands) context.out(`${name.padEnd(14)}${summary}\n`);
    context.out(
      `\n${document.formats.length} log formats, ${document.tools.length} MCP tools; --json says all of it.\n`,
    );
  }
  return 0;
};
