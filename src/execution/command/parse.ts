import { executionError } from '../errors.ts';

interface Word {
  text: string;
  /** 1-based column of its first character. */
  column: number;
}

type Platform = NodeJS.Platform;

const TYPOGRAPHIC = /[\u2018\u2019\u201C\u201D\u00AB\u00BB]/u;

/**
 * Splits a command line into arguments by the quoting rules of a POSIX shell, without any expansion. What only a
 * shell could do (pipes, redirections, variables) is refused rather than handed to the program as text.
 * On Windows a backslash is a character like any other, except before a quote.
 */
export function parseCommand(text: string, platform: Platform = process.platform): [string, ...string[]] {
  const words: Word[] = [];
  let word: Word | undefined;
  let i = 0;
  const add = (piece: string): void => {
    word ??= { text: '', column: i + 1 };
    word.text += piece;
  };
  while (i < text.length) {
    const char = text[i] as string;
    const next = text[i + 1];
    if (/\s/u.test(char)) {
      if (word) words.push(word);
      word = undefined;
    } else if (char === "'") {
      const end = text.indexOf("'", i + 1);
      if (end < 0) throw unclosed("'", i);
      add(text.slice(i + 1, end));
      i = end;
    } else if (char === '"') {
      add('');
      i = readDoubleQuoted(text, i, platform, (piece) => add(piece));
    } else if (char === '\\') {
      if (platform === 'win32' && next !== '"' && next !== "'") add(char);
      else if (next === undefined) {
        throw executionError('COMMAND_UNREADABLE', `The command ends in a backslash (column ${i + 1}).`, {
          remedy: 'Remove the backslash, or put quotes around it.',
        });
      } else {
        const lineBreak = /^\r?\n/u.exec(text.slice(i + 1, i + 3))?.[0];
        if (lineBreak === undefined) add(next);
        i += lineBreak?.length ?? 1;
      }
    } else {
      refuseBare(text, i, word === undefined);
      add(char);
    }
    i++;
  }
  if (word) words.push(word);
  return checked(words);
}

function readDoubleQuoted(
  text: string,
  start: number,
  platform: Platform,
  add: (piece: string) => void,
): number {
  for (let i = start + 1; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '"') return i;
    const next = text[i + 1] ?? '';
    const isEscape = char === '\\' && (platform === 'win32' ? next === '"' : /["\\$`\n]/u.test(next));
    if (isEscape) {
      if (next !== '\n') add(next);
      i++;
    } else {
      refuseExpansion(text, i);
      add(char);
    }
  }
  throw unclosed('"', start);
}

/** Characters that mean something to a shell when they stand outside quotes. */
function refuseBare(text: string, at: number, isFirst: boolean): void {
  const char = text[at] as string;
  const rest = text.slice(at);
  if (/[|&;<>]/u.test(char)) {
    const operator = /^(?:[|&;<>]+\d?)/u.exec(rest)?.[0] ?? char;
    throw needsShell(`'${operator}'`, at);
  }
  if (isFirst && char === '#') throw needsShell("'#'", at);
  if (isFirst && /^~(?:\/|\s|$)/u.test(rest)) throw needsShell("'~'", at);
  if (isFirst && /^[\u2013\u2014]\p{L}/u.test(rest)) {
    throw executionError(
      'COMMAND_UNREADABLE',
      `Column ${at + 1} holds a dash '${char}' where '--' is meant.`,
      {
        remedy: 'Type the option again with two hyphens.',
      },
    );
  }
  if (TYPOGRAPHIC.test(char)) {
    throw executionError('COMMAND_UNREADABLE', `Column ${at + 1} holds a typographic quote ${char}.`, {
      remedy: 'Use straight quotes (\' or ").',
    });
  }
  refuseExpansion(text, at);
}

function refuseExpansion(text: string, at: number): void {
  const found = /^(?:`|\$\(|\$\{?[A-Za-z_]\w*\}?)/u.exec(text.slice(at, at + 80));
  if (found) throw needsShell(`'${found[0]}'`, at);
}

function needsShell(what: string, at: number): Error {
  return executionError(
    'COMMAND_NEEDS_SHELL',
    `The command holds ${what} at column ${at + 1}, which only a shell understands; the command runs without one.`,
    { remedy: 'Set `shell: true`, or put single quotes around it if it is meant literally.' },
  );
}

function unclosed(quote: string, at: number): Error {
  return executionError('COMMAND_UNREADABLE', `The quote ${quote} at column ${at + 1} is never closed.`, {
    remedy: `Close it, or write \\${quote} for a literal ${quote}.`,
  });
}

function checked(words: Word[]): [string, ...string[]] {
  const [first, ...rest] = words;
  if (first === undefined || first.text === '') {
    throw executionError('COMMAND_EMPTY', 'The training command is empty.', {
      remedy:
        'Write it under `train:`, for instance `python train.py --config {config} --out {output} --seed {seed}`.',
    });
  }
  const assignment = /^([A-Za-z_]\w*)=(.*)$/su.exec(first.text);
  if (assignment) {
    throw executionError(
      'COMMAND_NEEDS_SHELL',
      `The command begins with the assignment '${first.text}' (column ${first.column}), which only a shell understands.`,
      {
        remedy: `Write \`environment: { ${assignment[1]}: "${assignment[2]}" }\` and let the command begin with the program.`,
      },
    );
  }
  return [first.text, ...rest.map((word) => word.text)];
}
