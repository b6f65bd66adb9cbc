import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { readConfig } from '../config/document.ts';
import { parseCommand } from '../execution/command.ts';
import { PawlError } from '../errors.ts';
import { initError } from './errors.ts';
import type { FoundConfig } from './folder.ts';
import { NO_ROLES, rolesIn, type Start } from './start.ts';

/** What the user said; it goes before anything that was found. */
export interface Wishes {
  train?: string | undefined;
  config?: FoundConfig | undefined;
  metric?: string | undefined;
  target?: string | undefined;
}

/** The command that the user gave, as a start. What only a shell understands makes it a shell command. */
export function startFromWish(command: string): Start {
  const needsShell = ((): boolean => {
    try {
      parseCommand(command);
      return false;
    } catch (error) {
      if (error instanceof PawlError && error.code === 'COMMAND_NEEDS_SHELL') return true;
      throw error;
    }
  })();
  const words = needsShell ? [command] : parseCommand(command);
  return {
    script: null,
    stack: 'given',
    words,
    shell: needsShell,
    takes: { ...NO_ROLES, ...rolesIn(words) },
    why: 'given with --train',
    configs: [],
    accepts: [],
    environment: {},
    resume: null,
    missing: [],
    logged: [],
    score: Number.POSITIVE_INFINITY,
  };
}

export function checkTarget(text: string): void {
  if (/^\s*[<>≥≤=]*\s*-?\d+(\.\d+)?\s*%?\s*$/u.test(text)) return;
  throw initError('INIT_INVALID', `--target must be a number such as 80% or 0.8. Got '${text}' instead.`, {
    remedy: 'Correct --target.',
  });
}

/** The config of --config: it must exist and read as one. */
export async function readConfigWish(
  root: string,
  cwd: string,
  named: string | undefined,
): Promise<FoundConfig | undefined> {
  if (named === undefined) return undefined;
  const fromHere = resolve(cwd, named);
  const path = (await stat(fromHere).catch(() => undefined)) ? fromHere : resolve(root, named);
  const { value } = await readConfig(path);
  return { path: relative(root, path).split(sep).join('/'), value };
}
