// What a sweep costs beside its trainings: `pawl sweep` with trainings that do nothing, 2 slots, the default sampler.
// The share: time that training processes were alive, summed over them, ÷ (slots × wall time of the search, from the start of the
// first training to the end of the last). A training is alive from the start of its own process, as the kernel says it, to the
// moment at which the supervising shell has seen its end. The shell, what lies between two trainings, choosing the next one
// and storing the last are overhead. That moment is the time of a file, which the kernel takes from a clock that only moves with
// its timer (4 ms at 250 Hz): by how much it lags is measured in the same run and added. Linux only. A busy machine stretches both; the bare loop in the same run says by how much.
// Usage: npm run build && node bench/engine/sweep-overhead.mjs [--trials 1000] [--slots 2] [--ms 0] [--method auto]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
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

const run = (args) =>
  new Promise((resolve, reject) => {
    let stderr = '';
    let peakKb = 0;
    let cpu = 0;
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [...(process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.PROF] : []), pawl, ...args],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer = setInterval(() => {
      try {
        cpu = cpuOf(child.pid);
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
      else resolve({ ms: performance.now() - begun, peakMb: peakKb / 1024, cpu });
    });
  });

/** By how much the time of a file that was just written lags behind the clock, on average; ms. */
async function fileTimeLag() {
  const file = join(folder, 'lag');
  const lags = [];
  while (lags.length < 300) {
    const before = performance.timeOrigin + performance.now();
    writeFileSync(file, 'x');
    const after = performance.timeOrigin + performance.now();
    // A write that was itself interrupted says nothing.
    if (after - before < 0.3) lags.push((before + after) / 2 - statSync(file).mtimeMs);
    await new Promise((resolve) => setTimeout(resolve, 10 * Math.random()));
  }
  return sumOf(lags) / lags.length;
}

/** CPU seconds of a living process itself, without its children. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The same trainings started by a bare loop that does nothing else: what the machine allows at this moment. */
async function direct() {
  const spans = [];
  let next = 0;
  const worker = async () => {
    while (next < TRIALS) {
      const out = join(folder, 'direct', String(next++));
      mkdirSync(out, { recursive: true });
      await new Promise((resolve) =>
        spawn('node', ['noop.mjs', 'config.yaml', out], { cwd: folder, stdio: 'ignore' }).on('exit', resolve),
      );
      spans.push(Date.now() - Number(readFileSync(join(out, 'started'), 'utf8')));
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: SLOTS }, worker));
  return { ms: performance.now() - begun, alive: spans };
}

async function swept(lagMs) {
  rmSync(join(folder, '.pawl'), { recursive: true, force: true });
  const { ms, peakMb, cpu } = await run([
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
  const spans = readdirSync(runs).map((name) => {
    const started = Number(readFileSync(join(runs, name, 'output', 'started'), 'utf8'));
    return [started, statSync(join(runs, name, 'exit')).mtimeMs + lagMs];
  });
  const begun = Math.min(...spans.map(([start]) => start));
  const ended = Math.max(...spans.map(([, end]) => end));
  return { ms, searchMs: ended - begun, peakMb, cpu, alive: spans.map(([start, end]) => end - start) };
}

const sumOf = (list) => list.reduce((a, b) => a + b, 0);
const percent = (alive, ms) => (100 * sumOf(alive)) / (SLOTS * ms);
const bare = await direct();
const lagMs = await fileTimeLag();
const whole = await swept(lagMs);
const again = await direct();
const directMs = (bare.ms + again.ms) / 2;
const share = percent(whole.alive, whole.searchMs);
console.log(
  `${TRIALS} trainings, ${SLOTS} slots, ${METHOD}, load ${loadavg()[0].toFixed(0)} on ${availableParallelism()} cores
bare loop      ${(directMs / 1000).toFixed(1)} s (${(bare.ms / 1000).toFixed(1)} before, ${(again.ms / 1000).toFixed(1)} after), share ${percent([...bare.alive, ...again.alive], bare.ms + again.ms).toFixed(1)} %, mean training ${(sumOf(bare.alive) / bare.alive.length).toFixed(0)} ms
pawl sweep     ${(whole.ms / 1000).toFixed(1)} s with its report, share ${percent(whole.alive, whole.ms).toFixed(1)} %; mean training ${(sumOf(whole.alive) / whole.alive.length).toFixed(0)} ms
  the search   ${(whole.searchMs / 1000).toFixed(1)} s, share ${share.toFixed(1)} % (goal 90 %: ${share >= 90 ? 'met' : 'MISSED'}); ${(whole.searchMs / directMs).toFixed(2)} × the bare loop
  file times   lag by ${lagMs.toFixed(1)} ms; without that added, the share is ${percent(
    whole.alive.map((ms) => ms - lagMs),
    whole.searchMs,
  ).toFixed(1)} %
  Pawl itself  ${((1000 * whole.cpu) / TRIALS).toFixed(1)} ms CPU a trial with start and report, peak memory ${whole.peakMb.toFixed(0)} MB`,
);
if (process.argv.includes('--keep')) console.log(folder);
else rmSync(folder, { recursive: true, force: true });
process.exitCode = share >= 90 ? 0 : 1;
