// A trainer for tests: deterministic metrics from config and seed, some milliseconds an epoch, one line an epoch.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const arg = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const config = readFileSync(arg('config'), 'utf8');
const seed = Number(arg('seed'));
const out = arg('out');
const value = (key, fallback) =>
  Number(new RegExp(`^\\s*${key}:\\s*([-\\d.eE+]+)`, 'm').exec(config)?.[1] ?? fallback);
const journal = process.env.TOY_JOURNAL;
const say = (what) =>
  journal && appendFileSync(journal, `${what} ${arg('config').split('/').at(-1)} ${seed} ${process.pid}\n`);

const epochs = value('epochs', 5);
const dropout = value('dropout', 0);
const decay = value('weight_decay', 0);
const wait = value('epoch_ms', 20);
const noise = (n) => ((Math.sin(seed * 12.9898 + n * 78.233) * 43758.5453) % 1) * 0.01;

mkdirSync(out, { recursive: true });
say('start');
for (let epoch = 1; epoch <= epochs; epoch++) {
  await new Promise((resolve) => setTimeout(resolve, wait));
  const rise = 1 - Math.exp(-epoch / (epochs / 3));
  const val_acc = 0.6 + 0.2 * rise + 0.15 * dropout + 0.5 * decay + noise(epoch);
  const train_acc = Math.min(1, val_acc + 0.1 - 0.1 * dropout);
  const line = { epoch, train_loss: 1 - rise / 2, train_acc, val_loss: 1.1 - rise / 2, val_acc };
  appendFileSync(join(out, 'metrics.jsonl'), `${JSON.stringify(line)}\n`);
}
say('end');
