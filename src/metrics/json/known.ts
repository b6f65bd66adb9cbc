import type { EpochBase, MetricFormat, Sample } from '../_contract.ts';
import { wholeLines } from '../evidence.ts';
import { JsonLinesReader, parseRecord, type Prepare } from '../formats/jsonl.ts';

/** Surer than the reader of any JSON. */
const SURE = 0.99;
const RECORDS = 50;

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface KnownLines {
  name: string;
  title: string;
  epochs?: EpochBase;
  /** What the first records were recognized by; undefined where others write such lines. */
  recognize: (records: readonly JsonRecord[], sample: Sample) => string | undefined;
  /** Makes what the records need before they are read; one for each file. */
  prepare?: () => Prepare;
}

/** JSON lines that one library writes. */
export function knownLines({ name, title, epochs, recognize, prepare }: KnownLines): MetricFormat {
  return {
    name,
    title,
    ...(epochs === undefined ? {} : { epochs }),
    detect: (sample) => {
      const lines = wholeLines(sample).filter((line) => line.trim() !== '');
      const records = lines.slice(0, RECORDS).flatMap((line) => {
        const record = /^\s*\{\s*"/.test(line) ? parseRecord(line) : undefined;
        return record ? [record] : [];
      });
      if (records.length === 0 || records.length < 0.6 * Math.min(lines.length, RECORDS)) return undefined;
      const why = recognize(records, sample);
      return why === undefined ? undefined : { confidence: SURE, why };
    },
    open: (_member, sink) => new JsonLinesReader(sink, prepare?.()),
  };
}
