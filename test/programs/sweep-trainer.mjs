// A trainer for sweeps: a bowl around lr 0.01 and dropout 0.3, some noise of the seed, one line an epoch.
// SWEEP_BREAK: the dropout above which it fails. SWEEP_METRIC: the name that it logs.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const arg = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const config = readFileSync(arg('config'), 'utf8');
const value = (key) => Number(new RegExp(`^\\s*${key}:\\s*([-\\d.eE+]+)`, 'm').exec(config)?.[1] ?? 0);
const lr = value('learning_rate');
const dropout = value('dropout');
const epochs = value('epochs');
const wait = value('epoch_ms');
const seed = Number(arg('seed'));
const journal = process.env.SWEEP_JOURNAL;
if (journal) appendFileSync(journal, `${arg('config').split('/').at(-1)} ${seed}\n`);
if (process.env.SWEEP_BREAK && dropout > Number(process.env.SWEEP_BREAK)) {
  process.stderr.write('RuntimeError: this configuration cannot be trained\n');
  process.exit(1);
}
const name = process.env.SWEEP_METRIC ?? 'val_acc';
const noise = ((Math.sin(seed * 12.9898) * 43758.5453) % 1) * 0.004;
const goal = 0.9 - 0.05 * Math.abs(Math.log10(lr) + 2) - 0.2 * Math.abs(dropout - 0.3) + noise;
mkdirSync(arg('out'), { recursive: true });
for (let epoch = 1; epoch <= epochs; epoch++) {
  await new Promise((resolve) => setTimeout(resolve, wait));
  const reached = goal * (1 - Math.exp((-3 * epoch) / epochs));
  appendFileSync(join(arg('out'), 'metrics.jsonl'), `${JSON.stringify({ epoch, [name]: reached })}\n`);
}
