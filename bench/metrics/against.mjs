// Whole processes against each other, one after the other and several times: the least time of each counts.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Runs pawl on `file` and a Python program in turn; returns rows of a table and the ratio of the times. */
export function against({ file, format, dist, python, program, label, repeats }) {
  const pawl = { seconds: Infinity, peakMb: 0 };
  const other = { seconds: Infinity, peakMb: 0 };
  for (let i = 0; i < repeats; i++) {
    time(pawl, process.execPath, [join(here, 'one.mjs'), 'pawl', file, format, dist]);
    if (i < 2)
      time(other, python, [
        '-c',
        `${program}\nimport resource\nprint('{"peakMb": %f}' % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))`,
      ]);
  }
  const ratio = other.seconds / pawl.seconds;
  const row = (name, { seconds, peakMb }) =>
    `${name.padEnd(24)} ${seconds.toFixed(2).padStart(7)} s  peak ${peakMb.toFixed(0).padStart(5)} MB`;
  return { text: [row('pawl', pawl), row(label, other)].join('\n'), ratio };
}

function time(best, command, args) {
  const begun = performance.now();
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { peakMb } = JSON.parse(stdout.trim().split('\n').at(-1));
  best.seconds = Math.min(best.seconds, seconds);
  best.peakMb = Math.max(best.peakMb, peakMb);
}
