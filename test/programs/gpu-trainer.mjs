// A trainer that holds the device it was given, alone: `devices/<n>` exists as long as it trains on it. Whoever finds it
// there writes so into `shared`. One line in `journal` for each training: its config, its devices, how it ended.
// Fails above a dropout of 0.75.
import { appendFileSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const arg = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const [text, yard] = [readFileSync(arg('config'), 'utf8'), arg('yard')];
const value = (key) => Number(new RegExp(`^\\s*${key}:\\s*([-\\d.eE+]+)`, 'm').exec(text)?.[1] ?? 0);
const devices = (process.env.CUDA_VISIBLE_DEVICES ?? 'none').split(',');
const name = basename(arg('config'));
const held = [];

function end(how, code) {
  for (const device of held) rmdirSync(join(yard, 'devices', device));
  appendFileSync(join(yard, 'journal'), `${name} ${devices.join(',')} ${how}\n`);
  process.exit(code);
}
process.on('SIGTERM', () => end('ended', 143));
mkdirSync(join(yard, 'devices'), { recursive: true });
for (const device of devices) {
  try {
    mkdirSync(join(yard, 'devices', device));
    held.push(device);
  } catch {
    appendFileSync(join(yard, 'shared'), `${name} on ${device}\n`);
  }
}
process.stdout.write(`device ${devices.join(',')}\n`);
const goal =
  0.9 - 0.05 * Math.abs(Math.log10(value('learning_rate')) + 2) - 0.2 * Math.abs(value('dropout') - 0.3);
for (let epoch = 1; epoch <= value('epochs'); epoch++) {
  await new Promise((resolve) => setTimeout(resolve, value('epoch_ms')));
  if (epoch === 2 && value('dropout') > 0.75) end('failed', 1);
  const reached = goal * (1 - Math.exp((-3 * epoch) / value('epochs')));
  appendFileSync(join(arg('out'), 'metrics.jsonl'), `${JSON.stringify({ epoch, val_acc: reached })}\n`);
}
end('finished', 0);
