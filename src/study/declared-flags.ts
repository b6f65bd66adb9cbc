import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeclaredFlag, DeclaredFlags } from '../config/overrides/flags.ts';
import type { Flag } from '../init/python/flag.ts';
import { inProject, type Project } from '../project/load.ts';

const LONGEST = 1 << 20;

/** The flags of the script that a command runs, read from its source and from modules beside it; null where there is none. */
export async function readDeclaredFlags(
  project: Project,
  command: readonly string[],
): Promise<DeclaredFlags | null> {
  const script = scriptOf(command);
  if (script === undefined) return null;
  const root = inProject(project, project.settings.workdir);
  const read = async (path: string): Promise<string | undefined> => {
    const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
    return text !== undefined && text.length <= LONGEST ? text : undefined;
  };
  const path = (await Promise.all(script.map(async (each) => ({ each, text: await read(each) })))).find(
    ({ text }) => text !== undefined,
  )?.each;
  if (path === undefined) return null;
  const { readScriptFlags } = await import('../init/python/script-flags.ts');
  const { flags, isOpen } = await readScriptFlags(path, read);
  if (flags.length === 0 && !isOpen) return null;
  return { script: path, isOpen, flags: flags.map(declared) };
}

/** Where the script of a command may lie: `train.py`, or `-m pkg.train` as a path. */
function scriptOf(command: readonly string[]): string[] | undefined {
  const words = command.length === 1 ? (command[0] as string).split(/\s+/) : command;
  const file = words.find((word) => word.endsWith('.py') && !word.includes('{'));
  if (file !== undefined) return [file];
  const name = words[words.indexOf('-m') + 1];
  if (!words.includes('-m') || name === undefined || !/^[\w.]+$/.test(name)) return undefined;
  const path = name.replaceAll('.', '/');
  return [`${path}.py`, `${path}/__main__.py`, `src/${path}.py`, `src/${path}/__main__.py`];
}

function declared({ names, destination, kind, opposite }: Flag): DeclaredFlag {
  const long = names.find((name) => name.startsWith('--')) ?? names[0] ?? '';
  return {
    names,
    destination,
    kind,
    ...(kind === 'pair' ? { opposite: opposite ?? `--no-${long.replace(/^-+/, '')}` } : {}),
  };
}
