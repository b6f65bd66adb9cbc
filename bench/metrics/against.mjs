// Whole processes against each other, one after the other and several times: the least time of each counts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

const USAGE = `import resource
usage = resource.getrusage(resource.RUSAGE_SELF)
print('{"peakMb": %f, "cpuSeconds": %f}' % (usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime))`;

/** Runs pawl on `file` and a Python program in turn; returns rows of a table and the ratios of the times. */
export function against({ file, format, dist, python, program, label, repeats }) {
  const pawl = { seconds: Infinity, cpuSeconds: Infinity, peakMb: 0 };
  const other = { seconds: Infinity, cpuSeconds: Infinity, peakMb: 0 };
  for (let i = 0; i < repeats; i++) {
    time(pawl, process.execPath, [join(here, 'one.mjs'), 'pawl', file, format, dist]);
    time(other, python, ['-c', `${program}\n${USAGE}`]);
  }
  const ratio = other.seconds / pawl.seconds;
  const cpuRatio = other.cpuSeconds / pawl.cpuSeconds;
  const row = (name, { seconds, cpuSeconds, peakMb }) =>
    `${name.padEnd(24)} ${seconds.toFixed(2).padStart(7)} s  CPU ${cpuSeconds.toFixed(2).padStart(6)} s  peak ${peakMb.toFixed(0).padStart(5)} MB`;
  return { text: [row('pawl', pawl), row(label, other)].join('\n'), ratio, cpuRatio };
}

function time(best, command, args) {
  const begun = performance.now();
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { peakMb, cpuSeconds } = JSON.parse(stdout.trim().split('\n').at(-1));
  best.seconds = Math.min(best.seconds, seconds);
  best.cpuSeconds = Math.min(best.cpuSeconds, cpuSeconds);
  best.peakMb = Math.max(best.peakMb, peakMb);
}
