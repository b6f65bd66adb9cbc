import type { SourceLine } from '../text/lines.ts';
import { isDiff, readDiffEntries } from './diff.ts';
import type { Entry } from './entry.ts';
import { readJsonEntries } from './json.ts';
import { readLineEntries } from './lines.ts';
import { readProgramEntries } from './program.ts';
import { readShellEntries } from './shell.ts';

export type FenceKind = 'config' | 'json' | 'program' | 'shell' | 'diff' | 'none';

const MAX_FENCE_LINES = 3000;
const LOG = /\bepoch\b.{0,20}\d.{0,80}\b(?:loss|acc)/iu;

/** What a code block holds, by its info string, else by its look. */
export function fenceKind(info: string, lines: readonly SourceLine[]): FenceKind {
  const language = /^[{.]*\s*([\w+-]*)/u.exec(info)?.[1]?.toLowerCase() ?? '';
  if (/^(?:diff|patch|udiff)$/u.test(language)) return 'diff';
  if (isDiff(lines)) return 'diff';
  if (
    /^(?:mermaid|latex|tex|html|css|svg|csv|sql|plot|ascii|console-output|output|log|logs|stderr|stdout|traceback|dot|r|cpp|c|rust|go)$/u.test(
      language,
    )
  )
    return 'none';
  if (/^(?:bash|sh|shell|zsh|console|shell-session|cmd|powershell|shellsession|fish|cli)$/u.test(language))
    return 'shell';
  if (/^(?:python|py|python3|ipython|pycon|py3|ipynb|js|javascript|ts|typescript|jupyter)$/u.test(language))
    return 'program';
  const first = lines.find(({ text }) => text.trim() !== '')?.text.trim() ?? '';
  if (/^(?:json|json5|jsonc|jsonl)$/u.test(language) || first.startsWith('{')) return 'json';
  if (/^(?:ya?ml|toml|ini|cfg|conf|properties|hydra|config|omegaconf|dotenv|env)$/u.test(language))
    return 'config';
  if (lines.filter(({ text }) => LOG.test(text)).length >= 2) return 'none';
  if (/^(?:\$ |python3? |torchrun |accelerate |\.\/|--\w)/u.test(first)) return 'shell';
  if (
    lines.some(({ text }) =>
      /^\s*(?:import |from \w+ import|def |class |[\w.]+ = \w+[\w.]*\(|[\w.]+\(.*\)\s*$|config\[)/u.test(
        text,
      ),
    )
  )
    return 'program';
  return 'config';
}

function readAs(kind: FenceKind, lines: readonly SourceLine[]): Entry[] {
  switch (kind) {
    case 'json':
      return readJsonEntries(lines) ?? readLineEntries(lines);
    case 'program':
      return readProgramEntries(lines);
    case 'shell':
      return readShellEntries(lines);
    case 'config':
      return readLineEntries(lines);
    case 'diff':
    case 'none':
      return [];
  }
}

/** The settings a code block states. */
export function readFence(info: string, all: readonly SourceLine[]): { kind: FenceKind; entries: Entry[] } {
  const lines = all.slice(0, MAX_FENCE_LINES);
  const kind = fenceKind(info, lines);
  if (kind !== 'diff') return { kind, entries: readAs(kind, lines) };
  const bare = lines.map(({ text, line }) => ({ text: text.replace(/^[+-]/u, ' '), line }));
  const inner = fenceKind(
    '',
    bare.filter(({ text }) => !/^\s*(?:@@|\+\+|--)/u.test(text)),
  );
  const reader = inner === 'program' ? readProgramEntries : readLineEntries;
  return { kind, entries: readDiffEntries(lines, reader) };
}
