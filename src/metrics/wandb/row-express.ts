import type { Express, Known, Stretch } from '../leveldb-log/log-records.ts';
import type { Ahead } from './ahead.ts';
import { SEGMENT } from './board.ts';
import { deliver, type RowTaker } from './scanned.ts';
import { Scanner } from './scanner.ts';

const BLOCK = 32_768;
/** Then there may be keys to tell the scanner of. */
const LEFT_LIMIT = 32;

/** The rows of many records at once: scanned here, or ahead by another thread. */
export class RowExpress implements Express {
  /** Scans in front, where there is one. */
  ahead: Ahead | undefined;
  private readonly scanner = new Scanner();
  private readonly rows: RowTaker;

  constructor(rows: RowTaker) {
    this.rows = rows;
  }

  get input(): Buffer {
    return this.scanner.input;
  }

  sees(bytes: Buffer): boolean {
    return this.scanner.sees(bytes);
  }

  join(left: Buffer, bytes: Buffer): Buffer | undefined {
    return this.scanner.join(left, bytes);
  }

  scan(bytes: Buffer, from: number, offset: number, isOpen: boolean): Stretch {
    const { scanner, rows } = this;
    return {
      ...scanner.scan(bytes, from, BLOCK - (offset % BLOCK), isOpen, LEFT_LIMIT),
      deliver: (onLeft) => scanner.deliver(bytes, rows, onLeft),
    };
  }

  read(record: Buffer): boolean {
    return this.scanner.read(record, this.rows);
  }

  /** What has been scanned ahead from `offset` in the file on. */
  known(offset: number): Known | undefined {
    const slot = this.ahead?.take(offset);
    if (!slot) return undefined;
    const { scanned, head, fragments } = slot;
    const [entries = 0, base = 0, isRest] = head;
    return {
      size: SEGMENT,
      isRest: isRest === 1,
      bytes: fragments,
      deliver: (onLeft) => deliver(scanned, entries, base, this.rows, onLeft),
    };
  }

  putKey(bytes: Buffer, from: number, to: number, id: number, bits: number): boolean {
    this.ahead?.putKey(bytes, from, to, id, bits);
    return this.scanner.putKey(bytes, from, to, id, bits);
  }
}
