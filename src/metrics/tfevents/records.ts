import type { Sink } from '../_contract.ts';
import { maskedCrc32c } from '../checksum/crc.ts';

/** Length and its checksum before the data, their checksum behind. */
const HEADER = 12;
const FOOTER = 4;
/** Larger records are images, audio or graphs, and would fill the memory. */
const RECORD_LIMIT = 16 * 1024 * 1024;
/** No protocol buffer is larger. */
const LENGTH_LIMIT = 2 ** 31;

/** Whether a record begins at `at`: its length and the length's checksum agree. */
export function isRecordHeader(bytes: Buffer, at: number): boolean {
  return (
    at + HEADER <= bytes.length &&
    bytes.readUInt32LE(at + 4) === 0 &&
    bytes.readUInt32LE(at) < LENGTH_LIMIT &&
    bytes.readUInt32LE(at + 8) === maskedCrc32c(bytes, at, at + 8)
  );
}

/**
 * Cuts a stream into TFRecords and hands on the data of those whose checksums hold.
 * After damage the next place where a header's checksum holds counts as the next record (by chance once in 2³² bytes).
 */
export class Records {
  private rest: Buffer = Buffer.alloc(0);
  /** Offset in the file of the first byte of `rest`. */
  private offset = 0;
  private toSkip = 0;
  /** Where the damage began that the reader is searching its way out of; −1 while there is none. */
  private lostAt = -1;
  private readonly sink: Pick<Sink, 'warn'>;
  private readonly name: string;
  private readonly onRecord: (bytes: Buffer, start: number, end: number, offset: number) => void;

  /** `onRecord` must not keep `bytes`. */
  constructor(
    sink: Pick<Sink, 'warn'>,
    name: string,
    onRecord: (bytes: Buffer, start: number, end: number, offset: number) => void,
  ) {
    this.sink = sink;
    this.name = name;
    this.onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    let bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (this.toSkip > 0) {
      const skipped = Math.min(this.toSkip, bytes.length);
      this.toSkip -= skipped;
      this.offset += skipped;
      bytes = bytes.subarray(skipped);
    }
    const at = this.cut(bytes);
    this.offset += at;
    this.rest = at >= bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
  }

  end(): void {
    if (this.lostAt >= 0) {
      this.warn('damaged', `damaged from byte ${this.lostAt} on (checksum); the rest is left out`);
      this.lostAt = -1;
    } else if (this.rest.length > 0 || this.toSkip > 0)
      this.warn('cut', `the last record is incomplete (it begins at byte ${this.offset}), left out`);
    this.rest = Buffer.alloc(0);
  }

  /** Returns the offset of the first byte that is still needed. */
  private cut(bytes: Buffer): number {
    let at = 0;
    while (at + HEADER <= bytes.length) {
      if (!isRecordHeader(bytes, at)) {
        at = this.lose(at);
        continue;
      }
      const length = bytes.readUInt32LE(at);
      const end = at + HEADER + length;
      if (length > RECORD_LIMIT) {
        this.found(at);
        this.leaveOut(at, length);
        if (end + FOOTER > bytes.length) {
          this.toSkip = end + FOOTER - bytes.length;
          return bytes.length;
        }
        at = end + FOOTER;
        continue;
      }
      if (end + FOOTER > bytes.length) return at;
      if (bytes.readUInt32LE(end) !== maskedCrc32c(bytes, at + HEADER, end)) {
        this.found(at);
        at = this.lose(at);
        continue;
      }
      this.found(at);
      this.onRecord(bytes, at + HEADER, end, this.offset + at);
      at = end + FOOTER;
    }
    return at;
  }

  private lose(at: number): number {
    if (this.lostAt < 0) this.lostAt = this.offset + at;
    return at + 1;
  }

  private found(at: number): void {
    if (this.lostAt < 0) return;
    const to = this.offset + at;
    this.warn('damaged', `damaged at byte ${this.lostAt} (checksum); ${to - this.lostAt} bytes are left out`);
    this.lostAt = -1;
  }

  private leaveOut(at: number, length: number): void {
    const megabytes = Math.round(length / 1024 / 1024);
    this.warn('large', `a record of ${megabytes} MB at byte ${this.offset + at} is left out`);
  }

  private warn(kind: string, message: string): void {
    this.sink.warn({ kind: `tfevents-${kind}`, message: `${this.name}: ${message}` });
  }
}
