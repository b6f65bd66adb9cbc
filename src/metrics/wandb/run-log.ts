import type { OpenFile, Sink, StreamReader } from '../_contract.ts';
import { LogRecords } from '../leveldb-log/log-records.ts';
import { BYTES, Cursor, VARINT } from '../protobuf/cursor.ts';
import type { Ahead } from './ahead.ts';
import { HistoryReader } from './history.ts';
import { Scanner } from './scanner.ts';
import type { RowExpress } from './row-express.ts';

/** Bytes of the file's own header. */
const HEADER = 7;
/** Record: history 2, exit 18 {exit_code 1}. System metrics (7), the summary (3) and settings are no part of the curve. */
const HISTORY = 2;
const EXIT = 18;
/** Bytes that begin the fields of numbers (1), histories (2) and summaries (3). */
const NUMBER_TAG = 0x08;
const HISTORY_TAG = 0x12;
const SUMMARY_TAG = 0x1a;

/** Bytes from which on the scanner is worth its start. */
const LARGE = 1_048_576;

/** Reads W&B's run log. */
export class RunLogReader implements StreamReader {
  readonly kind = 'stream';
  private readonly records: LogRecords;
  private readonly history: HistoryReader;
  private readonly record = new Cursor();
  private readonly exit = new Cursor();
  private readonly sink: Sink;
  private readonly startAhead: (file: OpenFile) => Ahead | undefined;
  private express: RowExpress | undefined;

  /** `startAhead`: what scans the open file in front, if that is worth while. */
  constructor(sink: Sink, startAhead: (file: OpenFile) => Ahead | undefined) {
    this.startAhead = startAhead;
    this.sink = sink;
    this.history = new HistoryReader(sink);
    this.records = new LogRecords(HEADER, sink, (bytes, start, end, offset) => {
      if (!this.read(bytes, start, end))
        sink.warn({
          kind: 'wandb-malformed',
          message: `the record at byte ${offset} is malformed, left out`,
        });
    });
  }

  buffer(size: number, file?: OpenFile): Buffer | undefined {
    if (!this.express && size >= LARGE && Scanner.works) {
      this.express = this.history.readFast();
      if (file?.size === size) this.express.ahead = this.startAhead(file);
      this.records.express = this.express;
    }
    return this.express?.input;
  }

  pass(offset: number): number {
    const known = this.express?.known(offset);
    return known && this.records.pass(known) ? known.size : 0;
  }

  push(bytes: Buffer): void {
    this.records.push(bytes);
  }

  end(): void {
    this.records.end();
    this.express?.ahead?.end();
  }

  private read(bytes: Buffer, start: number, end: number): boolean {
    const content = contentOf(bytes, start, end);
    if (content > 0) {
      const tag = bytes[content - 3] as number;
      if (tag === SUMMARY_TAG) return true;
      if (tag === HISTORY_TAG) return this.history.read(bytes, content, end);
    }
    const { record } = this;
    record.open(bytes, start, end);
    while (record.next()) {
      if (record.wire !== BYTES) continue;
      if (record.field === HISTORY && !this.history.read(bytes, record.start, record.end)) return false;
      if (record.field === EXIT) this.readExit();
    }
    return !record.isBroken;
  }

  private readExit(): void {
    const { exit } = this;
    exit.enter(this.record);
    while (exit.next()) {
      if (exit.field !== 1 || exit.wire !== VARINT || exit.number === 0) continue;
      this.sink.warn({ kind: 'wandb-exit', message: `the run ended with exit code ${exit.number}` });
    }
  }
}

/**
 * Where the content of a record's only field but its number begins, three bytes behind its tag: nearly all records are of that
 * form. −1 where this one is not.
 */
function contentOf(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] !== NUMBER_TAG) return -1;
  let at = start + 1;
  while ((bytes[at] as number) >= 0x80 && at < start + 9) at++;
  const low = bytes[at + 2] as number;
  const high = bytes[at + 3] as number;
  const isWhole = low >= 0x80 && high < 0x80 && at + 4 + (low - 0x80 + high * 128) === end;
  return isWhole ? at + 4 : -1;
}
