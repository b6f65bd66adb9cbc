import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import type { ProcessRow, ProcessTable, TreeUsage } from './process.ts';

/** Linux reports CPU time in 1/100 s to user space on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Stat extends ProcessRow {
  cpuTicks: number;
}

const buffer = Buffer.allocUnsafe(64 * 1024);

/** A file of /proc as text, `undefined` when the process is gone or not ours to read. Files there have no size and never block. */
function read(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    let text = '';
    for (;;) {
      const length = readSync(fd, buffer, 0, buffer.length, null);
      text += buffer.toString('latin1', 0, length);
      if (length < buffer.length) return text;
    }
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** Fields as in proc(5); the command name may itself hold spaces and parentheses, so counting starts after the last one. */
export function parseStat(pid: number, text: string): Stat | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  if (!Number.isFinite(field(22))) return undefined;
  return {
    pid,
    parent: field(4),
    group: field(5),
    session: field(6),
    start: field(22),
    isZombie: fields[0] === 'X' || (fields[0] === 'Z' && field(20) <= 1),
    cpuTicks: field(14) + field(15) + field(16) + field(17),
  };
}

function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(pid, text);
}

/**
 * Starts of processes by pid, so that those older than a run need not be read again at its end. A pid would have to be
 * recycled within KNOWN_MS to be mistaken; the kernel hands pids out in turn, so it cannot come round that soon.
 */
const known = new Map<number, number>();
let knownSinceMs = -Infinity;
const KNOWN_MS = 2000;

function listSince(since: number): Stat[] {
  if (performance.now() - knownSinceMs > KNOWN_MS) {
    known.clear();
    knownSinceMs = performance.now();
  }
  const rows: Stat[] = [];
  for (const name of readdirSync('/proc')) {
    const first = name.charCodeAt(0);
    if (first < 49 || first > 57) continue;
    const pid = Number(name);
    if ((known.get(pid) ?? Infinity) < since) continue;
    const row = statOf(pid);
    if (!row) continue;
    known.set(pid, row.start);
    if (row.start >= since) rows.push(row);
  }
  return rows;
}

function numbersIn(text: string): number[] {
  return text.split(' ').filter(Boolean).map(Number);
}

/** Children of a process by the kernel's own list; undefined where the kernel was built without it. */
function childrenOf(pid: number): number[] | undefined {
  const first = read(`/proc/${pid}/task/${pid}/children`);
  if (first === undefined) return undefined;
  const children = numbersIn(first);
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      if (thread === String(pid)) continue;
      children.push(...numbersIn(read(`/proc/${pid}/task/${thread}/children`) ?? ''));
    }
  } catch {
    // The process ended while it was read; what was seen until then stands.
  }
  return children;
}

function treeOf(root: Stat): Stat[] {
  const tree = [root];
  let all: Stat[] | undefined;
  for (let i = 0; i < tree.length; i++) {
    const pid = (tree[i] as Stat).pid;
    const children = all ? undefined : childrenOf(pid);
    if (children) {
      for (const child of children) {
        const row = statOf(child);
        if (row) tree.push(row);
      }
    } else {
      all ??= listSince(0);
      tree.push(...all.filter((row) => row.parent === pid));
    }
  }
  return tree;
}

function kilobytes(status: string, name: string): number {
  const at = status.indexOf(`\n${name}:`);
  return at < 0 ? 0 : Number.parseInt(status.slice(at + name.length + 2, at + name.length + 24), 10) || 0;
}

/** Linux: everything from /proc, without starting a process. */
export const procfs: ProcessTable = {
  bootId: async () => read('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
  find: async (pid) => statOf(pid),
  list: async (since = 0) => listSince(since),
  async carriersOf(token, rows) {
    const found = new Set<number>();
    for (const { pid, isZombie } of rows) {
      if (isZombie || pid === 2) continue;
      if (read(`/proc/${pid}/environ`)?.includes(token)) found.add(pid);
    }
    return found;
  },
  async tree(pid): Promise<TreeUsage | undefined> {
    const root = statOf(pid);
    if (!root) return undefined;
    const processes = treeOf(root);
    let memory = 0;
    let largest = 0;
    let ticks = 0;
    for (const row of processes) {
      ticks += row.cpuTicks;
      const status = read(`/proc/${row.pid}/status`) ?? '';
      memory += kilobytes(status, 'VmRSS');
      largest = Math.max(largest, kilobytes(status, 'VmHWM'));
    }
    return {
      cpuSeconds: ticks / TICKS_PER_SECOND,
      memoryBytes: memory * 1024,
      largestBytes: largest * 1024,
      processes,
    };
  },
  commandOf: async (pid) => {
    const raw = read(`/proc/${pid}/cmdline`) ?? '';
    return Buffer.from(raw, 'latin1').toString('utf8').replaceAll('\0', ' ').trim();
  },
};
