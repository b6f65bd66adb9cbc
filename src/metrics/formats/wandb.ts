import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { LogRecords } from '../leveldb-log/log-records.ts';
import { BYTES, Cursor, VARINT } from '../protobuf/cursor.ts';
import { HistoryReader } from '../wandb/history.ts';
import type { Scanner } from '../wandb/scanner.ts';

/** `:W&B`, 0xBEE1 and a version. */
const MAGIC = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe]);
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

/** The transaction log that W&B keeps of every run, offline or not: `wandb/<run>/run-<id>.wandb`. */
export const wandb: MetricFormat = {
  name: 'wandb',
  title: 'W&B run log',
  detect,
  open: (_member: Member, sink: Sink) => new RunLogReader(sink),
};

class RunLogReader implements StreamReader {
  readonly kind = 'stream';
  private readonly records: LogRecords;
  private readonly history: HistoryReader;
  private readonly record = new Cursor();
  private readonly exit = new Cursor();
  private readonly sink: Sink;
  private scanner: Scanner | undefined;

  constructor(sink: Sink) {
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

  buffer(size: number): Buffer | undefined {
    if (!this.scanner && size >= LARGE && 'WebAssembly' in globalThis) {
      this.scanner = this.history.scan();
      this.records.express = this.scanner;
    }
    return this.scanner?.input;
  }

  push(bytes: Buffer): void {
    this.records.push(bytes);
  }

  end(): void {
    this.records.end();
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

function detect({ head, name }: Sample): Detection | undefined {
  if (head.subarray(0, MAGIC.length).equals(MAGIC)) return { confidence: 1, why: 'it begins with :W&B' };
  return /^run-[^/\\]+\.wandb$/.test(name) ? { confidence: 0.7, why: 'its name' } : undefined;
}
