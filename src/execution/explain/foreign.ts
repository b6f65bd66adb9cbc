import { isUsers, type Frame } from './frames.ts';

/** The fatal error of a program that is not Python. */
export interface ForeignError {
  title: string;
  place: Frame | undefined;
}

interface Language {
  /** Matches the line that names the error; group 1 (and 2) is what to show. */
  pattern: RegExp;
  /** Matches one level of the call stack below it: file, line. Innermost first. */
  frame?: RegExp;
  /** Only with a stack below it. */
  needsFrame?: boolean;
  /** The message may stand on the next line. */
  usesNextLine?: boolean;
  prefix?: string;
}

const LANGUAGES: readonly Language[] = [
  {
    pattern: /^(?:Uncaught )?((?:[A-Z]\w*)(?: \[[\w-]+\])?: .*|[A-Z]\w*Error)$/u,
    frame: /^\s+at (?:.*\()?(?:file:\/\/)?(.+?):(\d+):\d+\)?$/u,
    needsFrame: true,
  },
  {
    pattern: /^(?:Exception in thread "[^"]*" |Caused by: )?([\w.$]+(?:Exception|Error)(?:: .*)?)$/u,
    frame: /^\s+at [\w.$<>/]+\(([\w.$]+):(\d+)\)$/u,
    needsFrame: true,
  },
  { pattern: /^Unhandled exception\. (.+)$/u, frame: /^\s+at .* in (.+):line (\d+)$/u },
  {
    pattern: /^thread '.*' (?:\(\d+\) )?panicked at (?:'(.*)', )?(?:.+:\d+:\d+):?$/u,
    usesNextLine: true,
    prefix: 'panic',
  },
  { pattern: /^(panic: .*|fatal error: .*)$/u, frame: /^\t(\/.+?\.go):(\d+)/u },
  {
    pattern: /^ERROR: (?:LoadError: )?(.+)$/u,
    frame: /^(?:\s+@ .*|in expression starting at )(?<= )(\S+?\.jl):(\d+)/u,
    needsFrame: true,
  },
  { pattern: /^(Error(?: in .*?)? ?: ?.*)$/u, usesNextLine: true },
  { pattern: /^terminate called after throwing an instance of '(.+)'$/u, usesNextLine: true },
  { pattern: /^(?:\S+: )?(\S+:\d+: .*Assertion [`'].*' failed\.?)$/u },
  { pattern: /^\S+?:\d+:in [`'].*': (.+ \(\w+(?:::\w+)*\))$/u },
  { pattern: /^(?:lua\w*|luajit): (.+)$/u },
];

const STACK_LINES = 40;

/** The last fatal error in the lines of a log, with the place in the user's code where the stack tells it. */
export function foreignError(lines: readonly string[]): ForeignError | undefined {
  for (let i = lines.length - 1; i >= 0; i--) {
    for (const language of LANGUAGES) {
      const match = language.pattern.exec(lines[i] as string);
      if (!match) continue;
      const frames = framesBelow(lines, i, language);
      if (language.needsFrame && frames.length === 0) continue;
      return {
        title: titleOf(match, lines[i + 1] ?? '', language),
        place: frames.find(isUsers) ?? placeIn(match[0]),
      };
    }
  }
  return undefined;
}

function framesBelow(lines: readonly string[], at: number, { frame }: Language): Frame[] {
  if (!frame) return [];
  return lines.slice(at + 1, at + 1 + STACK_LINES).flatMap((line) => {
    const match = frame.exec(line);
    return match?.[1] === undefined ? [] : [{ file: match[1], line: Number(match[2]) }];
  });
}

function titleOf(match: RegExpExecArray, next: string, { usesNextLine, prefix }: Language): string {
  const own = (match[1] ?? '').trim().replace(/ ?:$/u, '');
  const following =
    usesNextLine && !/^(?:Calls?:|Execution halted|note:|Aborted|Traceback|\s*$)/u.test(next)
      ? next.trim()
      : '';
  const detail = following.replace(/^what\(\):\s*/u, '');
  const isComplete = own !== '' && !match[0].trim().endsWith(':') && !following.startsWith('what()');
  const parts = isComplete || detail === own ? [own] : [own, detail];
  return [prefix ?? '', ...parts].filter((part) => part !== '').join(': ');
}

function placeIn(line: string): Frame | undefined {
  const match = /([\w./-]+\.\w+):(\d+):\d+:?$/u.exec(line);
  return match?.[1] === undefined ? undefined : { file: match[1], line: Number(match[2]) };
}
