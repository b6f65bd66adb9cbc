import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from '../../_contract.ts';
import { executionError } from '../../errors.ts';
import type { ProcessTable } from '../../processes/process.ts';
import { LOGS } from './logs.ts';
import { heldProcess, startedProcess, type MainProcess } from './main-process.ts';
import type { Starter } from './starter.ts';
import { directoryUnwritable } from './ticket.ts';
import { exitFileOf, SHELL, wrapperArguments } from './wrapper.ts';

export interface LaunchOptions {
  spec: RunSpec;
  /** What to execute; the program with full path. */
  argv: [string, ...string[]];
  token: string;
  /** Environment to inherit, and the executor's own additions. */
  env: NodeJS.ProcessEnv;
  ownEnv: Readonly<Record<string, string>>;
  /** Only the supervising shell starts, and waits for the word. */
  isHeld?: boolean;
}

export interface Launched {
  pid: number;
  main: MainProcess;
  /** Of a held run. */
  gate: Gate | null;
}

/** Where a held run gets the word. */
export interface Gate {
  /** It begins, unless it is gone; false where nobody heard. */
  go(): boolean;
  /** It never does. */
  drop(): void;
}

/**
 * Starts the process of a run in a session of its own. Its output goes straight to files: no pipe can fill up or break,
 * the training outlives us, and our memory does not depend on what it prints.
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { spec, argv, token, isHeld = false } = options;
  const isWrapped = process.platform !== 'win32';
  const exitFile = exitFileOf(spec.directory);
  forgetExit(exitFile);
  const child = isWrapped
    ? open(options, SHELL, wrapperArguments(exitFile, token, argv, isHeld))
    : open(options, argv[0], argv.slice(1));
  const main = startedProcess(child, isWrapped ? exitFile : null, token);
  const { pid } = child;
  if (pid !== undefined) return { pid, main, gate: gateOf(child) };
  return new Promise((_resolve, reject) => {
    child.once('error', (error) => reject(notStartable(argv[0], error)));
  });
}

/** A held run, started by the starter; undefined where that does not work out. */
export async function launchBy(
  starter: Starter,
  table: ProcessTable,
  { spec, argv, token, env, ownEnv }: LaunchOptions,
): Promise<Launched | undefined> {
  const exitFile = exitFileOf(spec.directory);
  forgetExit(exitFile);
  const [stdout, stderr] = LOGS;
  const held = await starter.hold({
    file: SHELL,
    argv: wrapperArguments(exitFile, token, argv, true),
    cwd: spec.cwd,
    env: { ...spec.env, ...ownEnv, ...marksOf(spec, token, env) },
    stdout: join(spec.directory, stdout),
    stderr: join(spec.directory, stderr),
  });
  if (!held) return undefined;
  const { pid } = held;
  const start = (await table.find(pid))?.start ?? null;
  return { pid, main: heldProcess({ held, table, pid, start, exitFile, token }), gate: held };
}

function gateOf({ stdin }: ChildProcess): Gate | null {
  if (!stdin) return null;
  // The shell may be gone when it gets the word; its end tells.
  stdin.on('error', () => {});
  const go = (): boolean => {
    stdin.end('\n');
    return true;
  };
  return { go, drop: () => void stdin.destroy() };
}

/** What every training finds in its environment, unless the user says otherwise. */
export const COMMON_ENV = { PYTHONUNBUFFERED: '1' };

/** By which the processes of a run are known. */
function marksOf({ runId }: RunSpec, token: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const outer = env['PAWL_RUN_TOKEN'];
  // A run inside a run belongs to both, so that ending the outer one finds it.
  return { PAWL_RUN_ID: runId, PAWL_RUN_TOKEN: outer === undefined ? token : `${outer}:${token}` };
}

/** A folder that is used again must not tell of the former end. */
function forgetExit(exitFile: string): void {
  try {
    unlinkSync(exitFile);
  } catch {
    // There is none, as a rule; one that cannot be removed has another token.
  }
}

function open(
  { spec, token, env, ownEnv, isHeld = false }: LaunchOptions,
  file: string,
  argv: string[],
): ChildProcess {
  const [stdout, stderr] = openLogs(spec.directory);
  try {
    return spawn(file, argv, {
      cwd: spec.cwd,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: [isHeld ? 'pipe' : 'ignore', stdout, stderr],
      env: { ...COMMON_ENV, ...env, ...spec.env, ...ownEnv, ...marksOf(spec, token, env) },
    });
  } catch (error) {
    throw notStartable(argv[0] ?? file, error);
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

function openLogs(directory: string): [stdout: number, stderr: number] {
  const opened: number[] = [];
  try {
    for (const log of LOGS) opened.push(openSync(join(directory, log), 'a'));
    return opened as [number, number];
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    throw directoryUnwritable(directory, error);
  }
}

function notStartable(program: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const remedies: Record<string, string> = {
    E2BIG: 'Shorten the command line: hand long values over in a file.',
    EAGAIN: 'Too many processes run for this user: end some, or raise `ulimit -u`.',
    ENOMEM: 'Free some memory.',
    EMFILE: 'Too many files are open: raise `ulimit -n`.',
  };
  return executionError('COMMAND_NOT_STARTABLE', `'${program}' could not be started: ${reason}.`, {
    cause: error,
    remedy: (typeof code === 'string' ? remedies[code] : undefined) ?? 'Check the command and its arguments.',
  });
}
