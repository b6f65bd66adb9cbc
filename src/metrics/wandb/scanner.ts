import type { Express } from '../leveldb-log/log-records.ts';
import { SCANNER_CODE } from './scanner-code.ts';

/** Takes a row: the keys and values from `from` to `to`, the bits of its keys together, and its step. */
export type OnRow = (from: number, to: number, bits: number, step: number) => void;

/**
 * Reads records of the common form many at once, in WebAssembly (`assembly/wandb-scanner`); the others it leaves. It knows the keys
 * that it has been told of, and sees only what lies in its `input`.
 */
export class Scanner implements Express {
  readonly input: Buffer;
  /** Of the rows: their keys' numbers and their values. */
  readonly ids: Int32Array;
  readonly values: Float64Array;
  private readonly counts: Int32Array;
  private readonly marks: Int32Array;
  private readonly steps: Float64Array;
  private readonly keyInput: Buffer;
  private readonly leftBytes: number;
  private readonly exports: Exports;
  private readonly onRow: OnRow;

  constructor(onRow: OnRow) {
    this.onRow = onRow;
    this.exports = instantiate();
    const { memory, INPUT, INPUT_BYTES, KEY_INPUT, KEY_INPUT_BYTES, ...at } = this.exports;
    const { buffer } = memory;
    this.input = Buffer.from(buffer, INPUT.value, INPUT_BYTES.value);
    this.leftBytes = at.LEFT_BYTES.value;
    this.keyInput = Buffer.from(buffer, KEY_INPUT.value, KEY_INPUT_BYTES.value);
    const { value: entries } = at.ENTRY_LIMIT;
    const { value: cells } = at.CELL_LIMIT;
    this.counts = new Int32Array(buffer, at.COUNTS.value, entries);
    this.marks = new Int32Array(buffer, at.MARKS.value, entries);
    this.steps = new Float64Array(buffer, at.STEPS.value, entries);
    this.ids = new Int32Array(buffer, at.IDS.value, cells);
    this.values = new Float64Array(buffer, at.VALUES.value, cells);
  }

  get checksum(): number {
    return this.exports.chainValue() >>> 0;
  }

  sees(bytes: Buffer): boolean {
    return bytes.buffer === this.input.buffer;
  }

  join(left: Buffer, bytes: Buffer): Buffer | undefined {
    const { input } = this;
    if (!this.sees(bytes) || bytes.byteOffset !== input.byteOffset || left.length > this.leftBytes)
      return undefined;
    const joined = Buffer.from(input.buffer, input.byteOffset - left.length, left.length + bytes.length);
    left.copy(joined);
    return joined;
  }

  scan(bytes: Buffer, from: number, left: number, isOpen: boolean): number {
    const { byteOffset } = bytes;
    return this.exports.scan(byteOffset + from, byteOffset + bytes.length, left, isOpen) - byteOffset;
  }

  deliver(bytes: Buffer, onLeft: (at: number) => void): void {
    const { counts, marks, steps } = this;
    const entries = this.exports.entryCount();
    let cell = 0;
    for (let entry = 0; entry < entries; entry++) {
      const count = counts[entry] as number;
      const mark = marks[entry] as number;
      if (count < 0) onLeft(mark - bytes.byteOffset);
      else this.onRow(cell, (cell += count), mark, steps[entry] as number);
    }
  }

  /** A key by its bytes in an item, up to the tag of the value. Returns whether it could be taken. */
  putKey(bytes: Buffer, from: number, to: number, id: number, bits: number): boolean {
    if (to - from > this.keyInput.length) return false;
    bytes.copy(this.keyInput, 0, from, to);
    this.exports.putKey(to - from, id, bits);
    return true;
  }
}

interface Place {
  readonly value: number;
}

/** What `assembly/wandb-scanner/index.ts` exports. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer };
  INPUT: Place;
  INPUT_BYTES: Place;
  LEFT_BYTES: Place;
  KEY_INPUT: Place;
  KEY_INPUT_BYTES: Place;
  ENTRY_LIMIT: Place;
  CELL_LIMIT: Place;
  COUNTS: Place;
  MARKS: Place;
  STEPS: Place;
  IDS: Place;
  VALUES: Place;
  scan(from: number, to: number, left: number, isOpen: boolean): number;
  chainValue(): number;
  entryCount(): number;
  putKey(length: number, id: number, bits: number): void;
}

/** What is used of the runtime's own, which Node's types leave out. */
declare const WebAssembly: {
  Module: new (code: Buffer) => object;
  Instance: new (module: object) => { exports: Exports };
};

function instantiate(): Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(SCANNER_CODE, 'base64'))).exports;
}
