import type { Detection, Member, MetricFormat, Sample, Sink, StreamReader } from '../_contract.ts';
import { Utf8Input, ZEROS } from '../encoding.ts';
import { LINE_LIMIT, LineBlocks } from '../lines.ts';
import { parseLiteral } from '../literal.ts';
import { LogReader } from '../stdout/log-reader.ts';
import { RecordReader, type RecordLayout } from '../record.ts';
import { LineTemplate } from '../json/line-template.ts';
import { evidenceOf, wholeLines } from '../evidence.ts';

/** Kinds of lines remembered: training, validation, and a few more. */
const TEMPLATES = 4;
/** Under which loggers put what was printed. */
const MESSAGE_KEYS = ['message', 'msg', 'log', 'text', 'event', 'body'];
const MESSAGE_LIMIT = 4096;

/** One JSON object per line; nested objects are flattened; NaN and infinities may be bare or quoted. */
export const jsonl: MetricFormat = {
  name: 'jsonl',
  title: 'JSON lines',
  detect,
  open: (_member: Member, sink: Sink) => new JsonLinesReader(sink),
};

/** What a library's records need before they are read as any: another epoch, a phase. */
export type Prepare = (record: Readonly<Record<string, unknown>>) => object;

export class JsonLinesReader implements StreamReader {
  readonly kind = 'stream';
  private readonly input: Utf8Input;
  private readonly lines = new LineBlocks(this);
  private readonly records: RecordReader;
  private readonly sink: Sink;
  private readonly prepare: Prepare | undefined;
  private printed: LogReader | undefined;
  private made = 0;
  private fitted = 0;
  private readonly known: { template: LineTemplate; layout: RecordLayout }[] = [];

  constructor(sink: Sink, prepare?: Prepare) {
    this.sink = sink;
    this.input = new Utf8Input(() => sink.warn(ZEROS));
    this.prepare = prepare;
    this.records = new RecordReader(sink);
  }

  push(bytes: Buffer): void {
    this.lines.push(this.input.push(bytes));
  }

  end(): void {
    this.lines.push(this.input.end());
    this.lines.end();
  }

  block(bytes: Buffer, line: number, isCut: boolean): number {
    let count = 0;
    for (let at = 0; at < bytes.length; count++) {
      const next = isCut ? -1 : this.readKnown(bytes, at);
      if (next > 0) {
        at = next;
        continue;
      }
      const end = bytes.indexOf(10, at);
      this.read(bytes.toString('utf8', at, end), line + count, isCut);
      at = end + 1;
    }
    return count;
  }

  tooLong(line: number): void {
    this.sink.warn({
      kind: 'long-line',
      message: `longer than ${LINE_LIMIT / 1024 / 1024} MB, left out`,
      line,
    });
  }

  private read(text: string, line: number, isCut: boolean): void {
    const value = parseRecord(text);
    if (value === undefined) {
      if (text.trim() === '') return;
      if (isCut) this.sink.warn({ kind: 'cut-line', message: 'the last line is incomplete, left out', line });
      else this.sink.warn({ kind: 'not-json', message: 'not a JSON object, left out', line });
      return;
    }
    if (this.prepare) {
      this.records.read(this.prepare(value));
      return;
    }
    if (isEnvelope(value)) {
      this.enveloped(value);
      return;
    }
    if (this.records.read(value) === 0) this.message(value);
    const { lastValues, lastLayout } = this.records;
    // Where each line has a text of its own (a time stamp), no template ever fits again.
    if (this.made > 16 && this.fitted < 8 * this.made) return;
    this.made++;
    const template = lastValues && lastLayout ? LineTemplate.of(text, lastValues) : undefined;
    if (!template || !lastLayout) return;
    this.known.unshift({ template, layout: lastLayout });
    if (this.known.length > TEMPLATES) this.known.pop();
  }

  /** loguru keeps the message and what was bound to it one level down. */
  private enveloped(value: Readonly<Record<string, unknown>>): void {
    const { record } = value;
    const inner = isObject(record) ? record : value;
    const { extra } = inner;
    if (!isObject(extra) || this.records.read(extra) === 0) this.message(inner);
  }

