import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessRow, ProcessTable } from '../../processes/process.ts';
import { logSizes } from './logs.ts';
import type { RunProcesses } from './members.ts';

export interface Leftovers {
  count: number;
  description: string;
  /** CPU time they had used when they were ended, seconds. */
  cpuSeconds: number;
  /** They computed or wrote output after the main process had ended. */
  areBusy: boolean;
}

export interface LeftoverOptions {
  processes: RunProcesses;
  table: ProcessTable;
  directory: string;
  /** The group number is surely not recycled yet. */
  isGroupOurs: boolean;
  /** How long they may take to end by themselves. */
  lingerMs: number;
  /** Between SIGTERM and SIGKILL. */
  graceMs: number;
  /** Becomes true when everything is to end now. */
  isHurried: () => boolean;
}

const POLL_MS = 5;
const LONGEST_POLL_MS = 200;
/** A process in an uninterruptible wait (a dead network disk, a hung driver) survives even SIGKILL. */
const KILL_PATIENCE_MS = 10_000;
const BUSY_SHARE = 0.2;

/** Ends what a run left behind after its main process; undefined when nothing was, or it went by itself in time. */
export async function endLeftovers(options: LeftoverOptions): Promise<Leftovers | undefined> {
  const { processes, lingerMs, graceMs, isHurried } = options;
  let members = await processes.find(options.isGroupOurs);
  if (members.length === 0) return undefined;
  const before = {
    cpu: await cpuOf(members, options.table),
    bytes: await logBytes(options.directory),
    at: performance.now(),
  };
  members = await waitUntilGone(processes, members, lingerMs, isHurried);
  if (members.length === 0) return undefined;
  const cpuSeconds = await cpuOf(members, options.table);
  const seconds = (performance.now() - before.at) / 1000;
  const leftovers = {
    count: members.length,
    description: await processes.describe(members),
    cpuSeconds,
    areBusy:
      cpuSeconds - before.cpu > seconds * BUSY_SHARE || (await logBytes(options.directory)) > before.bytes,
  };
  members = await endProcesses(processes, members, graceMs, isHurried);
  if (members.length > 0) leftovers.description += '; some did not even end by SIGKILL';
  return leftovers;
}

/** SIGTERM, grace, SIGKILL; returns what even that did not end. */
export async function endProcesses(
  processes: RunProcesses,
  found: ProcessRow[],
  graceMs: number,
  isHurried: () => boolean,
): Promise<ProcessRow[]> {
  let members = found;
  if (members.length > 0 && !isHurried()) {
    await processes.signal('SIGTERM');
    members = await waitUntilGone(processes, members, graceMs, isHurried);
  }
  for (
    const deadline = performance.now() + KILL_PATIENCE_MS;
    members.length > 0 && performance.now() < deadline;
  ) {
    await processes.signal('SIGKILL');
    members = await waitUntilGone(processes, members, LONGEST_POLL_MS, () => false);
  }
  return members;
}

async function waitUntilGone(
  processes: RunProcesses,
  members: ProcessRow[],
  patienceMs: number,
  isHurried: () => boolean,
): Promise<ProcessRow[]> {
  let left = members;
  const deadline = performance.now() + patienceMs;
  for (
    let poll = POLL_MS;
    left.length > 0 && performance.now() < deadline && !isHurried();
    poll = Math.min(poll * 2, LONGEST_POLL_MS)
  ) {
    await sleep(Math.min(poll, Math.max(1, deadline - performance.now())));
    left = await processes.find();
  }
  return left;
}

async function cpuOf(members: readonly ProcessRow[], table: ProcessTable): Promise<number> {
  const pids = new Set(members.map((row) => row.pid));
  const roots = members.filter((row) => !pids.has(row.parent));
  const usages = await Promise.all(roots.map((row) => table.tree(row.pid)));
  return usages.reduce((sum, usage) => sum + (usage?.cpuSeconds ?? 0), 0);
}

async function logBytes(directory: string): Promise<number> {
  const sizes = await logSizes(directory);
  return sizes.reduce((sum, size) => sum + size, 0);
}
