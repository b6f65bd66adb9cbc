import { spawn } from 'node:child_process';

export interface BriefLimits {
  cwd: string;
  environment: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** Bytes of output; more ends the program. */
  mostBytes: number;
  signal?: AbortSignal | undefined;
}

export interface BriefRun {
  /** `not-started`: there is no such program, or it may not be run. */
  end: 'exit' | 'timeout' | 'too-long' | 'aborted' | 'not-started';
  /** Exit code; null where a signal ended it, or it was not started. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a program that only says something, without a shell and without input. It and whatever it started are killed as one
 * process group when it takes too long or says too much, and what it left behind when it ended.
 */
export function runBriefly(argv: readonly string[], limits: BriefLimits): Promise<BriefRun> {
  const { cwd, environment, timeoutMs, mostBytes, signal } = limits;
  return new Promise((resolve) => {
    const [program = '', ...args] = argv;
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const texts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    let bytes = 0;
    let end: BriefRun['end'] = 'exit';
    const killAll = (): void => {
      try {
        if (child.pid === undefined) return;
        if (process.platform === 'win32') child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group has ended.
      }
    };
    const stop = (why: BriefRun['end']): void => {
      if (end === 'exit') end = why;
      killAll();
      // Something that left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes) stop('too-long');
        else texts[name].push(chunk);
      });
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    const abort = (): void => stop('aborted');
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      killAll();
      const text = (name: 'stdout' | 'stderr'): string => Buffer.concat(texts[name]).toString('utf8');
      resolve({ end, code, stdout: text('stdout'), stderr: text('stderr') });
    };
    child.once('error', () => {
      end = 'not-started';
      finish(null);
    });
    // What it left running may keep its output open: its own end counts, not the closing of the pipes.
    child.once('exit', (code) => {
      killAll();
      const late = setTimeout(() => stop('exit'), 500);
      child.once('close', () => {
        clearTimeout(late);
        finish(code);
      });
    });
  });
}
