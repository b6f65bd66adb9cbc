// Measures what each recommendation of examples/digits/diagnostic_report.md does by itself and together, on paired
// seeds, and prints the table of examples/digits/README.md. Takes about a minute; needs `npm run build` first.
//   node scripts/measure-digits.mjs [first seed] [number of seeds]
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';

const CHANGES = {
  'shift by up to 2 pixels': { augmentation: { shift: 2 } },
  'dropout 0.3': { model: { dropout: 0.3 } },
  'weight decay 0.01': { optimizer: { weight_decay: 0.01 } },
  'patience 20': { early_stopping: { patience: 20 } },
};
const all = Object.values(CHANGES).reduce(merge, {});
const VARIANTS = {
  baseline: {},
  ...CHANGES,
  'all four': all,
  'all four, up to 150 epochs': merge(all, { training: { epochs: 150 } }),
};

const [firstSeed = 42, count = 5] = process.argv.slice(2).map(Number);
const seeds = Array.from({ length: count }, (_, i) => firstSeed + i);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const project = join(root, 'examples', 'digits');
const trainer = join(root, 'dist', 'trainer', 'main.js');
const baseline = parse(readFileSync(join(project, 'configs', 'training_config.yaml'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'measure-'));

try {
  console.log(
    `| trial | val accuracy, best epoch (mean ± sd) | against baseline, paired | t | train accuracy | epochs | seconds |`,
  );
  console.log('|---|---|---|---|---|---|---|');
  let reference;
  for (const [name, overrides] of Object.entries(VARIANTS)) {
    const runs = await Promise.all([half(0), half(1)].map((share) => trainAll(share, overrides))).then(
      interleave,
    );
    reference ??= runs;
    console.log(`| ${row(name, runs, reference).join(' | ')} |`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function half(parity) {
  return seeds.filter((_, i) => i % 2 === parity);
}

async function trainAll(share, overrides) {
  const runs = [];
  for (const seed of share) runs.push(await train(seed, overrides));
  return runs;
}

function interleave([even, odd]) {
  return seeds.map((_, i) => (i % 2 === 0 ? even : odd)[Math.floor(i / 2)]);
}

async function train(seed, overrides) {
  const out = join(work, String(seed));
  const config = `${out}.json`;
  writeFileSync(config, JSON.stringify(merge(baseline, overrides)));
  const started = performance.now();
  await promisify(execFile)(
    process.execPath,
    [trainer, '--config', config, '--out', out, '--seed', String(seed)],
    { cwd: project },
  );
  const seconds = (performance.now() - started) / 1000;
  const points = readFileSync(join(out, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const best = points.reduce((best, point) => (point.val_acc > best.val_acc ? point : best));
  return { val: best.val_acc * 100, train: best.train_acc * 100, epochs: points.length, seconds };
}

function row(name, runs, reference) {
  const differences = runs.map(({ val }, i) => val - reference[i].val);
  const { mean, sd } = moments(differences);
  const vals = moments(runs.map(({ val }) => val));
  const isReference = runs === reference;
  return [
    name,
    `${vals.mean.toFixed(2)} ± ${vals.sd.toFixed(2)} %`,
    isReference ? '' : `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(2)} ± ${sd.toFixed(2)}`,
    isReference ? '' : sd === 0 ? '–' : ((mean / sd) * Math.sqrt(runs.length)).toFixed(1).replace('-', '−'),
    `${moments(runs.map(({ train }) => train)).mean.toFixed(1)} %`,
    moments(runs.map(({ epochs }) => epochs)).mean.toFixed(0),
    moments(runs.map(({ seconds }) => seconds)).mean.toFixed(1),
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
