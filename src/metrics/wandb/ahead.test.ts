import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Curve } from '../_contract.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { Ahead } from './ahead.ts';
import { Board, DONE, FREE, LEFT, SEGMENT, TAKEN } from './board.ts';
import { damage, damaged, makeLog } from './fixtures/make-log.ts';
import { RunLogReader } from './run-log.ts';
import { scanAhead, settle } from './scan-ahead.ts';
import { Scanner } from './scanner.ts';

const folder = mkdtempSync(join(tmpdir(), 'pawl-ahead-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = makeLog(4 * SEGMENT);

/** Reads record by record, or in chunks of which those in `taken` are scanned ahead, each as soon as the chunk `lead` before it has been read. */
function read(bytes: Buffer, taken?: ReadonlySet<number>, lead = 1, shown = bytes): Curve & { done: number } {
  const builder = new CurveBuilder();
  const path = join(folder, 'log');
  writeFileSync(path, shown);
  const file = openSync(path, 'r');
  const board = new Board(Math.floor(bytes.length / SEGMENT));
  const scanner = new Scanner();
  const reader = new RunLogReader(builder, () => new Ahead(board));
  const size = bytes.length;
  const input = taken && size >= SEGMENT ? reader.buffer(size, { size, dev: 0, ino: 0 }) : undefined;
  for (let segment = 0; segment * SEGMENT < size; segment++) {
    const piece = bytes.subarray(segment * SEGMENT, (segment + 1) * SEGMENT);
    if (!input || reader.pass(segment * SEGMENT) === 0)
      reader.push(input ? input.subarray(0, piece.copy(input)) : piece);
    const next = segment + lead;
    if (taken?.has(next) && next < board.segments) {
      board.states[next] = TAKEN;
      settle(board, scanner, file, next);
    }
  }
  reader.end();
  closeSync(file);
  return {
    ...builder.build('wandb', 'x'),
    done: board.states.filter((state) => state === DONE).length,
  };
}

const all = new Set([1, 2, 3, 4, 5]);

it('gives the same curve as reading record by record', () => {
  const { done, ...curve } = read(log, all);
  expect(done).toBe(3);
  const { done: none, ...plain } = read(log);
  expect(none).toBe(0);
  expect(curve).toEqual(plain);
});

it('gives the same curve and the same warnings of damaged logs, whatever was scanned ahead and when', () => {
  let settled = 0;
  fc.assert(
    fc.property(
      fc.array(damage, { minLength: 0, maxLength: 2 }),
      fc.subarray([1, 2, 3, 4], { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      (damages, taken, lead) => {
        const bytes = damages.reduce(damaged, log);
        const { done, ...curve } = read(bytes, new Set(taken), lead);
        settled += done;
        const { done: none, ...plain } = read(bytes);
        expect(none).toBe(0);
        expect(curve).toEqual(plain);
      },
    ),
    { numRuns: 12, seed: 20260101 },
  );
  expect(settled).toBeGreaterThan(5);
});

it('leaves what a shorter file does not hold', () => {
  const { done, ...curve } = read(log, all, 1, log.subarray(0, 2 * SEGMENT + 5));
  expect(done).toBe(1);
  const { done: none, ...plain } = read(log);
  expect(none).toBe(0);
  expect(curve).toEqual(plain);
});

it('scans what is free in front of the reader, and ends behind the last segment', () => {
  const path = join(folder, 'log');
  writeFileSync(path, log);
  const file = openSync(path, 'r');
  const board = new Board(4);
  const reader = new RunLogReader(new CurveBuilder(), () => new Ahead(board));
  const input = reader.buffer(log.length, { size: log.length, dev: 0, ino: 0 }) ?? Buffer.alloc(0);
  // From this it learns the keys.
  reader.push(input.subarray(0, log.copy(input)));
  board.advance(1);
  scanAhead(board, file);
  // The next but one is the reader's, which would have to wait for it otherwise.
  expect([...board.states]).toEqual([FREE, FREE, DONE, FREE]);
  closeSync(file);
});

it('hands out a segment once, and none that was left or is still being scanned', () => {
  const board = new Board(6);
  board.states.set([FREE, FREE, TAKEN, DONE, LEFT, FREE]);
  const ahead = new Ahead(board);
  const taken = [0, 1, 2, 3, 4, 5, 6, 2.5].map((segment) => ahead.take(segment * SEGMENT) !== undefined);
  expect(taken).toEqual([false, false, false, true, false, false, false, false]);
  // The thread finds that these are not its own any more.
  expect(Atomics.compareExchange(board.states, 1, FREE, TAKEN)).not.toBe(FREE);
  expect(Atomics.compareExchange(board.states, 2, TAKEN, DONE)).not.toBe(TAKEN);
});
