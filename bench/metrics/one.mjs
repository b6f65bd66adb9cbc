// One reading in a process of its own, so that its peak memory is its own. Prints JSON.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [kind, file, format, dist] = process.argv.slice(2);

/** What one would write by hand: split or parse each line, keep nothing. */
async function bare() {
  let sum = 0;
  let lines = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    lines++;
    if (format === 'csv') for (const cell of line.split(',')) sum += Number(cell);
    else if (format === 'jsonl') sum += JSON.parse(line).train_loss;
    else sum += Number(/loss[ =:]+([\d.]+)/.exec(line)?.[1] ?? 0);
  }
  return lines + (sum === 0 ? 1 : 0);
}

async function pawl() {
  const { readCurve } = await import(pathToFileURL(join(dist, 'metrics', 'read.js')).href);
  return (await readCurve(file, { format })).points.length;
}

const begun = performance.now();
const points = await (kind === 'bare' ? bare() : pawl());
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMb, points }));
