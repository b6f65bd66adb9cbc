import { availableParallelism } from 'node:os';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { OpenFile } from '../_contract.ts';
import { Board, DONE, FREE, OWN, SEGMENT, type Slot, TAKEN } from './board.ts';

/** Bytes from which on a second thread is worth its start. */
const LARGE = 16 * SEGMENT;
/** Milliseconds to wait for a segment that is being scanned, which takes about one; the thread may have no processor. */
const PATIENCE = 2;

/** What the thread is told. */
export interface AheadData {
  path: string;
  memory: SharedArrayBuffer;
  segments: number;
  /** Which file it must be. */
  dev: number;
  ino: number;
}

let threads = 0;

/** A thread that scans a large file in front of its reader, which asks for the rows of each segment and scans itself what there is none of. */
export class Ahead {
  private readonly board: Board;

  constructor(board: Board) {
    this.board = board;
  }

  /** undefined where a thread would not be worth while. */
  static start(path: string, { size, dev, ino }: OpenFile): Ahead | undefined {
    if (size < LARGE || threads + 1 >= availableParallelism()) return undefined;
    const board = new Board(Math.floor(size / SEGMENT));
    const { memory, segments } = board;
    const workerData: AheadData = { path, memory, segments, dev, ino };
    const worker = new Worker(new URL('./ahead-worker.js', import.meta.url), {
      workerData,
      env: SHARE_ENV,
      execArgv: [],
      trackUnmanagedFds: false,
    });
    threads++;
    worker.unref();
    // The reader does without.
    worker.on('error', () => undefined);
    worker.on('exit', () => threads--);
    return new Ahead(board);
  }

  /** The rows from `offset` in the file on; undefined where there are none. */
  take(offset: number): Slot | undefined {
    const { board } = this;
    const { states } = board;
    const segment = offset / SEGMENT;
    if (!Number.isInteger(segment) || segment >= board.segments) return undefined;
    board.advance(segment);
    let state = Atomics.compareExchange(states, segment, FREE, OWN);
    if (state === TAKEN) {
      Atomics.wait(states, segment, TAKEN, PATIENCE);
      state = Atomics.compareExchange(states, segment, TAKEN, OWN);
    }
    return state === DONE ? board.slot(segment) : undefined;
  }

  putKey(bytes: Buffer, from: number, to: number, id: number, bits: number): void {
    this.board.putKey(bytes, from, to, id, bits);
  }

  /** Sends the thread home. */
  end(): void {
    this.board.advance(this.board.segments);
  }
}
