import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { CurveBuilder } from '../src/metrics/curve-builder.ts';
import { Ahead } from '../src/metrics/wandb/ahead.ts';
import { Board, DONE, SEGMENT } from '../src/metrics/wandb/board.ts';
import { makeLog } from '../src/metrics/wandb/fixtures/make-log.ts';
import { RunLogReader } from '../src/metrics/wandb/run-log.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pawl-ahead-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'run-x.wandb');
const log = makeLog(40 * SEGMENT);
writeFileSync(file, log);

/** Reads `file` by the library and prints how many segments came from the thread, and a hash of the curve. */
const READ = `
import { createHash } from 'node:crypto';
import os from 'node:os';
import { syncBuiltinESMExports } from 'node:module';
const [dist, file, processors] = process.argv.slice(1);
os.availableParallelism = () => Number(processors);
syncBuiltinESMExports();
const { Ahead } = await import(dist + '/metrics/wandb/ahead.js');
const { take } = Ahead.prototype;
let taken = 0;
Ahead.prototype.take = function (offset) {
  const slot = take.call(this, offset);
  if (slot) taken++;
  return slot;
};
const { readCurve } = await import(dist + '/metrics/read.js');
const curve = await readCurve(file);
const text = JSON.stringify(curve, (_, value) => Number.isFinite(value) || typeof value !== 'number' ? value : String(value));
console.log(JSON.stringify({ taken, hash: createHash('sha256').update(text).digest('hex') }));
`;

function read(processors: number): { taken: number; hash: string } {
  const args = ['--input-type=module', '-e', READ, join(root, 'dist'), file, String(processors)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    taken: number;
    hash: string;
  };
}

it('a second thread scans a large W&B log ahead, and the curve is the same as without', () => {
  const alone = read(1);
  let helped = read(2);
  // On a busy machine the thread may start when there is nothing left for it to do.
  for (let tries = 1; helped.taken === 0 && tries < 20; tries++) helped = read(2);
  expect(alone.taken).toBe(0);
  expect(helped.taken).toBeGreaterThan(0);
  expect(helped.hash).toBe(alone.hash);
});

/** Reads the beginning, so that the board has the keys. */
function learnKeys(board: Board): void {
  const reader = new RunLogReader(new CurveBuilder(), () => new Ahead(board));
  const input = reader.buffer(SEGMENT, { size: SEGMENT, dev: 0, ino: 0 }) ?? Buffer.alloc(0);
  reader.push(input.subarray(0, log.copy(input, 0, 0, SEGMENT)));
}

it.each(['dist/metrics/wandb/ahead-worker.js', 'dist/bundle/ahead-worker.js'])(
  'the thread %s scans the file that it was started for, and no other',
  async (path) => {
    expect(existsSync(join(root, path))).toBe(true);
    const { dev, ino } = statSync(file);
    for (const [inode, done] of [
      [ino, 4],
      [ino + 1, 0],
    ] as const) {
      const board = new Board(8);
      const { memory, segments } = board;
      learnKeys(board);
      board.advance(1);
      const workerData = { path: file, memory, segments, dev, ino: inode };
      await once(new Worker(join(root, path), { workerData }), 'exit');
      expect(board.states.filter((state) => state === DONE)).toHaveLength(done);
    }
  },
);
