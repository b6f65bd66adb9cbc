// What tracking costs a study: the same study without it, with TensorBoard files, with an MLflow server that is down, and
// with one that accepts and never answers; in turn, so that other load falls on all alike.
// Usage: node bench/tracking/overhead.mjs [--repeat 5] [--epochs 40] [--epoch-ms 50]      (after npm run build)
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const option = (name, fallback) =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1] || fallback) || fallback;
const REPEAT = option('repeat', 5);
const EPOCHS = option('epochs', 40);
const EPOCH_MS = option('epoch-ms', 50);
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const hanging = createServer(() => {});
await new Promise((resolve) => hanging.listen(0, '127.0.0.1', resolve));
const variants = {
  none: '',
  tensorboard: 'tracking: { tensorboard: runs }\n',
  down: 'tracking: http://127.0.0.1:9\n',
  hanging: `tracking: http://127.0.0.1:${hanging.address().port}\n`,
};

/** Wall time and CPU time (user and system, with the trainings) of one study. */
async function study(tracking) {
  const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
  mkdirSync(join(folder, 'configs'));
  cpSync(join(root, 'test', 'programs', 'toy-trainer.mjs'), join(folder, 'train.mjs'));
  writeFileSync(
    join(folder, 'configs', 'c.yaml'),
    `model:\n  dropout: 0.0\ntraining:\n  epochs: ${EPOCHS}\n  epoch_ms: ${EPOCH_MS}\n`,
  );
  writeFileSync(
    join(folder, 'diagnostic_report.md'),
    '# Report\n\n## Root cause\n\nOverfitting\n\n## Recommendations\n\n1. **Dropout**: set `model.dropout: 0.0 → 0.4`\n',
  );
  writeFileSync(
    join(folder, 'pawl.yaml'),
    `train: node train.mjs --config {config} --out {output} --seed {seed}\nbaseline: { config: configs/c.yaml }\nmetric: val_acc\nslots: 2\nseeds: [1, 2, 3]\nsmoke: false\n${tracking}`,
  );
  const begun = performance.now();
  const text = await new Promise((resolve, reject) => {
    const child = spawn(
      'sh',
      ['-c', `node "$0" optimize -q >/dev/null && times`, join(root, 'bin', 'pawl')],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.on('exit', (code) => (code === 0 ? resolve(out) : reject(new Error(`pawl ended with ${code}`))));
  });
  const wall = (performance.now() - begun) / 1000;
  rmSync(folder, { recursive: true, force: true });
  const [, children = ''] = text.trim().split('\n');
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
    0,
  );
  return { wall, cpu };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const results = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let round = 0; round < REPEAT; round++)
  for (const [name, tracking] of Object.entries(variants)) results[name].push(await study(tracking));
hanging.close();

const of = (name, what) => median(results[name].map((each) => each[what]));
for (const name of Object.keys(variants)) {
  const ratio = (what) => median(results[name].map((each, round) => each[what] / results.none[round][what]));
  console.log(
    `${name.padEnd(12)} wall ${of(name, 'wall').toFixed(2)} s (ratio ${ratio('wall').toFixed(3)}), CPU ${of(name, 'cpu').toFixed(2)} s (ratio ${ratio('cpu').toFixed(3)})`,
  );
}
