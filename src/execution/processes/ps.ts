import { execFile } from 'node:child_process';
import { treeUsage, type MeasuredRow } from './measured.ts';
import type { ProcessTable } from './process.ts';

const COLUMNS = 'pid=,ppid=,pgid=,stat=,rss=,time=,lstart=';

/** Output of a system tool, empty when it fails: a process that is gone is no error here. */
function outputOf(program: string, argv: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return new Promise((resolve) => {
    execFile(program, [...argv], { env, maxBuffer: 64 * 1024 * 1024, timeout: 10_000 }, (_error, stdout) =>
      resolve(stdout),
    );
  });
}

/** CPU time as ps prints it: `0:01.23` and `12:03:04.50` on macOS, `00:01:02` and `3-04:05:06` on Linux. */
export function parseCpuTime(text: string): number {
  const [days, clock] = text.includes('-') ? (text.split('-') as [string, string]) : ['0', text];
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

/** Rows of `ps -o pid=,ppid=,pgid=,stat=,rss=,time=,lstart=`; lstart is five words, here in UTC. */
export function parsePs(output: string): MeasuredRow[] {
  const rows: MeasuredRow[] = [];
  for (const line of output.split('\n')) {
    const [pid, parent, group, state = '', kilobytes, time = '', ...lstart] = line.trim().split(/\s+/u);
    const start = Date.parse(`${lstart.slice(1).join(' ')} UTC`);
    if (Number.isNaN(start)) continue;
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: null,
      start,
      isZombie: state.startsWith('Z'),
      memoryBytes: Number(kilobytes) * 1024,
      largestBytes: 0,
      cpuSeconds: parseCpuTime(time),
    });
  }
  return rows;
}

async function listAll(): Promise<MeasuredRow[]> {
  return parsePs(await outputOf('ps', ['-A', '-o', COLUMNS]));
}

/** macOS and other systems without /proc: everything from `ps`, in the columns that POSIX systems share. */
export const ps: ProcessTable = {
  async bootId() {
    const bootTime = await outputOf('sysctl', ['-n', 'kern.boottime']);
    return /sec = (\d+)/u.exec(bootTime)?.[1] ?? null;
  },
  find: async (pid) => parsePs(await outputOf('ps', ['-o', COLUMNS, '-p', String(pid)]))[0],
  list: async (since = 0) => (await listAll()).filter((row) => row.start >= since),
  async carriersOf(token, rows) {
    const pids = new Set(rows.map((row) => row.pid));
    const lines = (await outputOf('ps', ['-A', '-E', '-ww', '-o', 'pid=,command='])).split('\n');
    const found = lines.filter((line) => line.includes(token)).map((line) => Number.parseInt(line, 10));
    return new Set(found.filter((pid) => pids.has(pid)));
  },
  tree: async (pid) => treeUsage(pid, await listAll()),
  commandOf: async (pid) => (await outputOf('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).trim(),
};
