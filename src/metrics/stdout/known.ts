import type { EpochBase, MetricFormat } from '../_contract.ts';
import { StdoutReader } from '../formats/stdout.ts';
import { stripEscapes } from './clean.ts';

/** Surer than the reader of any output, less sure than a file made for metrics. */
const SURE = 0.7;

export interface KnownOutput {
  name: string;
  title: string;
  epochs?: EpochBase;
  /** Lines that nothing else prints. */
  pattern: RegExp;
  why: string;
}

/** What one library prints: read as any output, recognized by its lines. */
export function knownOutput({ name, title, epochs, pattern, why }: KnownOutput): MetricFormat {
  return {
    name,
    title,
    ...(epochs === undefined ? {} : { epochs }),
    detect: ({ text }) =>
      text !== null && pattern.test(stripEscapes(text)) ? { confidence: SURE, why } : undefined,
    open: (_member, sink) => new StdoutReader(sink),
  };
}
