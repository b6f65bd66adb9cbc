// Appends lines to files at a steady rate, as trainings do: one write a line, the time of writing in it.
import { closeSync, openSync, writeSync } from 'node:fs';

const [first, count, perSecond, seconds, folder] = process.argv
  .slice(2)
  .map((text) => (/^\d+$/.test(text) ? Number(text) : text));
const files = Array.from({ length: count }, (_, i) =>
  openSync(`${folder}/run-${first + i}/metrics.csv`, 'a'),
);
for (const file of files) writeSync(file, 'epoch,step,train_loss,written\n');
const begun = Date.now();
const total = perSecond * seconds;
let written = 0;
const timer = setInterval(() => {
  const due = Math.min(total, Math.floor(((Date.now() - begun) / 1000) * perSecond));
  for (; written < due; written++) {
    for (const file of files)
      writeSync(file, `${Math.floor(written / 100)},${written},${1 / (written + 1)},${Date.now()}\n`);
  }
  if (written < total) return;
  clearInterval(timer);
  for (const file of files) closeSync(file);
}, 10);
