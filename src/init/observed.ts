import { parseCommand } from '../execution/command.ts';
import { nameOf, type Folder } from './folder.ts';
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

interface Line {
  text: string;
  line: number;
  name: string | null;
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

/** Joins lines that end in a backslash. */
function logicalLines(text: string): Line[] {
  const lines: Line[] = [];
  let open: Line | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const isContinued = /\\\s*$/.test(raw);
    const piece = raw.replace(/\\\s*$/, ' ').trim();
    if (open) open.text += ` ${piece}`;
    else open = { text: piece, line: index + 1, name: null };
    if (isContinued) return;
    lines.push(open);
    open = undefined;
  });
  if (open) lines.push(open);
  return lines;
}

function recipes(text: string): Line[] {
  let name: string | null = null;
  return logicalLines(text.replaceAll(/^(?=[\t ])/gm, '\u0001')).flatMap((line) => {
    if (!line.text.startsWith('\u0001')) {
      name = /^([\w./-]+)(?:\s+[\w./ -]+)?\s*:(?!=)/.exec(line.text)?.[1] ?? (line.text === '' ? name : null);
      return [];
    }
    return [
      {
        ...line,
        text: line.text
          .replaceAll('\u0001', '')
          .replace(/^\s*[@-]+/, '')
          .trim(),
        name,
      },
    ];
  });
}

function npmScripts(text: string): Line[] {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown };
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, command]) => {
      if (typeof command !== 'string') return [];
      const before = text.slice(0, Math.max(0, text.indexOf(JSON.stringify(command))));
      return [{ text: command, line: before.split('\n').length, name }];
    });
  } catch {
    return [];
  }
}

function fenced(text: string): Line[] {
  let isInside = false;
  const kept = text.split(/\r?\n/).map((line) => {
    if (/^\s*(?:```|~~~|\.\. code)/.test(line)) {
      isInside = !isInside;
      return '';
    }
    return isInside || /^(?: {4}|\t)/.test(line) ? line.replace(/^\s*(?:[$>%]|In \[\d+\]:|!)\s*/, '') : '';
  });
  return logicalLines(kept.join('\n'));
}

function commandKeys(text: string): Line[] {
  return logicalLines(text).flatMap((line) => {
    const command = /^(?:-\s*)?(?:cmd|command)\s*:\s*(.+)$/.exec(line.text)?.[1];
    return command === undefined ? [] : [{ ...line, text: command.replace(/^(['"])(.*)\1$/, '$2') }];
  });
}

/** `NAME = value`, `NAME := value`, `NAME=value`: the last of each, where it refers to nothing else. */
function assignments(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(
    /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?=\s*(.*?)\s*$/gm,
  )) {
    const plain = value.replace(/^(['"])(.*)\1$/, '$2').replace(/\s+#.*$/, '');
    const fallback = /^\$\{\w+:?-([^}$]*)\}$/.exec(plain)?.[1] ?? plain;
    if (!/[$`]/.test(fallback)) found.set(name, fallback);
  }
  return found;
}

/** Stands for what only running could tell; a command is not taken where it stays in it. */
export const UNKNOWN = '__unknown__';

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(/\s*"?\$[@*]"?/g, '')
    .replaceAll(
      /\$\{(\w+):?-([^}$]*)\}/g,
      (_, name: string, fallback: string) => variables.get(name) ?? fallback,
    )
    .replaceAll(
      /\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g,
      (_, a?: string, b?: string, c?: string) => variables.get(a ?? b ?? c ?? '') ?? UNKNOWN,
    )
    .replaceAll(/\$\([^()]*\)|\$\{[^{}]*\}|`[^`]*`/g, UNKNOWN);
}

/** Commands of a line, without pipes into `tee`, redirections and `&`. */
function splitCommands(text: string): string[] {
  return text
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
