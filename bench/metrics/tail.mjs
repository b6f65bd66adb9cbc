// Many logs followed while other processes write them: lines lost, delay from write to publication, CPU of the reader.
//   npm run build && node bench/metrics/tail.mjs [--files 100] [--rate 100] [--seconds 20] [--writers 4] [--dist DIR]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    writers: { type: 'string', default: '4' },
    dist: { type: 'string', default: join(here, '..', '..', 'dist') },
  },
});
const [files, rate, seconds, writers] = ['files', 'rate', 'seconds', 'writers'].map((name) =>
  Number(values[name]),
);
const { followCurve } = await import(pathToFileURL(join(resolve(values.dist), 'metrics', 'follow.js')).href);
const folder = mkdtempSync(join(tmpdir(), 'pawl-tail-'));
for (let i = 0; i < files; i++) mkdirSync(join(folder, `run-${i}`));

const delays = [];
const seen = Array.from({ length: files }, () => new Set());
const followers = seen.map((steps, i) =>
  followCurve({
    path: join(folder, `run-${i}`, 'metrics.csv'),
    onPoints: (points) => {
      const now = Date.now();
      for (const { point } of points) {
        if (steps.has(point.step)) continue;
        steps.add(point.step);
        delays.push(now - point.values.written);
      }
    },
  }),
);
const share = Math.ceil(files / writers);
const cpu = process.cpuUsage();
const begun = performance.now();
const processes = Array.from({ length: writers }, (_, i) => {
  const count = Math.min(share, files - i * share);
  return spawn(
    process.execPath,
    [join(here, 'tail-writer.mjs'), i * share, count, rate, seconds, folder].map(String),
    {
      stdio: 'inherit',
    },
  );
});
await Promise.all(processes.map((process) => once(process, 'exit')));
const elapsed = (performance.now() - begun) / 1000;
const used = process.cpuUsage(cpu);
await Promise.all(followers.map((follower) => follower.finish()));
rmSync(folder, { recursive: true });

delays.sort((a, b) => a - b);
const quantile = (q) => delays[Math.min(delays.length - 1, Math.floor(q * delays.length))];
const expected = files * rate * seconds;
const read = seen.reduce((sum, steps) => sum + steps.size, 0);
process.stdout.write(
  `${files} files at ${rate} lines/s each for ${elapsed.toFixed(0)} s: ${expected} lines written, ${expected - read} lost; ` +
    `delay p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, longest ${quantile(1)} ms; ` +
    `reader ${(((used.user + used.system) / 1e6 / elapsed) * 100).toFixed(1)} % of one core\n`,
);
