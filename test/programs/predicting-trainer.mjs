// A trainer for tests: a classifier by arithmetic. Each of `examples` has a fixed difficulty and some luck of the seed;
// `skill` says how many come out right. Logs accuracy by epoch on a validation and a confirm split and leaves its predictions.
import { mkdirSync, readFileSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';

const arg = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const config = readFileSync(arg('config'), 'utf8');
const out = arg('out');
const read = (key, fallback) => new RegExp(`^\\s*${key}:\\s*([^\\s#]+)`, 'm').exec(config)?.[1] ?? fallback;
const number = (key, fallback) => Number(read(key, fallback));
const seed = read('ignore_seed', 'false') === 'true' ? 0 : Number(arg('seed'));

const epochs = number('epochs', 8);
const skill = number('skill', 0.7);
const spread = number('spread', 0.02);
const examples = number('examples', 400);
const format = read('predictions', 'none');
const defect = read('defect', 'none');
const divergesAt = number('diverges_at', 0);

const mix = (...values) => {
  let h = 0x9e3779b9;
  for (const value of values) {
    h = Math.imul(h ^ (value + 0x7f4a7c15), 0x85ebca6b);
    h ^= h >>> 15;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 13;
  }
  return (h >>> 0) / 2 ** 32;
};
const own = Math.round(1e6 * skill);
const shift = spread * (2 * mix(seed, own) - 1);
const isRight = (split, x, level) => 0.9 * mix(split, x) + 0.1 * mix(split, x, seed, own) < level + shift;
const accuracy = (split, level) => {
  let right = 0;
  for (let x = 0; x < examples; x++) if (isRight(split, x, level)) right++;
  return right / examples;
};

mkdirSync(out, { recursive: true });
for (let epoch = 1; epoch <= epochs; epoch++) {
  await new Promise((resolve) => setTimeout(resolve, number('epoch_ms', 15)));
  const level = skill * (1 - 0.5 / epoch ** 1.5) + (epoch === epochs ? skill * (0.5 / epochs ** 1.5) : 0);
  const isBroken = divergesAt > 0 && epoch >= divergesAt && Number(arg('seed')) % 2 === 1;
  const val_acc = accuracy(1, level);
  const line = {
    epoch,
    train_loss: isBroken ? 'NaN' : 1 - level,
    val_loss: 1.1 - val_acc,
    val_acc,
    ...(read('confirm_split', 'no') === 'yes' && { confirm_acc: accuracy(2, level - number('optimism', 0)) }),
  };
  appendFileSync(join(out, 'metrics.jsonl'), `${JSON.stringify(line).replace('"NaN"', 'NaN')}\n`);
}

const count = defect === 'other-examples' ? examples - 5 : examples;
const rows = Array.from({ length: count }, (_, x) => {
  const label = x % 10;
  return { id: `img-${x}`, label, prediction: isRight(1, x, skill) ? label : (label + 1) % 10 };
});
if (defect === 'duplicate') rows[7].id = rows[3].id;
if (defect === 'no-id') delete rows[4].id;
if (format === 'jsonl') {
  let text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  if (defect === 'cut') text = text.slice(0, -20);
  writeFileSync(join(out, 'predictions.jsonl'), text);
}
if (format === 'csv') {
  const lines = rows.map(({ id, label, prediction }) => `${id},${label === prediction ? 'True' : 'False'}`);
  writeFileSync(join(out, 'predictions.csv'), `id,correct\n${lines.join('\n')}\n`);
}
