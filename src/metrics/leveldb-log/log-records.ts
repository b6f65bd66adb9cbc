/**
 * The log format of LevelDB (github.com/google/leveldb, doc/log_format.md): blocks of 32 KB hold fragments of records, each
 * behind a header of checksum (4 bytes), length (2) and type (1); what is too short for a header ends a block as padding.
 * W&B's variant has a header of its own at the start of the file, and a plain CRC-32 over type and data.
 */
import type { Sink } from '../_contract.ts';
import { crc32 } from '../checksum/crc.ts';

const BLOCK = 32_768;
const HEADER = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;
/** Longest fragment with its header; what lies further on says nothing about a damaged place. */
const REACH = BLOCK;
/** A record of more fragments than this would fill the memory. */
const RECORD_LIMIT = 64 * 1024 * 1024;
/** After that much damage in one piece the file is given up: each search costs. */
const DAMAGE_LIMIT = 4 * 1024 * 1024;
/** What is needed of a chunk to go on from what was left of the one before. */
const SEAM = 2 * BLOCK;

/** Reads many fragments at once. */
export interface Express {
  /** Whether these bytes lie where it can read them. */
  sees(bytes: Buffer): boolean;
  /** `left`, and behind it `bytes`, which it sees; undefined where there is no room for that. */
  join(left: Buffer, bytes: Buffer): Buffer | undefined;
  /** Scans whole fragments from `from` on, which is `offset` in the file; `isOpen`: a record was begun before. */
  scan(bytes: Buffer, from: number, offset: number, isOpen: boolean): Stretch;
  /** Reads a record that was put together from its fragments. Returns whether it could. */
  read(record: Buffer): boolean;
}

/** Fragments that were read at once. */
export interface Stretch {
  readonly end: number;
  /** Whether all checksums hold. */
  readonly holds: boolean;
  /** Hands them on in their order; `onLeft` gets those that must be read one by one. */
  deliver(onLeft: (at: number) => void): void;
}

/** Fragments that were read elsewhere, their checksums too. */
export interface Known {
  readonly size: number;
  /** They begin with the rest of a record. */
  readonly isRest: boolean;
  /** Where those lie that must be read one by one; what is between them does not count. */
  readonly bytes: Buffer;
  /** Hands them on in their order; `onLeft` gets those that must be read one by one. */
  deliver(onLeft: (at: number) => void): void;
}

type Fit = 'valid' | 'invalid' | 'unknown';

/** Cuts a stream into records and hands on those whose checksums hold, searching its way out of damage. */
export class LogRecords {
  private rest: Buffer = Buffer.alloc(0);
  /** Offset in the file of the first byte of `rest`. */
  private offset = 0;
  private readonly parts: Buffer[] = [];
  private partsLength = 0;
  /** Where the damage began that the reader is searching its way out of; −1 while there is none. */
  private lostAt = -1;
  private hasGivenUp = false;
  /** Up to there something is wrong in the bytes at hand. */
  private doubtTo = 0;
  /** Reads many fragments at once, where there is one. */
  express: Express | undefined;
  private readonly fileHeader: number;
  private readonly sink: Sink;
  private readonly onRecord: (bytes: Buffer, start: number, end: number, offset: number) => void;

  /** `fileHeader`: bytes before the first record, which count as part of the first block. `onRecord` must not keep `bytes`. */
  constructor(
    fileHeader: number,
    sink: Sink,
    onRecord: (bytes: Buffer, start: number, end: number, offset: number) => void,
  ) {
    this.fileHeader = fileHeader;
    this.sink = sink;
    this.onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    if (!this.hasGivenUp) this.cut(chunk, false);
  }

  /** Takes what is known of the bytes that come next. Returns whether it did; otherwise they are to be pushed. */
  pass(known: Known): boolean {
    if (this.hasGivenUp || this.lostAt >= 0 || this.rest.length > 0) return false;
    if (this.parts.length > 0 && !known.isRest) return false;
    known.deliver(this.taker(known.bytes, this.offset));
    this.offset += known.size;
    return true;
  }

  end(): void {
    if (!this.hasGivenUp) this.cut(Buffer.alloc(0), true);
    if (this.lostAt >= 0)
      this.warn('damaged', `damaged from byte ${this.lostAt} on (checksum); the rest is left out`);
    else if (this.rest.length > 0 || this.parts.length > 0)
      this.warn(
        'cut',
        `the last record is incomplete (the file ends at byte ${this.offset + this.rest.length}), left out`,
      );
    this.lostAt = -1;
    this.rest = Buffer.alloc(0);
    this.parts.length = 0;
  }

  private cut(chunk: Buffer, final: boolean): void {
    let from = 0;
    if (this.rest.length > 0) {
      const joined = this.express?.join(this.rest, chunk);
      if (joined) {
        this.keep(joined, this.walk(joined, 0, joined.length, final));
        return;
      }
      const left = this.rest.length;
      const seam = Buffer.concat([this.rest, chunk.subarray(0, SEAM)]);
      const hasMore = chunk.length > SEAM;
      const at = this.walk(seam, 0, hasMore ? left : seam.length, final && !hasMore);
      if (!hasMore) {
        this.keep(seam, at);
        return;
      }
      from = at - left;
    }
    this.keep(chunk, this.walk(chunk, from, chunk.length, final));
  }

