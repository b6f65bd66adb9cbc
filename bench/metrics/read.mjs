// Reading speed and memory of the metric formats, against a bare loop over the lines in the same run.
//   npm run build && node bench/metrics/read.mjs [--mb 1024] [--only csv,jsonl,stdout] [--dist DIR] [--folder DIR]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOGS, writeLog } from './logs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '1024' },
    only: { type: 'string', default: Object.keys(LOGS).join(',') },
    dist: { type: 'string', default: join(here, '..', '..', 'dist') },
    folder: { type: 'string' },
  },
});
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'pawl-bench-'));
mkdirSync(folder, { recursive: true });

function measure(kind, log) {
  const args = [join(here, 'one.mjs'), kind, log.file, log.format, resolve(values.dist)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Columns as wide as their widest cell. */
function render(rows) {
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, ...rows.map((row) => names.map((name) => String(row[name])))];
  const widths = names.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells.map((row) => row.map((cell, i) => cell.padStart(widths[i])).join('  ')).join('\n');
}

const table = [];
for (const name of values.only.split(',')) {
  const file = join(folder, LOGS[name].file);
  const rows = writeLog(name, file, Number(values.mb) * 1024 * 1024);
  const log = { file, format: LOGS[name].format };
  const bare = measure('bare', log);
  const pawl = measure('pawl', log);
  table.push({
    log: name,
    MB: Math.round(statSync(file).size / 1024 / 1024),
    rows,
    'rows/s': Math.round(rows / pawl.seconds),
    'rows/CPU-s': Math.round(rows / pawl.cpuSeconds),
    'bare rows/s': Math.round(rows / bare.seconds),
    'peak MB': Math.round(pawl.peakMb),
    points: pawl.points,
  });
  if (!values.folder) rmSync(file);
}
if (!values.folder) rmSync(folder, { recursive: true });
process.stdout.write(`${render(table)}\n`);
