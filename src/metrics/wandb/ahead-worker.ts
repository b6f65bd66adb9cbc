// The thread that `Ahead` starts.
import { closeSync, fstatSync, openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { AheadData } from './ahead.ts';
import { Board } from './board.ts';
import { scanAhead } from './scan-ahead.ts';

const { path, memory, segments, dev, ino }: AheadData = workerData;
const file = openSync(path, 'r');
try {
  const status = fstatSync(file);
  if (status.dev === dev && status.ino === ino) scanAhead(new Board(segments, memory), file);
} finally {
  closeSync(file);
}
