import { nativeCrc32 } from '../checksum/crc.ts';
import { deliver, type RowTaker, type Scanned } from './scanned.ts';
import { SCANNER_CODE } from './scanner-code.ts';

/**
 * Reads records of the common form many at once, in WebAssembly (`assembly/wandb-scanner`); the others it leaves. It knows the keys
 * that it has been told of, and sees only what lies in its `input`.
 */
export class Scanner {
  /** False in a Node without WebAssembly (`--jitless`) or without checksums of its own (22.0 and 22.1). */
  static readonly works = 'WebAssembly' in globalThis && nativeCrc32 !== undefined;
  readonly input: Buffer;
  readonly scanned: Scanned;
  private readonly record: Buffer;
  private readonly keyInput: Buffer;
  private readonly leftBytes: number;
  private readonly exports: Exports;

  constructor() {
    this.exports = instantiate();
    const { memory, INPUT, INPUT_BYTES, KEY_INPUT, KEY_INPUT_BYTES, RECORD, RECORD_BYTES, ...at } =
      this.exports;
    const { buffer } = memory;
    this.input = Buffer.from(buffer, INPUT.value, INPUT_BYTES.value);
    this.leftBytes = at.LEFT_BYTES.value;
    this.record = Buffer.from(buffer, RECORD.value, RECORD_BYTES.value);
    this.keyInput = Buffer.from(buffer, KEY_INPUT.value, KEY_INPUT_BYTES.value);
    const { value: entries } = at.ENTRY_LIMIT;
    const { value: cells } = at.CELL_LIMIT;
    this.scanned = {
      counts: new Int32Array(buffer, at.COUNTS.value, entries),
      marks: new Int32Array(buffer, at.MARKS.value, entries),
      steps: new Float64Array(buffer, at.STEPS.value, entries),
      ids: new Int32Array(buffer, at.IDS.value, cells),
      values: new Float64Array(buffer, at.VALUES.value, cells),
    };
  }

  /** Entries of what was last scanned. */
  get entries(): number {
    return this.exports.entryCount();
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

  /**
   * Scans whole fragments from `from` on, `left` bytes before the end of a block; `isOpen`: a record was begun before;
   * `leftLimit`: ends after that many fragments that it had to leave. Returns the end, and whether the checksums hold: if not, what was scanned does not count.
   */
  scan(
    bytes: Buffer,
    from: number,
    left: number,
    isOpen: boolean,
    leftLimit: number,
  ): { end: number; holds: boolean } {
    const { exports } = this;
    const { byteOffset } = bytes;
    const end =
      exports.scan(byteOffset + from, byteOffset + bytes.length, left, isOpen, leftLimit) - byteOffset;
    const checksum = nativeCrc32?.(bytes.subarray(from, end));
    exports.unseal();
    return { end, holds: checksum === exports.sealedChecksum() >>> 0 };
  }

  /** Hands on what was last scanned. */
  deliver(bytes: Buffer, rows: RowTaker, onLeft: (at: number) => void): void {
    deliver(this.scanned, this.entries, bytes.byteOffset, rows, onLeft);
  }

  /** Reads one record that lies elsewhere, also while others are being delivered. Returns whether that was possible. */
  read(record: Buffer, rows: RowTaker): boolean {
    const { record: own } = this;
    if (record.length > own.length) return false;
    record.copy(own);
    const { exports, entries } = this;
    const count = exports.read(record.length);
    if (count > 0) {
      const { counts, marks, steps, ids, values } = this.scanned;
      const cell = exports.cellCount();
      const to = cell + (counts[entries] as number);
      rows.put(ids, values, cell, to, marks[entries] as number, steps[entries] as number);
    }
    return count >= 0;
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
  RECORD: Place;
  RECORD_BYTES: Place;
  KEY_INPUT: Place;
  KEY_INPUT_BYTES: Place;
  ENTRY_LIMIT: Place;
  CELL_LIMIT: Place;
  COUNTS: Place;
  MARKS: Place;
  STEPS: Place;
  IDS: Place;
  VALUES: Place;
  scan(from: number, to: number, left: number, isOpen: boolean, leftLimit: number): number;
  cellCount(): number;
  read(length: number): number;
  sealedChecksum(): number;
  unseal(): void;
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
