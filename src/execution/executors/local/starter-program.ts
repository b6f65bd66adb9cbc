import type { ChildProcess } from 'node:child_process';

/** Held processes to start, and words to those that are held. */
export type StarterRequest =
  | {
      id: number;
      file: string;
      argv: string[];
      cwd: string;
      /** What the process's environment has beside the starter's own. */
      env: Readonly<Record<string, string>>;
      stdout: string;
      stderr: string;
    }
  | { id: number; word: 'go' | 'drop' };

/**
 * The whole program of the starter, run from its text in a Node of its own: it may name nothing of this module. A request a line
 * comes in; `up`, `pid ID PID`, `end ID STATUS SIGNAL` (`-`: none) and `not ID` go out. It ends with its standard input, and
 * what it holds then goes without having begun.
 */
export function starterProgram(): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { closeSync, openSync } = process.getBuiltinModule('node:fs');
  const inherited = { ...process.env };
  const gates = new Map<number, NonNullable<ChildProcess['stdin']>>();
  const say = (...words: (string | number)[]): void => void process.stdout.write(`${words.join(' ')}\n`);

  const hold = (request: Exclude<StarterRequest, { word: string }>): void => {
    const { id, file, argv, cwd, env } = request;
    const logs: number[] = [];
    try {
      for (const log of [request.stdout, request.stderr]) logs.push(openSync(log, 'a'));
      const child = spawn(file, argv, {
        cwd,
        env: { ...inherited, ...env },
        detached: true,
        stdio: ['pipe', ...logs],
      });
      child.once('error', () => say('not', id));
      if (child.pid === undefined || !child.stdin) return;
      // The process may be gone when it gets the word; its end tells.
      child.stdin.on('error', () => {});
      gates.set(id, child.stdin);
      child.once('exit', (status, signal) => {
        gates.delete(id);
        say('end', id, status ?? '-', signal ?? '-');
      });
      say('pid', id, child.pid);
    } catch {
      say('not', id);
    } finally {
      for (const log of logs) closeSync(log);
    }
  };

  const hear = (request: StarterRequest): void => {
    if (!('word' in request)) return hold(request);
    const gate = gates.get(request.id);
    gates.delete(request.id);
    if (request.word === 'go') gate?.end('\n');
    else gate?.destroy();
  };

  let rest = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(JSON.parse(line));
  });
  process.stdin.on('end', () => process.exit());
  process.stdout.on('error', () => process.exit());
  say('up');
}
