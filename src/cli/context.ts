import { useColor } from './color.ts';

/** Where a command reads and writes. Data goes to stdout, everything else to stderr. */
export interface Context {
  cwd: string;
  isJson: boolean;
  isQuiet: boolean;
  /** Whether stdout and stderr take colours. */
  color: { stdout: boolean; stderr: boolean };
  /** Whether stderr is a terminal that a live view can draw on. */
  isLive: boolean;
  /** Whether the user can be asked. */
  canAsk: boolean;
  out(text: string): void;
  /** A message on stderr, silenced by --quiet. */
  say(text: string): void;
  /** The command's one JSON document. */
  json(document: unknown): void;
}

export function createContext(options: Readonly<Record<string, unknown>>): Context {
  const isJson = options['json'] === true;
  const isQuiet = options['quiet'] === true;
  const wantsColor = options['color'] !== false;
  const isDumb = process.env['TERM'] === 'dumb';
  return {
    cwd: process.cwd(),
    isJson,
    isQuiet,
    color: { stdout: wantsColor && useColor(process.stdout), stderr: wantsColor && useColor(process.stderr) },
    isLive: process.stderr.isTTY && !isDumb && !isQuiet,
    canAsk: process.stdin.isTTY && process.stderr.isTTY && !isJson && process.env['CI'] === undefined,
    out: (text) => void process.stdout.write(text),
    say: (text) => {
      if (!isQuiet) process.stderr.write(`${text}\n`);
    },
    json: (document) => void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`),
  };
}
