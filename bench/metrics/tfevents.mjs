// TensorBoard event files: a million scalars against TensorBoard's own EventAccumulator, whole processes.
//   npm run build && node bench/metrics/tfevents.mjs [--scalars 1000000] [--repeats 3] [--python python3] [--dist DIR] [--alone]
// Python needs tensorboard. --alone: pawl only, for files too large to wait for the other (memory).
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
    scalars: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    dist: { type: 'string', default: join(here, '..', '..', 'dist') },
    alone: { type: 'boolean', default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'pawl-bench-'));
const file = join(folder, 'events.out.tfevents.1700000000.host.1.0');
const dist = resolve(values.dist);
(await makeWriters(dist)).tfevents(file, Number(values.scalars));
process.stdout.write(`${values.scalars} scalars, ${(statSync(file).size / 1024 / 1024).toFixed(0)} MB\n`);
const program = values.alone
  ? ''
  : `
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(${JSON.stringify(file)}, size_guidance={"scalars": 0})
events.Reload()
assert sum(len(events.Scalars(tag)) for tag in events.Tags()["scalars"]) == ${values.scalars}`;
const { text, ratio, cpuRatio } = against({
  file,
  format: 'tfevents',
  dist,
  python: values.python,
  program,
  label: values.alone ? '(nothing)' : 'EventAccumulator',
  repeats: Number(values.repeats),
});
process.stdout.write(`${text}\n`);
if (!values.alone)
  process.stdout.write(
    `${ratio.toFixed(1)} times as fast, ${cpuRatio.toFixed(2)} times by CPU time (goal 10: ${ratio >= 10 ? 'met' : 'missed'})\n`,
  );
rmSync(folder, { recursive: true });
