// Measures what each recommendation of an example's diagnostic report does by itself and together, on paired seeds, and
// prints the table of the example's README. `digits` needs `npm run build` first, `pytorch-digits` Python with PyTorch.
//   node scripts/measure-example.mjs digits|pytorch-digits [first seed] [number of seeds]
//   PYTHON=/usr/bin/python3 node scripts/measure-example.mjs pytorch-digits
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLES = {
  digits: {
    config: 'configs/training_config.yaml',
    command: (config, out, seed) => [
      process.execPath,
      [join(root, 'dist', 'trainer', 'main.js'), '--config', config, '--out', out, '--seed', seed],
    ],
    curve(out) {
      const lines = readFileSync(join(out, 'metrics.jsonl'), 'utf8').trim().split('\n');
      return lines
        .map((line) => JSON.parse(line))
        .map(({ train_acc, val_acc }) => [train_acc * 100, val_acc * 100]);
    },
    select: 'best',
    changes: {
      'shift by up to 2 pixels': { augmentation: { shift: 2 } },
      'dropout 0.3': { model: { dropout: 0.3 } },
      'weight decay 0.01': { optimizer: { weight_decay: 0.01 } },
      'patience 20': { early_stopping: { patience: 20 } },
    },
    longer: { training: { epochs: 150 } },
  },
  'pytorch-digits': {
    config: 'configs/baseline.yaml',
    command: (config, out, seed) => [
      process.env.PYTHON ?? 'python3',
      ['train.py', '--config', config, '--output-dir', out, '--seed', seed],
    ],
    curve(out) {
      const [head, ...rows] = readFileSync(join(out, 'metrics.csv'), 'utf8')
        .trim()
        .split(/\r?\n/u)
        .map((line) => line.split(','));
      return rows.map((row) => ['train_acc', 'val_acc'].map((name) => Number(row[head.indexOf(name)])));
    },
    select: 'last',
    changes: {
      'dropout 0.5': { model: { dropout: 0.5 } },
      'cosine schedule': { train: { lr_schedule: 'cosine' } },
      'label smoothing 0.1': { train: { label_smoothing: 0.1 } },
      'weight decay 0.003': { optimizer: { weight_decay: 0.003 } },
      'stochastic depth 0.1': { regularization: { stochastic_depth: 0.1 } },
    },
    longer: { train: { epochs: 150 } },
  },
};

const [name = 'digits', firstSeed = '42', count = '5'] = process.argv.slice(2);
const example = EXAMPLES[name];
const project = join(root, 'examples', name);
const seeds = Array.from({ length: Number(count) }, (_, i) => Number(firstSeed) + i);
const baseline = parse(readFileSync(join(project, example.config), 'utf8'));
const all = Object.values(example.changes).reduce(merge, {});
const variants = {
  baseline: {},
  ...example.changes,
  'all together': all,
  'all, up to 150 epochs': merge(all, example.longer),
};
const work = mkdtempSync(join(tmpdir(), 'measure-'));

try {
  const columns = [
    'trial',
    `val accuracy, ${example.select} epoch (mean ± sd)`,
    'against baseline, paired',
    't',
    'train accuracy',
    'epochs',
    'seconds',
  ];
  console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
  let reference;
  for (const [variant, overrides] of Object.entries(variants)) {
    const runs = await trainAll(overrides);
    reference ??= runs;
    console.log(`| ${row(variant, runs, reference).join(' | ')} |`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Two trainings at a time. */
async function trainAll(overrides) {
  const runs = [];
  const queue = seeds.entries();
  const worker = async () => {
    for (const [i, seed] of queue) runs[i] = await train(seed, overrides);
  };
  await Promise.all([worker(), worker()]);
  return runs;
}

async function train(seed, overrides) {
  const out = join(work, String(seed));
  const config = `${out}.json`; // JSON is YAML
  writeFileSync(config, JSON.stringify(merge(baseline, overrides)));
  const [program, options] = example.command(config, out, String(seed));
  const started = performance.now();
  await promisify(execFile)(program, options, { cwd: project });
  const seconds = (performance.now() - started) / 1000;
  const curve = example.curve(out);
  const [train, val] =
    example.select === 'last'
      ? curve.at(-1)
      : curve.reduce((best, point) => (point[1] > best[1] ? point : best));
  return { train, val, epochs: curve.length, seconds };
}

function row(variant, runs, reference) {
  const { mean, sd } = moments(runs.map(({ val }, i) => val - reference[i].val));
  const of = (key) => moments(runs.map((run) => run[key]));
  const signed = (value, digits) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
  const isReference = runs === reference;
  return [
    variant,
    `${of('val').mean.toFixed(2)} ± ${of('val').sd.toFixed(2)} %`,
    isReference ? '' : `${signed(mean, 2)} ± ${sd.toFixed(2)}`,
    isReference ? '' : sd === 0 ? '–' : signed((mean / sd) * Math.sqrt(runs.length), 1),
    `${of('train').mean.toFixed(1)} %`,
    of('epochs').mean.toFixed(0),
    of('seconds').mean.toFixed(1),
  ];
}

function moments(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    mean,
    sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)),
  };
}

function merge(config, overrides) {
  const merged = structuredClone(config);
  for (const [section, keys] of Object.entries(overrides)) merged[section] = { ...merged[section], ...keys };
  return merged;
}
