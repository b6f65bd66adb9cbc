import type { ChildProcess } from 'node:child_process';
import type { ProcessTable } from '../../processes/process.ts';
import type { HeldProcess } from './starter.ts';
import { readExitRecord } from './wrapper.ts';

/** How the supervising process of a run ended. */
export interface MainEnd {
  /** Exit status as a shell counts it (128 + n: signal n); null: nobody knows. */
  status: number | null;
  /** The signal that ended the supervising process itself. */
  signal: string | null;
  cpuSeconds: number | null;
  endedAt: number;
}

export interface MainProcess {
  readonly ended: Promise<MainEnd>;
  /** At `ended` it has ended only now, so that nobody else can have its number, and that of its group, yet. */
  readonly endsNow: boolean;
  /** Whether its pid is surely still ours, so that its group may be signalled. */
  isOurs(): Promise<boolean>;
  /** Lets go of it without ending it. */
  release(): void;
}

/** A process that we have started ourselves. */
export function startedProcess(child: ChildProcess, exitFile: string | null, token: string): MainProcess {
  let hasEnded = false;
  const ended = new Promise<MainEnd>((resolve) => {
    child.once('exit', (status, signal) => {
      hasEnded = true;
      const record = exitFile === null ? undefined : readExitRecord(exitFile, token);
      resolve({ status, signal, cpuSeconds: record?.cpuSeconds ?? null, endedAt: Date.now() });
    });
  });
  return { ended, endsNow: true, isOurs: async () => !hasEnded, release: () => child.unref() };
}

const POLL_MS = 100;

export interface FoundProcessOptions {
  table: ProcessTable;
  pid: number;
  start: number;
  exitFile: string;
  token: string;
}

/** A process that an earlier orchestrator started; nobody tells us when it ends, so we look. */
export function foundProcess({ table, pid, start, exitFile, token }: FoundProcessOptions): MainProcess {
  let timer: NodeJS.Timeout | undefined;
  let isReleased = false;
  const isOurs = async (): Promise<boolean> => {
    const row = await table.find(pid);
    return row !== undefined && row.start === start && !row.isZombie;
  };
  const ended = new Promise<MainEnd>((resolve) => {
    const look = async (): Promise<void> => {
      if (!(await isOurs())) return resolve(endFrom(exitFile, token));
      if (!isReleased) timer = setTimeout(() => void look(), POLL_MS);
    };
    void look();
  });
  return {
    ended,
    endsNow: true,
    isOurs,
    release() {
      isReleased = true;
      clearTimeout(timer);
    },
  };
}

/** A process that a starter started for us. Without the starter it is one of those that we have to look for. */
export function heldProcess({
  held,
  ...found
}: Omit<FoundProcessOptions, 'start'> & { held: HeldProcess; start: number | null }): MainProcess {
  const { table, pid, start, exitFile, token } = found;
  let hasEnded = false;
  let isReleased = false;
  let alone: MainProcess | undefined;
  const ended = held.ended.then((end): Promise<MainEnd> | MainEnd => {
    if (end) {
      hasEnded = true;
      const { cpuSeconds = null } = readExitRecord(exitFile, token) ?? {};
      return { ...end, cpuSeconds, endedAt: Date.now() };
    }
    alone = start === null ? goneProcess(exitFile, token) : foundProcess({ ...found, start });
    if (isReleased) alone.release();
    return alone.ended;
  });
  return {
    ended,
    endsNow: true,
    // The starter learns of its end a moment before we do: its number may be another's already.
    async isOurs() {
      const row = hasEnded ? undefined : await table.find(pid);
      return row !== undefined && row.start === start && !row.isZombie;
    },
    release() {
      isReleased = true;
      alone?.release();
    },
  };
}

/** A process that is gone: only its exit file can tell. */
export function goneProcess(exitFile: string, token: string): MainProcess {
  return {
    ended: Promise.resolve(endFrom(exitFile, token)),
    endsNow: false,
    isOurs: async () => false,
    release: () => {},
  };
}

function endFrom(exitFile: string, token: string): MainEnd {
  const record = readExitRecord(exitFile, token);
  return {
    status: record?.status ?? null,
    signal: null,
    cpuSeconds: record?.cpuSeconds ?? null,
    endedAt: record?.endedAt ?? Date.now(),
  };
}
