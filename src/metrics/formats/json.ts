import type { Detection, DocumentReader, Member, MetricFormat, Sample, Sink } from '../_contract.ts';
import { CurveBuilder } from '../curve-builder.ts';
import { decodeText } from '../encoding.ts';
import { readDocument } from '../json/read-document.ts';
import { parseLiteral } from '../literal.ts';
import { metricStrength } from '../words.ts';

/** A JSON document: `{"epochs": [{…}]}`, `{"loss": […], "val_loss": […]}`, an array of objects, and their relatives. */
export const json: MetricFormat = {
  name: 'json',
  title: 'JSON document',
  detect,
  open: (_member: Member, sink: Sink) => new JsonReader(sink),
};

export class JsonReader implements DocumentReader {
  readonly kind = 'document';
  private readonly sink: Sink;

  constructor(sink: Sink) {
    this.sink = sink;
  }

  read(bytes: Buffer, final: boolean): void {
    const text = decodeText(bytes);
    if (text === null || text.trim() === '') return;
    const document = parseDocument(text);
    if (!document) {
      this.sink.warn({ kind: 'not-json', message: 'not JSON', line: 1 });
      return;
    }
    if (document.isCut && !final) return;
    if (document.problem) this.sink.warn({ kind: 'broken-json', ...document.problem });
    if (!readDocument(document.value, this.sink)) {
      this.sink.warn({
        kind: 'no-metrics',
        message: 'the document holds no list of epochs and no arrays of numbers',
      });
    }
  }
}

export interface Document {
  value: unknown;
  isCut: boolean;
  /** Several values, the first on one line: a log of lines rather than a document. */
  isLines: boolean;
  problem: { message: string; line: number } | undefined;
}

/** One JSON value, or several one after the other (an array of them), as far as it can be read. */
export function parseDocument(text: string): Document | undefined {
  try {
    return { value: JSON.parse(text), isCut: false, isLines: false, problem: undefined };
  } catch {
    // Python's NaN, a cut end, several documents: below.
  }
  const values: unknown[] = [];
  const done = (isCut: boolean, problem: Document['problem']): Document => {
    const isLines = values.length > 1 && !text.trimStart().slice(0, firstEnd).includes('\n');
    return { value: values.length === 1 ? values[0] : values, isCut, isLines, problem };
  };
  let firstEnd = 0;
  let at = text.search(/[[{]/);
  if (at < 0 || text.slice(0, at).trim() !== '') return undefined;
  while (at < text.length) {
    const literal = parseLiteral(text, at);
    if (!literal) {
      const problem = { message: 'not JSON from here on, left out', line: lineAt(text, at) };
      return values.length === 0 ? undefined : done(false, problem);
    }
    values.push(literal.value);
    if (literal.isCut) {
      const problem = { message: 'the document ends in the middle', line: lineAt(text, text.length) };
      return done(true, problem);
    }
    at = literal.end;
    firstEnd ||= at;
    while (at < text.length && /[\s,]/.test(text.charAt(at))) at++;
  }
  return done(false, undefined);
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function detect(sample: Sample): Detection | undefined {
  const text = sample.text?.trimStart();
  if (text === undefined || !/^[[{]/.test(text)) return undefined;
  const document = parseDocument(text);
  if (!document) return undefined;
  const trial = new CurveBuilder();
  if (!readDocument(document.value, trial))
    return { confidence: 0.2, why: 'JSON, but without anything like a curve' };
  const { points, metrics } = trial.build('json', sample.path);
  const hasAxis = points.some(({ epoch, step }) => epoch !== null || step !== null);
  if (!hasAxis && metrics.every((name) => metricStrength(name) === 'none')) {
    return { confidence: 0.3, why: 'JSON with numbers that have no known names' };
  }
  const isBroken = document.problem !== undefined && !document.isCut;
  if (document.isLines || isBroken) return { confidence: 0.25, why: 'begins like JSON' };
  if (points.length > 1 || document.isCut)
    return { confidence: 0.9, why: `JSON with ${points.length} points` };
  return { confidence: points[0]?.epoch === null ? 0.5 : 0.7, why: 'JSON with one point' };
}
