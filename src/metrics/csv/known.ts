import type { EpochBase, MetricFormat, Sample, Sink } from '../_contract.ts';
import { wholeLines } from '../evidence.ts';
import { TableReader } from '../formats/csv.ts';
import { chooseDialect, splitRow } from './dialect.ts';
import { isHeader } from './header.ts';

/** Surer than the reader of any table. */
const SURE = 0.99;
const ROWS = 20;

/** What a table is recognized by. */
export interface TableFacts {
  names: readonly string[];
  /** The first rows, cut at most at the last. */
  rows: readonly (readonly string[])[];
  /** With forward slashes. */
  path: string;
  sample: Sample;
}

export interface KnownTable {
  name: string;
  title: string;
  epochs?: EpochBase;
  /** What it was recognized by; undefined where it is another table. */
  recognize: (facts: TableFacts) => string | undefined;
  /** The table's own way to count or to name. */
  sink?: (sink: Sink, file: string) => Sink;
}

/** A table that one library writes: read as any table, recognized by its header and its place. */
export function knownTable({ name, title, epochs, recognize, sink }: KnownTable): MetricFormat {
  return {
    name,
    title,
    ...(epochs === undefined ? {} : { epochs }),
    detect: (sample) => {
      const facts = factsOf(sample);
      const why = facts && recognize(facts);
      return why === undefined ? undefined : { confidence: SURE, why };
    },
    open: (member, target) => new TableReader(member.name, sink ? sink(target, member.path) : target),
  };
}

function factsOf(sample: Sample): TableFacts | undefined {
  const [first, ...others] = wholeLines(sample).filter((line) => line.trim() !== '');
  if (first === undefined || /^\s*[[{<]/.test(first)) return undefined;
  const { delimiter } = chooseDialect(first, others[0]);
  const names = splitRow(first, delimiter);
  if (delimiter === ' ' || delimiter === '|' || names.length < 2 || !isHeader(names)) return undefined;
  const rows = others.slice(0, ROWS).map((line) => splitRow(line, delimiter));
  return { names, rows, path: sample.path.replaceAll('\\', '/'), sample };
}
