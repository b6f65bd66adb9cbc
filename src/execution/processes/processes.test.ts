import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { treeUsage } from './measured.ts';
import { membersOf } from './members.ts';
import { parseOomKills } from './oom.ts';
import type { ProcessRow, ProcessTable } from './process.ts';
import { parseStat, procfs } from './procfs.ts';
import { parseCpuTime, parsePs, ps } from './ps.ts';
import { parseWindowsProcesses } from './windows.ts';

function row(pid: number, parent: number, group: number, changes: Partial<ProcessRow> = {}): ProcessRow {
  return { pid, parent, group, session: group, start: pid, isZombie: false, ...changes };
}

describe('membersOf', () => {
  const rows = [
    row(1, 0, 1),
    row(10, 1, 10),
    row(11, 10, 10),
    row(12, 1, 12),
    row(13, 12, 12),
    row(14, 1, 14, { session: 10 }),
    row(15, 1, 15),
    row(16, 11, 10, { isZombie: true }),
    row(17, 16, 17),
  ];
  const none = { rows, group: undefined, carriers: new Set<number>(), seen: new Map<number, number>() };

  test.each<[string, Partial<Parameters<typeof membersOf>[0]>, number[]]>([
    ['nothing known', {}, []],
    ['group and session, without zombies', { group: 10 }, [10, 11, 14, 17]],
    ['carriers and their children', { carriers: new Set([12]) }, [12, 13]],
    ['processes seen before', { seen: new Map([[15, 15]]) }, [15]],
    ['a recycled pid is not the one seen', { seen: new Map([[15, 3]]) }, []],
  ])('%s', (_name, query, pids) => {
    expect(membersOf({ ...none, ...query }).map(({ pid }) => pid)).toEqual(pids);
  });

  test('we are never a member ourselves', () => {
    const own = [row(process.pid, 10, 10), row(11, process.pid, 11)];
    expect(membersOf({ ...none, rows: own, group: 10 })).toEqual([]);
  });
});

describe('parsing', () => {
  test('a stat line whose command looks like more fields', () => {
    const text = '4242 (a) R (b c) S 7 40 41 0 -1 4194560 1 2 3 4 10 20 30 40 20 0 3 0 987654 1000 200 1844';
    expect(parseStat(4242, text)).toEqual({
      pid: 4242,
      parent: 7,
      group: 40,
      session: 41,
      start: 987654,
      isZombie: false,
      cpuTicks: 100,
    });
    expect(parseStat(1, '')).toBeUndefined();
    expect(parseStat(2, text.replace(' S ', ' Z '))?.isZombie).toBe(false);
    expect(parseStat(2, text.replace(' S ', ' Z ').replace('20 0 3 0', '20 0 1 0'))?.isZombie).toBe(true);
  });

  test.each([
    ['0:01.50', 1.5],
    ['12:03:04.50', 43384.5],
    ['00:01:02', 62],
    ['3-04:05:06', 273906],
  ])('CPU time %s', (text, seconds) => {
    expect(parseCpuTime(text)).toBeCloseTo(seconds, 6);
  });

  test('ps, as on macOS and as on Linux', () => {
    const output = [
      '  501     1   501 Ss     1024   0:01.50 Sun Nov 22 20:27:01 2026    ',
      '  502   501   501 Z+        0 00:00:00 Sun Nov  1 01:02:03 2026',
      'ps: illegal option',
    ].join('\n');
    expect(parsePs(output)).toEqual([
      {
        pid: 501,
        parent: 1,
        group: 501,
        session: null,
        start: Date.UTC(2026, 10, 22, 20, 27, 1),
        isZombie: false,
        memoryBytes: 1024 * 1024,
        largestBytes: 0,
        cpuSeconds: 1.5,
      },
      {
        pid: 502,
        parent: 501,
        group: 501,
        session: null,
        start: Date.UTC(2026, 10, 1, 1, 2, 3),
        isZombie: true,
        memoryBytes: 0,
        largestBytes: 0,
        cpuSeconds: 0,
      },
    ]);
  });

  test('PowerShell', () => {
    expect(
      parseWindowsProcesses(
        '4\t0\t133000000000000000\t8192\t16\t25000000\tC:\\py.exe\ttrain.py\r\n\r\n0\t0\t\t1\t1\t1\t\r\n',
      ),
    ).toEqual([
      {
        pid: 4,
        parent: 0,
        group: 4,
        session: null,
        start: 13300000000000,
        isZombie: false,
        memoryBytes: 8192,
        largestBytes: 16384,
        cpuSeconds: 2.5,
        command: 'C:\\py.exe\ttrain.py',
      },
    ]);
  });

  test('kernel counters', () => {
    expect(parseOomKills('low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\n')).toBe(2);
    expect(parseOomKills('oom_kill_disable 0\nunder_oom 0\noom_kill 5\n')).toBe(5);
    expect(parseOomKills('oom_kill_disable 0\nunder_oom 0\n')).toBeNull();
  });

  test('a child is never older than its parent', () => {
    const measured = (pid: number, parent: number, start: number) => ({
      ...row(pid, parent, pid, { start }),
      memoryBytes: 1,
      largestBytes: 2,
      cpuSeconds: 3,
    });
    const usage = treeUsage(5, [
      measured(5, 1, 100),
      measured(6, 5, 101),
      measured(7, 5, 99),
      measured(8, 6, 102),
    ]);
    expect(usage).toMatchObject({ memoryBytes: 3, largestBytes: 2, cpuSeconds: 9 });
    expect(treeUsage(9, [])).toBeUndefined();
  });
});

