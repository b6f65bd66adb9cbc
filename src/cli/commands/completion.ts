import { completionScript, SHELLS, type Shell } from '../completion/completion.ts';
import type { CommandRun } from '../run.ts';

export const run: CommandRun = async (context, [shell = '']) => {
  // The parser has refused any other word.
  if (isShell(shell)) context.out(completionScript(shell));
  return Promise.resolve(0);
};

const isShell = (name: string): name is Shell => Object.hasOwn(SHELLS, name);
