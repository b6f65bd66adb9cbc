import { readFileSync } from 'node:fs';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Value of `oom_kill N` in memory.events, memory.oom_control and vmstat. */
export function parseOomKills(text: string): number | null {
  const count = /^oom_kill (\d+)$/mu.exec(text)?.[1];
  return count === undefined ? null : Number(count);
}

let counterFile: string | null | undefined;

/** The counter nearest to us: own cgroup (v2, v1), the container's root, the machine. */
function findCounter(): string | null {
  const cgroups = read('/proc/self/cgroup');
  const unified = /^0::(\/.*)$/mu.exec(cgroups)?.[1] ?? '/';
  const memory = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/mu.exec(cgroups)?.[1] ?? '/';
  const candidates = [
    `/sys/fs/cgroup${unified}/memory.events`,
    '/sys/fs/cgroup/memory.events',
    `/sys/fs/cgroup/memory${memory}/memory.oom_control`,
    '/sys/fs/cgroup/memory/memory.oom_control',
    '/proc/vmstat',
  ];
  return candidates.find((path) => parseOomKills(read(path)) !== null) ?? null;
}

/** How many processes of our cgroup (or machine) the kernel has killed for want of memory; null where it does not tell. */
export function countOomKills(): number | null {
  counterFile ??= findCounter();
  return counterFile === null ? null : parseOomKills(read(counterFile));
}
