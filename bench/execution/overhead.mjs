// Cost of supervising trainings with the local executor, against spawning the same processes directly.
// Usage: npm run build && node bench/execution/overhead.mjs [RUNS] [SLOTS]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalExecutor } from '../../dist/execution/executors/local.js';

const runs = Number(process.argv[2] ?? 200);
const slots = Number(process.argv[3] ?? 2);
const root = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
const PROGRAMS = {
  'python -c pass': ['python3', '-c', 'pass'],
  'node -e 0': [process.execPath, '-e', '0'],
  true: ['/bin/true'],
};

/** Short blocks in turn, so that what else the machine does falls on both alike. */
const BLOCK = 20;

async function inSlots(work) {
  let next = 0;
  const before = performance.now();
  await Promise.all(
    Array.from({ length: slots }, async () => {
      while (next++ < BLOCK) await work();
    }),
  );
  return performance.now() - before;
}

function direct([program, ...rest]) {
  return new Promise((resolve) => {
    spawn(program, rest, { stdio: 'ignore', detached: true }).once('exit', resolve);
  });
}

let count = 0;
async function supervised(executor, argv) {
  const runId = `bench-${count++}`;
  const directory = join(root, runId);
  mkdirSync(directory);
  const limits = { timeMs: 60_000, silenceMs: 60_000, graceMs: 1000 };
  const run = await executor.start({
    runId,
    argv,
    shell: false,
    cwd: root,
    env: {},
    directory,
    limits,
    gpus: 0,
  });
  await run.outcome;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const executor = new LocalExecutor();
try {
  for (const [name, argv] of Object.entries(PROGRAMS)) {
    const plain = [];
    const ours = [];
    for (let done = 0; done < runs; done += BLOCK) {
      plain.push(await inSlots(() => direct(argv)));
      ours.push(await inSlots(() => supervised(executor, argv)));
    }
    const perRun = (times) => (sum(times) / times.length / BLOCK).toFixed(2);
    const ratio = median(ours.map((time, i) => time / plain[i])).toFixed(2);
    console.log(
      `${name}: ${perRun(plain)} ms directly, ${perRun(ours)} ms supervised; median ratio of blocks ${ratio}`,
    );
  }
} finally {
  await executor.close();
  rmSync(root, { recursive: true });
}
