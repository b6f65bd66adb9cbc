// What a sweep costs beside its trainings: `pawl sweep` with trainings that do nothing, 2 slots, the default sampler.
// The share: time that training processes were alive, summed over them, ÷ (slots × wall time). A training is alive from the
// start of its own process (Node's timeOrigin) to its last line of code; what the operating system needs to start and to
// remove it, the supervising shell and Pawl itself are all overhead.
// Usage: npm run build && node bench/engine/sweep-overhead.mjs [--trials 1000] [--slots 2] [--ms 0] [--method auto]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const word = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const TRIALS = Number(word('trials', 1000));
const SLOTS = Number(word('slots', 2));
/** How long a training sleeps; 0: it ends as soon as Node can. */
const MS = Number(word('ms', 0));
const METHOD = word('method', 'auto');
const pawl = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'bin', 'pawl');

const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
writeFileSync(
  join(folder, 'noop.mjs'),
  `import { readFileSync, writeFileSync } from 'node:fs';
const [, , config, output] = process.argv;
const text = readFileSync(config, 'utf8');
const number = (name) => Number(new RegExp(name + ': ([-+.\\\\de]+)').exec(text)[1]);
const loss = (Math.log10(number('learning_rate')) + 2) ** 2 + (number('dropout') - 0.3) ** 2 + (number('momentum') - 0.9) ** 2 + number('weight_decay');
await new Promise((resolve) => (${MS} > 0 ? setTimeout(resolve, ${MS}) : resolve()));
writeFileSync(output + '/metrics.jsonl', JSON.stringify({ epoch: 1, val_acc: 1 / (1 + loss) }) + '\\n');
// When the kernel started this process: field 22 of its stat, in 1/100 s of the clock that hrtime reads; half a tick on average.
const stat = readFileSync('/proc/self/stat', 'utf8');
const startedMs = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) * 10 + 5;
const ageMs = Number(process.hrtime.bigint()) / 1e6 - startedMs;
writeFileSync(output + '/started', String(performance.timeOrigin + performance.now() - ageMs));
`,
);
writeFileSync(
  join(folder, 'config.yaml'),
  'learning_rate: 0.1\ndropout: 0.0\nmomentum: 0.5\nweight_decay: 0.1\nepochs: 1\n',
);
writeFileSync(
  join(folder, 'pawl.yaml'),
  `train: node noop.mjs {config} {output}
baseline:
  config: config.yaml
metric: val_acc
sweep:
  space:
    learning_rate: { type: loguniform, low: 0.0001, high: 1 }
    dropout: { type: uniform, low: 0, high: 0.9 }
    momentum: { type: uniform, low: 0, high: 0.99 }
    weight_decay: { type: loguniform, low: 0.00001, high: 1 }
  patience: false
  seeds: 1
`,
);

/** CPU seconds and peak memory of an ended child, from the exit of a process that waited for it. */
const run = (args) =>
  new Promise((resolve, reject) => {
    let stderr = '';
    let peakKb = 0;
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [...(process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.PROF] : []), pawl, ...args],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer = setInterval(() => {
      try {
        peakKb = Number(
          /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? peakKb,
        );
      } catch {
        // It has ended, or there is no /proc here.
      }
    }, 500);
    child.on('exit', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`pawl ended with ${code}: ${stderr.slice(-2000)}`));
      else resolve({ ms: performance.now() - begun, peakMb: peakKb / 1024 });
    });
  });

const { ms, peakMb } = await run([
  'sweep',
  '-q',
  '--json',
  '--trials',
  String(TRIALS),
  '--slots',
  String(SLOTS),
  '--method',
  METHOD,
  '--confirm',
  '0',
  '--pruner',
  'none',
]);
const [study] = readdirSync(join(folder, '.pawl', 'runs'));
const runs = join(folder, '.pawl', 'runs', study);
const alive = readdirSync(runs).map((name) => {
  const started = Number(readFileSync(join(runs, name, 'output', 'started'), 'utf8'));
  return statSync(join(runs, name, 'exit')).mtimeMs - started;
});
const sum = alive.reduce((a, b) => a + b, 0);
const share = sum / (SLOTS * ms);
console.log(
  `${alive.length} trainings, ${SLOTS} slots, ${METHOD}: whole command ${(ms / 1000).toFixed(1)} s, peak memory ${peakMb.toFixed(0)} MB; ` +
    `trainings alive ${(sum / 1000).toFixed(1)} s, mean ${(sum / alive.length).toFixed(0)} ms; ` +
    `share ${(100 * share).toFixed(1)} % (goal 90 %: ${share >= 0.9 ? 'met' : 'MISSED'})`,
);
if (process.argv.includes('--keep')) console.log(folder);
else rmSync(folder, { recursive: true, force: true });
process.exitCode = share >= 0.9 ? 0 : 1;
