// Logs of any size, as trainings write them: many steps, one validation an epoch.
import { closeSync, openSync, writeSync } from 'node:fs';

const STEPS = 1000;

export const LOGS = {
  csv: {
    file: 'metrics.csv',
    format: 'csv',
    head: 'epoch,step,train_loss,val_loss,val_acc\n',
    line: (r) => `${r.epoch},${r.step},${r.loss},${r.valLoss ?? ''},${r.valAcc ?? ''}\n`,
  },
  jsonl: {
    file: 'metrics.jsonl',
    format: 'jsonl',
    head: '',
    line: (r) =>
      r.valAcc === undefined
        ? `{"epoch": ${r.epoch}, "step": ${r.step}, "train_loss": ${r.loss}, "lr": 0.001}\n`
        : `{"epoch": ${r.epoch}, "step": ${r.step}, "val_loss": ${r.valLoss}, "val_acc": ${r.valAcc}}\n`,
  },
  stdout: {
    file: 'train.log',
    format: 'stdout',
    head: 'Using device: cuda:0\nTraining for 100000 epochs\n',
    line: (r) =>
      r.valAcc === undefined
        ? `2024-05-01 12:30:01,123 - INFO - epoch ${r.epoch} step ${r.step} | train loss ${r.loss} | lr 0.001\n`
        : `2024-05-01 12:30:01,123 - INFO - epoch ${r.epoch} val loss ${r.valLoss} | val acc ${r.valAcc}\n`,
  },
};

/** Writes about `bytes` bytes of a log, or exactly `limit` rows; returns the number of rows. */
export function writeLog(name, file, bytes, limit = Infinity) {
  const { head, line } = LOGS[name];
  const out = openSync(file, 'w');
  let size = writeSync(out, head);
  let rows = 0;
  let state = 42;
  const random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  while (size < bytes && rows < limit) {
    let text = '';
    for (let i = 0; i < 5000 && rows < limit; i++) {
      const row = {
        epoch: Math.floor(rows / STEPS),
        step: rows,
        loss: 2 * Math.exp(-rows / 1e6) + 0.1 * random(),
      };
      if (rows % STEPS === STEPS - 1) {
        row.valLoss = row.loss + 0.1 * random();
        row.valAcc = 1 - row.valLoss / 3;
      }
      text += line(row);
      rows++;
    }
    size += writeSync(out, text);
  }
  closeSync(out);
  return rows;
}
