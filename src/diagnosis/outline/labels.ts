import type { Span } from '../text/inline.ts';
import type { Statement } from '../text/statements.ts';
import type { Token } from '../text/tokens.ts';
import { labelClass, type LabelClass } from '../words/labels.ts';

export interface Labelled {
  label: LabelClass | null;
  /** The label's own words. */
  text: string;
  /** Tokens after the label. */
  tokens: readonly Token[];
}

const MAX_LABEL_TOKENS = 9;

/** The bold span that a statement starts in; spans are sorted. */
function boldAt(spans: readonly Span[], start: number): Span | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).end <= start) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && span.start <= start + 3 ? span : undefined;
}

const split = new WeakMap<Statement, Labelled>();

/** Splits the label off a statement: `Config: …`, `**Impact** – …`. */
export function splitLabel(statement: Statement): Labelled {
  const known = split.get(statement);
  if (known) return known;
  const labelled = findLabel(statement);
  split.set(statement, labelled);
  return labelled;
}

function findLabel(statement: Statement): Labelled {
  const { tokens, leaf } = statement;
  const first = tokens[0];
  const strong = first ? boldAt(leaf.strong, first.start) : undefined;
  for (let at = 1; at <= Math.min(MAX_LABEL_TOKENS, tokens.length); at += 1) {
    const token = tokens[at];
    const before = tokens[at - 1] as Token;
    const endsBold =
      strong !== undefined && before.end <= strong.end && (token === undefined || token.start >= strong.end);
    const isColon = token?.kind === 'colon' && token.code < 0;
    const isDash = token?.kind === 'dash' && token.code < 0 && (endsBold || (token.text !== '-' && at <= 3));
    if (!isColon && !isDash && !endsBold) {
      if (token?.kind === 'arrow' || token?.kind === 'equals') break;
      continue;
    }
    const text = leaf.text.slice((first as Token).start, before.end);
    const label = labelClass(text);
    if (label !== null) return { label, text, tokens: tokens.slice(isColon || isDash ? at + 1 : at) };
    if (isColon) break;
  }
  return { label: null, text: '', tokens };
}

const SILENT: ReadonlySet<LabelClass> = new Set([
  'impact',
  'effort',
  'risk',
  'expected',
  'priority',
  'reason',
  'status',
  'root-cause',
  'target',
  'current',
  'example',
]);

/** Whether nothing behind such a label is advice. */
export function isSilent(label: LabelClass | null): boolean {
  return label !== null && SILENT.has(label);
}
