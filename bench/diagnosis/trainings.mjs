// Trains configurations with the embedded trainer, in this process; a curve that was trained before is read from the cache.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseConfig } from '../../dist/config/document.js';
import { readCurve } from '../../dist/metrics/read.js';
import { runTraining } from '../../dist/trainer/run.js';

const DATA = resolve(import.meta.dirname, '../../examples/digits/data');
const CACHE = join(tmpdir(), 'pawl-bench-diagnosis');

const FILES = {
  images: join(DATA, 'digits-images-idx3-ubyte.gz'),
  labels: join(DATA, 'digits-labels-idx1-ubyte.gz'),
};
const isSection = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

export function merge(base, change) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(change))
    merged[key] = isSection(value) && isSection(merged[key]) ? merge(merged[key], value) : value;
  return merged;
}

/** The curve of one training. */
export async function train(config, seed) {
  const text = JSON.stringify({ ...config, data: { ...FILES, ...config.data } }, null, 2);
  const name = createHash('sha256').update(`${text}#${seed}`).digest('hex').slice(0, 20);
  const folder = join(CACHE, name);
  if (!existsSync(folder)) {
    const work = `${folder}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, 'config.json'), text);
    await runTraining(
      {
        config: join(work, 'config.json'),
        out: work,
        seed,
        checkpoints: undefined,
        resume: undefined,
        epochs: undefined,
        test: false,
      },
      { print: () => {}, warn: () => {}, now: () => performance.now(), interruption: () => undefined },
    );
    rmSync(join(work, 'checkpoints'), { recursive: true, force: true });
    renameSync(work, folder);
  }
  return readCurve(join(folder, 'metrics.jsonl'));
}

/** The config as its user would have written it: without the places of this machine. */
export const documentOf = (config) => parseConfig(JSON.stringify(config, null, 2), 'config.json');
