// A CSV of a million rows read by Pawl and by pandas' read_csv, whole processes, alternating in one run.
//   npm run build && node bench/metrics/pandas.mjs [--rows 1000000] [--rounds 5] [--python python3]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOGS, writeLog } from './logs.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
const file = join(folder, LOGS.csv.file);
const rows = writeLog('csv', file, Infinity, Number(values.rows));

const PYTHON = 'import sys, pandas; frame = pandas.read_csv(sys.argv[1]); print(len(frame), pandas.__version__)';
const contestants = {
  'pandas read_csv': [values.python, '-c', PYTHON, file],
  'pawl metrics': [process.execPath, join(here, '..', '..', 'bin', 'pawl'), 'metrics', file, '--json'],
};

function time([command, ...args]) {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - begun) / 1000, stdout };
}

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
let answer = {};
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, command] of Object.entries(contestants)) {
    const { seconds, stdout } = time(command);
    times[name].push(seconds);
    answer[name] = stdout;
  }
}
rmSync(folder, { recursive: true });

const [counted, version] = answer['pandas read_csv'].trim().split(' ');
const curve = JSON.parse(answer['pawl metrics']);
if (Number(counted) !== rows || (curve.thinnedFrom ?? curve.points.length) !== rows)
  throw new Error(`${rows} rows were written; pandas read ${counted}, Pawl ${curve.thinnedFrom}`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const [pandas, pawl] = Object.values(times).map(median);
process.stdout.write(
  `${rows} rows, median of ${values.rounds} whole processes: pandas ${version} ${pandas.toFixed(2)} s, ` +
    `pawl ${pawl.toFixed(2)} s, ratio ${(pandas / pawl).toFixed(2)} (above 1: Pawl is faster)\n`,
);
