import { parseCommand } from '../execution/command.ts';
import { nameOf, type Folder } from './folder.ts';
import {
  assignments,
  commandKeys,
  fenced,
  logicalLines,
  npmScripts,
  recipes,
  type Line,
} from './command-lines.ts';
import type { PythonModule } from './python/module.ts';

/** A command line that stands somewhere in the folder, split into words. */
export interface Observed {
  words: readonly string[];
  file: string;
  line: number;
  /** Name of the target or npm script it belongs to. */
  name: string | null;
  /** Assignments in front of it. */
  environment: Readonly<Record<string, string>>;
}

const PROGRAM =
  /^(?:(?:\S*\/)?python[\d.]*|py|uv|poetry|pipenv|pixi|hatch|conda|torchrun|accelerate|deepspeed|srun|mpirun|horovodrun|composer|node|tsx|npx|bun|deno|Rscript|julia|cargo|go|ruby|java|bash|sh|yolo|tune|axolotl|\.{0,2}\/\S+)$/;
const MOST = 300;

/** Command lines in Makefiles, package.json, shell scripts, READMEs, docstrings and pipelines, as they stand. */
export function findObserved(folder: Folder, modules: readonly PythonModule[]): Observed[] {
  const found: Observed[] = [];
  const take = (
    file: string,
    lines: readonly Line[],
    variables: ReadonlyMap<string, string> = new Map(),
  ): void => {
    for (const { text, line, name } of lines) {
      for (const part of splitCommands(text)) {
        const observed = readCommand(expand(part, variables));
        if (observed && found.length < MOST) found.push({ ...observed, file, line, name });
      }
    }
  };
  for (const [path, text] of folder.texts) {
    const file = nameOf(path).toLowerCase();
    if (/^(?:gnu)?makefile(?:\.\w+)?$|\.mk$|^justfile$/.test(file))
      take(path, recipes(text), assignments(text));
    else if (file === 'package.json') take(path, npmScripts(text));
    else if (/\.(?:sh|bash|slurm|sbatch)$/.test(file)) take(path, logicalLines(text), assignments(text));
    else if (/\.(?:md|markdown|rst)$/.test(file)) take(path, fenced(text));
    else if (/^(?:dvc\.ya?ml|mlproject|taskfile\.ya?ml)$/.test(file)) take(path, commandKeys(text));
  }
  for (const { path, docstring } of modules) take(path, logicalLines(docstring));
  return found;
}

/** Stands for what only running could tell; a command is not taken where it stays in it. */
export const UNKNOWN = '__unknown__';

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return (
    text
      .replaceAll(/\s*"?\$[@*]"?/g, '')
      // just and Task: what is handed on, and variables.
      .replaceAll(/\s*\{\{\s*\.?\w*(?:args|flags|opts|rest)\s*\}\}/gi, '')
      .replaceAll(/\{\{\s*\.?(\w+)\s*\}\}/g, (_, name: string) => variables.get(name) ?? UNKNOWN)
      .replaceAll(
        /\$\{(\w+):?-([^}$]*)\}/g,
        (_, name: string, fallback: string) => variables.get(name) ?? fallback,
      )
      .replaceAll(
        /\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g,
        (_, a?: string, b?: string, c?: string) => variables.get(a ?? b ?? c ?? '') ?? UNKNOWN,
      )
      .replaceAll(/\$\([^()]*\)|\$\{[^{}]*\}|`[^`]*`/g, UNKNOWN)
  );
}

/** Commands of a line, without its comment, pipes into `tee`, redirections and `&`. */
function splitCommands(text: string): string[] {
  return text
    .replace(/\s#\s.*$/, '')
    .split(/\s*(?:&&|;|\|\|)\s*/)
    .map((part) =>
      part
        .replace(/\s+\|\s*tee\b.*$/, '')
        .replace(/\s+(?:[12&]?>>?\s*\S+|2>&1|&\s*$)(?=\s|$)/g, '')
        .trim(),
    )
    .map((part) => part.replace(/\s*&$/, '').replace(/^(?:nohup|time|exec)\s+/, ''));
}

const PLACEHOLDER = /[<>[\]]|\.\.\.|…|path\/to|your[_-]|^(?:CONFIG|SEED|OUTPUT|FILE|DIR|PATH)$/i;

function readCommand(text: string): Pick<Observed, 'words' | 'environment'> | undefined {
  if (text.length > 2000 || text === '') return undefined;
  const environment: Record<string, string> = Object.create(null) as Record<string, string>;
  let rest = text;
  for (let match; (match = /^([A-Z_][A-Z\d_]*)=(\S*)\s+/.exec(rest)); rest = rest.slice(match[0].length)) {
    if (match[1] !== undefined && !/[$`'"]/.test(match[2] ?? '')) environment[match[1]] = match[2] ?? '';
  }
  const [program = ''] = rest.split(/\s+/, 1);
  if (!PROGRAM.test(program)) return undefined;
  try {
    const words = parseCommand(rest, 'linux');
    return words.some((word) => PLACEHOLDER.test(word) && !/^\{.*\}$/.test(word))
      ? undefined
      : { words, environment };
  } catch {
    return undefined;
  }
}
