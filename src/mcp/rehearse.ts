import { spawn } from 'node:child_process';
import { z } from 'zod';
import { mcpError } from './errors.ts';
import { readJobError, toPawlError } from './job-error.ts';
import type { Place } from './place.ts';

const MOST_CHARACTERS = 16_000_000;

/** Runs a `pawl` command that does nothing lasting, and gives its document. It ends with the request. */
export async function rehearse(
  place: Place,
  root: string,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const [program, ...first] = place.pawl;
  const child = spawn(program, [...first, ...argv], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
    if (stdout.length > MOST_CHARACTERS) child.kill();
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (stderr = (stderr + piece).slice(-4000)));
  const failed = await new Promise<Error | undefined>((resolve) => {
    child.once('error', resolve).once('close', () => resolve(undefined));
  });
  signal.throwIfAborted();
  const document = parse(stdout);
  const error = readJobError(document);
  if (error) throw toPawlError(error);
  const parsed = z.looseObject({}).safeParse(document);
  if (parsed.success && !failed) return parsed.data;
  throw mcpError(
    'MCP_JOB_NOT_STARTED',
    `pawl ${argv.join(' ')} gave no answer: ${failed?.message ?? stderr.trim().split('\n').at(-1) ?? ''}`,
    { remedy: `Run it in a terminal in ${root}.` },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
