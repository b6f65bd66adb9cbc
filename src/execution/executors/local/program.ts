import { accessSync, closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { closest } from '../../closest.ts';
import { executionError } from '../../errors.ts';

export interface ProgramSearch {
  cwd: string;
  /** PATH that the training gets. */
  path: string;
  platform: NodeJS.Platform;
}

/** Programs that go by another name elsewhere. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  python: ['python3', 'py'],
  python3: ['python', 'py'],
  py: ['python3', 'python'],
  pip: ['pip3'],
  node: ['nodejs'],
  nodejs: ['node'],
};

const INTERPRETERS: Readonly<Record<string, string>> = {
  py: 'python',
  sh: 'sh',
  js: 'node',
  mjs: 'node',
  r: 'Rscript',
  jl: 'julia',
};

/** Full path of the program that `name` stands for, as the training's own PATH and folder give it. */
export function resolveProgram(name: string, search: ProgramSearch): string {
  const isPath = name.includes('/') || (search.platform === 'win32' && name.includes('\\'));
  if (isPath) {
    const file = withExtension(resolve(search.cwd, name), search) ?? resolve(search.cwd, name);
    requireProgram(file, name, search);
    return file;
  }
  let refused: string | undefined;
  for (const folder of foldersOf(search)) {
    const file = withExtension(join(folder, name), search);
    if (file === undefined || kindOf(file) !== 'file') continue;
    if (isExecutable(file)) {
      requireInterpreter(file, name, search);
      return file;
    }
    refused ??= file;
  }
  if (refused !== undefined) requireProgram(refused, name, search);
  throw notFound(name, search);
}

function foldersOf({ path, cwd, platform }: ProgramSearch): string[] {
  const folders = path.split(delimiter).map((folder) => (isAbsolute(folder) ? folder : resolve(cwd, folder)));
  return platform === 'win32' ? [cwd, ...folders] : folders;
}

function withExtension(file: string, { platform }: ProgramSearch): string | undefined {
  if (platform !== 'win32') return file;
  const extensions = ['', ...(process.env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';')];
  return extensions.map((extension) => file + extension).find((each) => kindOf(each) === 'file');
}

/** What is behind a name that leads through a file or an unreadable folder does not exist for us. */
function kindOf(file: string): 'file' | 'directory' | undefined {
  try {
    return statSync(file).isDirectory() ? 'directory' : 'file';
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function requireProgram(file: string, name: string, search: ProgramSearch): void {
  const kind = kindOf(file);
  if (kind === undefined) throw notFound(name, search);
  if (kind === 'directory') {
    throw executionError('COMMAND_IS_DIRECTORY', `The command '${name}' is a folder.`, {
      remedy: 'Name the program inside it, or `python -m package` for a Python package.',
    });
  }
  if (!isExecutable(file)) {
    const interpreter = interpreterOf(name);
    throw executionError('COMMAND_NOT_EXECUTABLE', `'${name}' may not be executed (${file}).`, {
      remedy: `Run \`chmod +x ${file}\`${interpreter === undefined ? '' : `, or write \`${interpreter} ${name}\``}.`,
    });
  }
  requireInterpreter(file, name, search);
}

function interpreterOf(name: string): string | undefined {
  const extension = /\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(INTERPRETERS, extension) ? INTERPRETERS[extension] : undefined;
}

/** A script whose `#!` names a missing interpreter fails with "not found", which misleads: the script is there. */
function requireInterpreter(file: string, name: string, search: ProgramSearch): void {
  if (search.platform === 'win32') return;
  const line = firstLine(file);
  const program = /^#!\s*(\S+)/u.exec(line)?.[1];
  if (program === undefined) return;
  if (line.endsWith('\r')) {
    throw executionError(
      'COMMAND_NOT_EXECUTABLE',
      `The first line of '${name}' ends in a carriage return (Windows line ending), so its interpreter is not found.`,
      { file, line: 1, remedy: `Convert it with \`sed -i 's/\\r$//' ${file}\`.` },
    );
  }
  if (kindOf(resolve(search.cwd, program)) !== undefined) return;
  throw executionError(
    'COMMAND_NOT_EXECUTABLE',
    `The first line of '${name}' names the interpreter '${program}', which does not exist.`,
    { file, line: 1, remedy: 'Correct its first line, or create the environment it belongs to again.' },
  );
}

function firstLine(file: string): string {
  const buffer = Buffer.alloc(256);
  try {
    const fd = openSync(file, 'r');
    try {
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0)).split('\n')[0] ?? '';
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}

function notFound(name: string, search: ProgramSearch): Error {
  const remedy =
    suggestionFor(name, search) ?? 'Install it, activate its environment, or name it with its full path.';
  const where = name.includes('/')
    ? `there is no file ${resolve(search.cwd, name)}`
    : 'it is on no folder of the PATH';
  return executionError('COMMAND_NOT_FOUND', `The command '${name}' was not found: ${where}.`, { remedy });
}

function suggestionFor(name: string, search: ProgramSearch): string | undefined {
  if (name.includes('/')) return suggestionBeside(name, search);
  const inFolder = kindOf(join(search.cwd, name)) === 'file';
  const interpreter = interpreterOf(name);
  if (inFolder) {
    return interpreter === undefined
      ? `It lies in the working directory: write \`./${name}\`.`
      : `It is a script in the working directory: write \`${interpreter} ${name}\`.`;
  }
  const programs = programsOf(search);
  const others = Object.hasOwn(OTHER_NAMES, name) ? (OTHER_NAMES[name] ?? []) : [];
  const near = others.find((other) => programs.has(other)) ?? closest(name, programs);
  if (near !== undefined)
    return `Did you mean '${near}'? Else activate its environment, or name it with its full path.`;
  return undefined;
}

function suggestionBeside(name: string, { cwd }: ProgramSearch): string | undefined {
  const folder = dirname(resolve(cwd, name));
  try {
    const near = closest(basename(name), readdirSync(folder));
    return near === undefined ? undefined : `Did you mean '${name.slice(0, -basename(name).length)}${near}'?`;
  } catch {
    return `The folder ${folder} does not exist; correct the path.`;
  }
}

function programsOf(search: ProgramSearch): Set<string> {
  const names = new Set<string>();
  for (const folder of foldersOf(search)) {
    try {
      for (const each of readdirSync(folder)) names.add(each);
    } catch {
      // PATH entries that do not exist are usual.
    }
  }
  return names;
}
