// A study of 10,000 finished runs × 50 epochs: whole-process time of `pawl status`, and of loading it to resume.
// Usage: npm run build && node bench/store/large-study.mjs [--runs 10000] [--epochs 50]
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../dist/store/sqlite.js';
import { makeStudy } from './make-study.mjs';

const option = (name, fallback) => Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) || fallback;
const RUNS = option('runs', 10_000);
const EPOCHS = option('epochs', 50);
const pawl = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'pawl');

const begun = performance.now();
const { folder, file } = await makeStudy({ runs: RUNS, epochs: EPOCHS });
console.log(
  `${RUNS} runs × ${EPOCHS} epochs stored in ${((performance.now() - begun) / 1000).toFixed(1)} s, ${(statSync(file).size / 1e6).toFixed(0)} MB`,
);

const whole = (args) => {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const at = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [pawl, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(String(stderr));
    times.push(performance.now() - at);
  }
  return times.toSorted((a, b) => a - b)[1];
};
const status = whole(['status']);
const at = performance.now();
const store = await openSqliteStore(file);
const loaded = await store.load(await store.latest());
const resume = performance.now() - at;
await store.close();
if (loaded.runs.size !== RUNS) throw new Error('not all runs were loaded');
console.log(`pawl status: ${status.toFixed(0)} ms (goal 1000 ms: ${status <= 1000 ? 'met' : 'MISSED'})`);
console.log(
  `loading to resume: ${resume.toFixed(0)} ms (goal 2000 ms: ${resume <= 2000 ? 'met' : 'MISSED'})`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = status <= 1000 && resume <= 2000 ? 0 : 1;
