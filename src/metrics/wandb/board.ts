import type { Scanned } from './scanned.ts';

/** Bytes of a segment: as many as a reader reads at a time, a whole number of the log's blocks. */
export const SEGMENT = 1_048_576;
/** Segments that the scanning thread may be in front. */
export const SLOTS = 8;
/** States of a segment. */
export const FREE = 0;
/** The reader scans it. */
export const OWN = 1;
/** The other thread scans it. */
export const TAKEN = 2;
/** Its rows lie in its slot. */
export const DONE = 3;
/** It must be read another way. */
export const LEFT = 4;

/** Entries and cells of a slot; what the scanner has room for. */
const ENTRIES = 16_384;
const CELLS = 131_072;
const KEYS = 2000;
const KEY_BYTES = 131_072;
/** Numbers at the start: the segment that the reader is at, the number of keys. */
const NUMBERS = 2;
const POSITION = 0;
const KEY_COUNT = 1;

/** Rows of a segment. */
export interface Slot {
  readonly scanned: Scanned;
  /** Number of entries; where `marks` count from; 1 where the segment begins with the rest of a record. */
  readonly head: Int32Array;
  /** The fragments among the entries, where they lie in the segment; the rest is empty. */
  readonly fragments: Buffer;
}

/** Takes a key: its bytes, its number, its bits. */
export type OnKey = (bytes: Buffer, id: number, bits: number) => void;

/** What a reader and the thread that scans ahead of it have in common: memory, and who does what of it. */
export class Board {
  readonly memory: SharedArrayBuffer;
  readonly segments: number;
  readonly states: Int32Array;
  private readonly numbers: Int32Array;
  private readonly slots: Slot[];
  /** Of each key: where its bytes end, its number, its bits. */
  private readonly keys: Int32Array;
  private readonly keyBytes: Buffer;
  private keysTaken = 0;

  /** `memory`: as another thread made it. */
  constructor(segments: number, memory?: SharedArrayBuffer) {
    const size =
      4 * (NUMBERS + segments + 3 * KEYS) + KEY_BYTES + SLOTS * (16 + 16 * ENTRIES + 12 * CELLS + SEGMENT);
    this.memory = memory ?? new SharedArrayBuffer(size);
    this.segments = segments;
    let at = 0;
    const integers = (count: number): Int32Array =>
      new Int32Array(this.memory, (at += 4 * count) - 4 * count, count);
    const doubles = (count: number): Float64Array =>
      new Float64Array(this.memory, (at += 8 * count) - 8 * count, count);
    const bytes = (count: number): Buffer => Buffer.from(this.memory, (at += count) - count, count);
    this.slots = Array.from({ length: SLOTS }, () => ({
      scanned: {
        // In the scanner's order, so that the runtime compiles what reads both but once.
        counts: integers(ENTRIES),
        marks: integers(ENTRIES),
        steps: doubles(ENTRIES),
        ids: integers(CELLS),
        values: doubles(CELLS),
      },
      head: integers(4),
      fragments: bytes(SEGMENT),
    }));
    this.numbers = integers(NUMBERS);
    this.states = integers(segments);
    this.keys = integers(3 * KEYS);
    this.keyBytes = bytes(KEY_BYTES);
  }

  get position(): number {
    return Atomics.load(this.numbers, POSITION);
  }

  /** The reader has come to `segment`. */
  advance(segment: number): void {
    Atomics.store(this.numbers, POSITION, segment);
    Atomics.notify(this.numbers, POSITION);
  }

  /** Waits until the reader leaves `segment`. Returns whether it did, within `milliseconds`. */
  waitBehind(segment: number, milliseconds: number): boolean {
    return Atomics.wait(this.numbers, POSITION, segment, milliseconds) !== 'timed-out';
  }

  slot(segment: number): Slot {
    return this.slots[segment % SLOTS] as Slot;
  }

  /** Makes a key known to the other thread, where there is room. */
  putKey(bytes: Buffer, from: number, to: number, id: number, bits: number): void {
    const count = Atomics.load(this.numbers, KEY_COUNT);
    const start = count === 0 ? 0 : (this.keys[3 * count - 3] as number);
    const end = start + to - from;
    if (count === KEYS || end > KEY_BYTES) return;
    bytes.copy(this.keyBytes, start, from, to);
    this.keys.set([end, id, bits], 3 * count);
    Atomics.store(this.numbers, KEY_COUNT, count + 1);
  }

  /** The keys that have been put since the last call. */
  takeKeys(onKey: OnKey): void {
    const { keys, keyBytes } = this;
    const count = Atomics.load(this.numbers, KEY_COUNT);
    for (let key = this.keysTaken; key < count; key++) {
      const start = key === 0 ? 0 : (keys[3 * key - 3] as number);
      const bytes = keyBytes.subarray(start, keys[3 * key]);
      onKey(bytes, keys[3 * key + 1] as number, keys[3 * key + 2] as number);
    }
    this.keysTaken = count;
  }
}
