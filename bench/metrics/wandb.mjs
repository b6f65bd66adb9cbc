// W&B run logs: a million rows against pandas' read_csv of the same rows, whole processes.
//   npm run build && node bench/metrics/wandb.mjs [--rows 1000000] [--repeats 3] [--python python3] [--dist DIR]
// Python needs pandas.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { against } from './against.mjs';
import { makeWriters } from './binary-logs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    dist: { type: 'string', default: join(here, '..', '..', 'dist') },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
const file = join(folder, 'run-x.wandb');
const table = join(folder, 'rows.csv');
const dist = resolve(values.dist);
const writers = await makeWriters(dist);
writers.wandb(file, Number(values.rows));
writers.csv(table, Number(values.rows));
const megabytes = (path) => (statSync(path).size / 1024 / 1024).toFixed(0);
process.stdout.write(`${values.rows} rows, ${megabytes(file)} MB as .wandb, ${megabytes(table)} MB as CSV\n`);
const { text, ratio, cpuRatio } = against({
  file,
  format: 'wandb',
  dist,
  python: values.python,
  program: `import pandas\nassert len(pandas.read_csv(${JSON.stringify(table)})) == ${values.rows}`,
  label: 'pandas.read_csv',
  repeats: Number(values.repeats),
});
process.stdout.write(
  `${text}\n${ratio.toFixed(2)} times as fast, ${cpuRatio.toFixed(2)} times by CPU time (goal 1: by clock ${ratio >= 1 ? 'met' : 'missed'}, by CPU time ${cpuRatio >= 1 ? 'met' : 'missed'})\n`,
);
rmSync(folder, { recursive: true });
