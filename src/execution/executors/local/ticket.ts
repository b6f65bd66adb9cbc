import { readFileSync, renameSync, unlink, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunTicket } from '../../_contract.ts';
import { executionError } from '../../errors.ts';

/** What a later orchestrator needs to know of a run on this machine. */
export interface LocalTicket extends RunTicket {
  executor: 'local';
  runId: string;
  /** Random, in the environment of every process of this start: proves that a process belongs to it. */
  token: string;
  /** The process that supervises, also its process group; null: about to be started. */
  pid: number | null;
  /** Start of that process, as the process table counts: a recycled pid has another. */
  start: number | null;
  /** Boot of the machine; null where the system does not tell. */
  boot: string | null;
  host: string;
  /** Wall clock, ms. */
  startedAt: number;
  /** CUDA_VISIBLE_DEVICES that it was leased; null: none. */
  gpus: string | null;
  /** The kernel's out-of-memory kills before it started; null where unknown. */
  oomKills: number | null;
}

/** A ticket as it comes back from storage; undefined when it is not one of ours. */
export function readTicket(ticket: RunTicket): LocalTicket | undefined {
  const text = (key: string): string | null => (typeof ticket[key] === 'string' ? ticket[key] : null);
  const number = (key: string): number | null => (typeof ticket[key] === 'number' ? ticket[key] : null);
  const [runId, token, startedAt] = [text('runId'), text('token'), number('startedAt')];
  if (ticket.executor !== 'local' || runId === null || token === null || startedAt === null) return undefined;
  return {
    executor: 'local',
    runId,
    token,
    pid: number('pid'),
    start: number('start'),
    boot: text('boot'),
    host: text('host') ?? '',
    startedAt,
    gpus: text('gpus'),
    oomKills: number('oomKills'),
  };
}

/**
 * The ticket also lies beside the logs, from before the training starts: no moment of a crash loses a running training.
 * `isBefore`: it has not started yet, so that a ticket which cannot be written keeps it from doing so.
 */
export function saveTicket(directory: string, ticket: LocalTicket, isBefore: boolean): void {
  const file = join(directory, 'ticket.json');
  const text = `${JSON.stringify(ticket)}\n`;
  try {
    if (isBefore) writeFileSync(file, text);
    else {
      writeFileSync(`${file}.tmp`, text);
      renameSync(`${file}.tmp`, file);
    }
  } catch (error) {
    // The process already runs: its first ticket stands there, and its token leads to it.
    if (isBefore) throw directoryUnwritable(directory, error);
  }
}

/** A run whose outcome is known must not be found again in place of a later one in the same folder. */
export function dropTicket(directory: string): void {
  // Nobody waits for it. A folder that can no longer be written to keeps it; the next start overwrites it.
  unlink(join(directory, 'ticket.json'), () => {});
}

export function loadTicket(directory: string): LocalTicket | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(directory, 'ticket.json'), 'utf8'));
    return typeof value === 'object' && value !== null ? readTicket({ executor: '', ...value }) : undefined;
  } catch {
    return undefined;
  }
}

export function directoryUnwritable(directory: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return executionError(
    'RUN_DIRECTORY_UNWRITABLE',
    `The logs of the run cannot be written to ${directory}: ${reason}.`,
    {
      cause: error,
      remedy: 'Free space on that disk and check the permissions of that folder.',
    },
  );
}
