import { lineAt, type Leaf } from './inline.ts';
import { tokenize, type Token } from './tokens.ts';

/** One sentence, list entry or line of a leaf. */
export interface Statement {
  tokens: readonly Token[];
  leaf: Leaf;
  line: number;
  /** Ended by a question mark. */
  isQuestion: boolean;
}

/** Lines shorter than this end where their writer ended them; longer ones may be wrapped. */
const WRAP_WIDTH = 45;
/** A sentence with more tokens is data; it is cut rather than read. */
const MAX_TOKENS = 400;
/** Nor does a paragraph get this long. */
const MAX_LEAF = 20_000;

/** Whether the line break at `offset` only wraps a sentence. */
function isWrap(leaf: Leaf, index: number): boolean {
  const start = leaf.breaks[index - 1]?.offset ?? 0;
  const next = leaf.breaks[index]?.offset ?? 0;
  const before = leaf.text.slice(start, next - 1).trimEnd();
  if (before.length < WRAP_WIDTH || /[.:;!?|]$/u.test(before)) return false;
  const end = (leaf.breaks[index + 1]?.offset ?? leaf.text.length + 1) - 1;
  const after = leaf.text.slice(next, Math.min(end, next + 80));
  if (leaf.strong.some((span) => span.start >= next && span.start < next + 3)) return false;
  return !/^(?:[\p{L}\p{N}_. -]{1,30}\s?[:=]\s|\p{Extended_Pictographic}|[-*+•|]|\d{1,2}[.)]\s|→|[\p{L}\p{N}_. -]{1,30}(?:->|→|=>))/u.test(
    after,
  );
}

/** Splits a leaf into statements. Code spans are never split. */
export function readStatements(leaf: Leaf): Statement[] {
  const statements: Statement[] = [];
  let current: Token[] = [];
  let lineIndex = 0;
  const flush = (isQuestion = false): void => {
    const first = current[0];
    if (first)
      statements.push({
        tokens: current.slice(0, MAX_TOKENS),
        leaf,
        line: lineAt(leaf, first.start),
        isQuestion,
      });
    current = [];
  };
  for (const token of tokenize(leaf.text.slice(0, MAX_LEAF), leaf.code)) {
    if (token.kind === 'newline') {
      lineIndex += 1;
      if (!isWrap(leaf, lineIndex)) flush();
    } else if (token.code < 0 && token.kind === 'stop' && leaf.text.charAt(token.end) === ')') {
      // "(not in addition!)" goes on behind the bracket.
      if (current.length > 0 && current.every((one) => one.kind !== 'open')) flush(token.text === '?');
    } else if (token.code < 0 && (token.kind === 'stop' || token.kind === 'semicolon'))
      flush(token.text === '?');
    else current.push(token);
  }
  flush();
  return statements;
}

/** The text of a statement, as written. */
export function statementText(statement: Statement): string {
  const first = statement.tokens[0];
  const last = statement.tokens.at(-1);
  return first && last ? statement.leaf.text.slice(first.start, last.end) : '';
}