  /** Reads from `from` on, until it has come to `to` or needs more bytes. Returns where it stopped. */
  private walk(bytes: Buffer, from: number, to: number, final: boolean): number {
    let at = from + Math.min(Math.max(0, this.fileHeader - this.offset), bytes.length - from);
    // `offset` stands for the first of `bytes` while they are read.
    this.offset -= from;
    this.doubtTo = at;
    while (at < to && !this.hasGivenUp) {
      let next = at;
      if (at >= this.doubtTo && this.lostAt < 0) next = this.readMany(bytes, at);
      if (next === at)
        next = this.lostAt < 0 ? this.readNext(bytes, at, final) : this.search(bytes, at, final);
      if (next === at) break;
      at = next;
    }
    this.offset += at;
    return at;
  }

  private keep(bytes: Buffer, from: number): void {
    this.rest = this.hasGivenUp || from >= bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(from));
  }

  /** Reads whole fragments from `from` on. Returns where that ended; `from` where it must be done one by one. */
  private readMany(bytes: Buffer, from: number): number {
    const { express, offset } = this;
    if (!express?.sees(bytes)) return from;
    const stretch = express.scan(bytes, from, offset + from, this.parts.length > 0);
    if (!stretch.holds) {
      this.doubtTo = stretch.end;
      return from;
    }
    stretch.deliver(this.taker(bytes, offset));
    return stretch.end;
  }

  /** What takes fragments of `bytes`, which lie at `offset` in the file. */
  private taker(bytes: Buffer, offset: number): (at: number) => void {
    return (at) => void this.take(bytes, at, offset + at);
  }

  /** Reads what begins at `at`. Returns where to go on; `at` where more bytes are needed. */
  private readNext(bytes: Buffer, at: number, final: boolean): number {
    const left = BLOCK - ((this.offset + at) % BLOCK);
    if (left < HEADER) return Math.min(at + left, bytes.length);
    const fit = fitAt(bytes, at, left);
    if (fit === 'unknown') return at;
    if (fit === 'valid') return this.take(bytes, at, this.offset + at);
    this.lostAt = this.offset + at;
    this.parts.length = 0;
    return this.search(bytes, at, final);
  }

  /** Looks for the next fragment whose checksum holds, however the blocks may lie by now. */
  private search(bytes: Buffer, from: number, final: boolean): number {
    let at = from;
    const needed = final ? HEADER : REACH;
    for (; at + needed <= bytes.length; at++) {
      if (this.offset + at - this.lostAt > DAMAGE_LIMIT) {
        this.hasGivenUp = true;
        return at;
      }
      const type = bytes[at + 6] as number;
      if (type < FULL || type > LAST || fitAt(bytes, at, REACH) !== 'valid') continue;
      const end = at + HEADER + bytes.readUInt16LE(at + 4);
      // An empty fragment is too little to go by.
      if (end === at + HEADER) continue;
      const to = this.offset + at;
      this.warn(
        'damaged',
        `damaged at byte ${this.lostAt} (checksum); ${to - this.lostAt} bytes are left out`,
      );
      this.lostAt = -1;
      return this.take(bytes, at, to);
    }
    return at;
  }

  /** Takes the fragment that begins at `at`, which is `offset` in the file. Returns its end. */
  private take(bytes: Buffer, at: number, offset: number): number {
    const type = bytes[at + 6] as number;
    const start = at + HEADER;
    const end = start + bytes.readUInt16LE(at + 4);
    if (type === FULL) {
      if (this.parts.length > 0) this.parts.length = 0;
      this.onRecord(bytes, start, end, offset);
      return end;
    }
    if (type === FIRST) {
      this.parts.length = 0;
      this.partsLength = 0;
    } else if (this.parts.length === 0) return end;
    this.parts.push(Buffer.from(bytes.subarray(start, end)));
    this.partsLength += end - start;
    if (this.partsLength > RECORD_LIMIT) {
      this.warn(
        'large',
        `a record of more than ${RECORD_LIMIT / 1024 / 1024} MB before byte ${offset + end - at} is left out`,
      );
      this.parts.length = 0;
    } else if (type === LAST) {
      const record = Buffer.concat(this.parts);
      this.parts.length = 0;
      if (this.express?.read(record) !== true) this.onRecord(record, 0, record.length, offset);
    }
    return end;
  }

  private warn(kind: string, message: string): void {
    this.sink.warn({ kind: `log-${kind}`, message });
  }
}

/** Whether a fragment lies at `at`, within `room` bytes. */
function fitAt(bytes: Buffer, at: number, room: number): Fit {
  if (at + HEADER > bytes.length) return 'unknown';
  const type = bytes[at + 6] as number;
  const end = at + HEADER + bytes.readUInt16LE(at + 4);
  if (type < FULL || type > LAST || end - at > room) return 'invalid';
  if (end > bytes.length) return 'unknown';
  return bytes.readUInt32LE(at) === crc32(bytes, at + 6, end) ? 'valid' : 'invalid';
}
