import { toPlain } from '../../report/plain.ts';

/** One thing that a help text describes. */
export interface Entry {
  /** `--lr`, `-l`; `--[no]x` as both of its spellings. */
  names: string[];
  /** What stands for the value; empty for a switch. */
  metavar: string;
  help: string;
  isMarkedRequired: boolean;
  /** 1-based line of the text. */
  line: number;
}

const LONGEST_LINE = 2000;
const MOST = 500;
/** Columns that an option may be indented; help texts begin further right. */
const INDENT = 8;
const NAME = /(--?)(?:\[(no-?)\])?([A-Za-z][\w.-]{0,80})(\+?)/y;
/** Of the columns that rich prints between the names and the help. */
const BOXED_METAVAR = /^(?:<[^>]*>|[A-Z][A-Z ]*|\[[^\]]*\|[^\]]*\])(?:\s\[[^\]]*\])?(?=\s{2,}|$)/;

/** The lines of a help text without escapes and frames. */
export function plainLines(text: string): { text: string; isBoxed: boolean }[] {
  return text.split(/\r?\n/, 20_000).map((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const plain = indent + clean(line.slice(indent.length, LONGEST_LINE));
    const [, inner] = /^\s*[│┃](.*?)[│┃]?\s*$/u.exec(plain) ?? [];
    if (inner !== undefined) return { text: inner.replace(/\s+$/, ''), isBoxed: true };
    return { text: /^\s*[╭╰┏┗├─━]/u.test(plain) ? '' : plain, isBoxed: false };
  });
}

/** Gaps stay: they separate names from help. */
function clean(line: string): string {
  return line
    .split(/(\s{2,})/)
    .map((part) => (/^\s*$/.test(part) ? part.replaceAll(/[^ ]/g, ' ') : toPlain(part, LONGEST_LINE)))
    .join('')
    .replace(/\s+$/, '');
}

/** What begins with a dash, each with the lines below it that are indented further. */
export function findEntries(lines: readonly { text: string; isBoxed: boolean }[]): Entry[] {
  const entries: Entry[] = [];
  let current: { entry: Entry; indent: number } | undefined;
  lines.forEach(({ text, isBoxed }, index) => {
    const indent = text.length - text.trimStart().length;
    const head = indent <= INDENT ? readHead(text.trimStart(), isBoxed) : undefined;
    if (head && entries.length < MOST) {
      current = { entry: { ...head, line: index + 1 }, indent };
      entries.push(current.entry);
    } else if (text.trim() === '' || !current || indent <= current.indent) current = undefined;
    else current.entry.help = `${current.entry.help} ${text.trim()}`.trim();
  });
  return entries;
}

function readHead(text: string, isBoxed: boolean): Omit<Entry, 'line'> | undefined {
  const star = /^\*\s+/.exec(text)?.[0] ?? '';
  const rest = text.slice(star.length);
  const names: string[] = [];
  let metavar = '';
  let at = 0;
  for (;;) {
    NAME.lastIndex = at;
    const match = NAME.exec(rest);
    if (!match) break;
    const [whole, dashes = '', no, name = '', plus] = match;
    if (plus !== '+') names.push(`${dashes}${name}`);
    if (no !== undefined) names.push(`${dashes}${no}${name}`);
    at += whole.length;
    const [, value = ''] = /^[ =](\S(?:.*?\S)??)(?=\s{2,}|, --?[A-Za-z]| \/ --|$)/.exec(rest.slice(at)) ?? [];
    if (value !== '' && !/^[-/|]/.test(value)) {
      if (plus !== '+') metavar = value;
      at += 1 + value.length;
    }
    const [gap] = /^(?:\s*[,/|]\s*|\s{2,})(?=--?(?:\[no-?\])?[A-Za-z])/.exec(rest.slice(at)) ?? [];
    if (gap === undefined) break;
    at += gap.length;
  }
  if (names.length === 0) return undefined;
  let help = rest.slice(at);
  // absl: `--lr: Learning rate.`, `--optimizer: <sgd|adam>: Which one.`
  const [colon] = /^:\s*(?:<([^>]*)>:\s*)?/.exec(help) ?? [];
  if (colon !== undefined) {
    metavar =
      names.some((name) => name.startsWith('--no')) && names.length === 2
        ? ''
        : colon.replaceAll(/[:\s]/g, '') || 'VALUE';
    help = help.slice(colon.length);
  } else if (help !== '' && !/^\s{2}/.test(help) && help.trim() !== '') return undefined;
  help = help.trim();
  if (isBoxed && metavar === '') {
    metavar = BOXED_METAVAR.exec(help)?.[0] ?? '';
    help = help.slice(metavar.length).trim();
  }
  return { names, metavar, help, isMarkedRequired: star !== '' };
}