const tables: [string, ProcessTable][] = [['ps', ps]];
if (existsSync('/proc/self/stat')) tables.push(['/proc', procfs]);

describe.each(tables)('%s', (_name, table) => {
  test('finds a process, its tree, its use and its command', async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 7.25 & echo up; wait'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const pid = child.pid as number;
    try {
      const found = await table.find(pid);
      expect(found).toMatchObject({ pid, parent: process.pid, group: pid, isZombie: false });
      expect((await table.find(pid))?.start).toBe(found?.start);
      const members = (await table.list()).filter((each) => each.group === pid);
      expect(members).toHaveLength(2);
      const usage = await table.tree(pid);
      expect(new Set(usage?.processes.map((each) => each.pid))).toEqual(
        new Set(members.map((each) => each.pid)),
      );
      expect(usage?.memoryBytes).toBeGreaterThan(100_000);
      expect(usage?.cpuSeconds).toBeLessThan(5);
      const sleeper = members.find((each) => each.pid !== pid)?.pid ?? 0;
      await vi.waitFor(async () => expect(await table.commandOf(sleeper)).toBe('sleep 7.25'));
    } finally {
      process.kill(-pid, 'SIGKILL');
    }
    await once(child, 'exit');
    expect(await table.find(pid)).toBeUndefined();
    expect(await table.tree(pid)).toBeUndefined();
    expect(await table.commandOf(pid)).toBe('');
  });

  test('the boot has an identity on Linux', async () => {
    expect(await table.bootId()).toSatisfy(
      (id: unknown) => id === null || (typeof id === 'string' && id !== ''),
    );
  });
});

if (existsSync('/proc/self/stat')) {
  test('finds the processes that carry a token in their environment', async () => {
    const token = 'e5d1c0ffee5d1c0ffee';
    const child = spawn('/bin/sh', ['-c', 'sleep 7.25 & echo up; wait'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, PAWL_RUN_TOKEN: token },
    });
    await once(child.stdout, 'data');
    try {
      const rows = await procfs.list();
      expect((await procfs.carriersOf(token, rows)).size).toBe(2);
      expect((await procfs.carriersOf('another', rows)).size).toBe(0);
    } finally {
      process.kill(-(child.pid as number), 'SIGKILL');
    }
  });
}
