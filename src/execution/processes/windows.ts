import { execFile } from 'node:child_process';
import type { ProcessTable } from './process.ts';
import { treeUsage, type MeasuredRow } from './measured.ts';

const FIELDS =
  '"$($_.ProcessId)`t$($_.ParentProcessId)`t$($_.CreationDate.ToFileTimeUtc())`t$($_.WorkingSetSize)`t$($_.PeakWorkingSetSize)`t$($_.KernelModeTime + $_.UserModeTime)`t$($_.CommandLine)"';

interface WindowsRow extends MeasuredRow {
  command: string;
}

function query(filter = ''): Promise<WindowsRow[]> {
  const script = `Get-CimInstance Win32_Process ${filter} | ForEach-Object { ${FIELDS} }`;
  return new Promise((resolve) => {
    execFile(
      'powershell.exe',
      ['-NoProfile', '-NonInteractive', '-Command', script],
      { windowsHide: true, timeout: 30_000, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => resolve(parseWindowsProcesses(stdout)),
    );
  });
}

/** Tab-separated pid, parent, creation (100 ns since 1601), memory, peak memory (kB), CPU time (100 ns), command line. */
export function parseWindowsProcesses(output: string): WindowsRow[] {
  return output.split(/\r?\n/u).flatMap((line) => {
    const [pid, parent, created, memory, peak, cpu, ...command] = line.split('\t');
    if (!created || Number.isNaN(Number(created))) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(pid),
        session: null,
        start: Math.floor(Number(created) / 10_000),
        isZombie: false,
        memoryBytes: Number(memory),
        largestBytes: Number(peak) * 1024,
        cpuSeconds: Number(cpu) / 1e7,
        command: command.join('\t'),
      },
    ];
  });
}

/** Windows, by PowerShell: slow to ask, and it does not show the environment, so a run's processes are found by descent only. */
export const windows: ProcessTable = {
  bootId: async () => null,
  find: async (pid) => (await query(`-Filter 'ProcessId=${pid}'`))[0],
  list: async (since = 0) => (await query()).filter((row) => row.start >= since),
  carriersOf: async () => new Set(),
  tree: async (pid) => treeUsage(pid, await query()),
  commandOf: async (pid) => (await query(`-Filter 'ProcessId=${pid}'`))[0]?.command ?? '',
};