  /** A record without numbers of its own may hold a printed line, as Docker and JSON formatters of logs write them. */
  private message(record: Readonly<Record<string, unknown>>): void {
    for (const key of MESSAGE_KEYS) {
      const text = record[key];
      if (typeof text !== 'string' || text.length > MESSAGE_LIMIT) continue;
      this.printed ??= new LogReader(this.sink);
      for (const line of text.split(/[\r\n]+/)) if (line.trim() !== '') this.printed.line(line);
      return;
    }
  }

  /** Reads a line that looks like one of the last. Returns the offset after it, −1 where it does not. */
  private readKnown(bytes: Buffer, at: number): number {
    for (const { template, layout } of this.known) {
      const next = template.read(bytes, at);
      if (next < 0) continue;
      this.records.put(layout, template.values);
      this.fitted++;
      return next;
    }
    return -1;
  }
}

/** What loggers write beside the message: where and when it was logged. */
const ENVELOPE =
  /^(?:pid|process|process_?id|thread|thread_?id|level|levelno|severity|line|line_?no|line_?number|v|time|ts|timestamp|created|msecs|relative_?created|rank|stream)$/i;

/** Whether all numbers of a record say where its message comes from, so that the message is what counts. */
function isEnvelope(record: Readonly<Record<string, unknown>>): boolean {
  if (isObject(record['record']) && isObject(record['record']['extra'])) return true;
  if (!MESSAGE_KEYS.some((key) => typeof record[key] === 'string')) return false;
  let numbers = 0;
  for (const [key, item] of Object.entries(record)) {
    if (isObject(item) || Array.isArray(item)) return false;
    if (typeof item !== 'number') continue;
    numbers++;
    if (!ENVELOPE.test(key)) return false;
  }
  return numbers > 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The object a line holds; undefined where it holds none. */
export function parseRecord(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = withQuotedNaN(text);
    if (value !== undefined) return value as Record<string, unknown>;
    const literal = /^\s*\{/.test(text) ? parseLiteral(text) : undefined;
    if (!literal || literal.isCut || text.slice(literal.end).trim() !== '') return undefined;
    ({ value } = literal);
  }
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Python's bare NaN, by far the most frequent reason why a line is no JSON. */
function withQuotedNaN(text: string): unknown {
  if (!/:\s*-?(?:NaN|Infinity)/.test(text) || !text.startsWith('{')) return undefined;
  try {
    const quoted = text.replaceAll(/(:\s*)(-?(?:NaN|Infinity))(?=\s*[,}])/g, '$1"$2"');
    return JSON.parse(quoted, (_key, value: unknown) =>
      value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value,
    );
  } catch {
    return undefined;
  }
}

function detect(sample: Sample): Detection | undefined {
  if (sample.text === null) return undefined;
  const lines = wholeLines(sample).filter((line) => line.trim() !== '');
  // Python prints dicts with single quotes: those are printed lines.
  const records = lines.map((line) => (/^\s*\{\s*"/.test(line) ? parseRecord(line) : undefined));
  const found = records.filter((record) => record !== undefined);
  if (found.length === 0 || found.length < 0.6 * lines.length) return undefined;
  const isNamed = /\.(?:jsonl|ndjson|jl|jsonlines)$/i.test(sample.name);
  if (found.length === 1 && lines.length === 1 && !isNamed) {
    // One object is as well a document; one that names its epoch will be followed by more.
    const evidence = evidenceOf(Object.keys(found[0] as object));
    const isFlat = Object.values(found[0] as object).every(
      (value) => value === null || typeof value !== 'object',
    );
    if (!isFlat || !sample.text.endsWith('\n')) return undefined;
    return { confidence: evidence.hasAxis ? 0.75 : 0.4, why: 'one JSON object on one line' };
  }
  const purity = found.length / lines.length;
  return {
    confidence: (isNamed ? 0.98 : 0.93) * purity,
    why: `${found.length} of ${lines.length} lines are JSON objects`,
  };
}
