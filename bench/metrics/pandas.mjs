// A CSV of a million rows read by Pawl and by pandas' read_csv, whole processes, alternating in one run.
//   npm run build && node bench/metrics/pandas.mjs [--rows 1000000] [--rounds 5] [--python python3]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

const PYTHON =
  'import sys, pandas; frame = pandas.read_csv(sys.argv[1]); print(len(frame), pandas.__version__)';
const contestants = {
  'pandas read_csv': [values.python, '-c', PYTHON, file],
  'pawl metrics': [process.execPath, join(here, '..', '..', 'bin', 'pawl'), 'metrics', file, '--json'],
};

/** Seconds of CPU that ended children took, where the system says so: less disturbed by other processes than the clock. */
function childSeconds() {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function time([command, ...args]) {
  const cpuBefore = childSeconds();
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - begun) / 1000;
  return { seconds, cpuSeconds: childSeconds() - cpuBefore, stdout };
}

const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
let answer = {};
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [name, command] of Object.entries(contestants)) {
    const { seconds, cpuSeconds, stdout } = time(command);
    times[name].push({ seconds, cpuSeconds });
    answer[name] = stdout;
  }
}
rmSync(folder, { recursive: true });

const [counted, version] = answer['pandas read_csv'].trim().split(' ');
const curve = JSON.parse(answer['pawl metrics']);
if (Number(counted) !== rows || (curve.thinnedFrom ?? curve.points.length) !== rows)
  throw new Error(`${rows} rows were written; pandas read ${counted}, Pawl ${curve.thinnedFrom}`);
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
process.stdout.write(`${rows} rows, pandas ${version}, median of ${values.rounds} whole processes\n`);
for (const [key, title] of [
  ['seconds', 'clock'],
  ['cpuSeconds', 'CPU'],
]) {
  const [pandas, pawl] = Object.values(times).map((list) => median(list.map((entry) => entry[key])));
  process.stdout.write(
    `${title.padEnd(5)}  pandas ${pandas.toFixed(2)} s  pawl ${pawl.toFixed(2)} s  ratio ${(pandas / pawl).toFixed(2)} (above 1: Pawl is faster)\n`,
  );
}
