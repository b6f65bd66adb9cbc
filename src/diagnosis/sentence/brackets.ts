import type { Relation } from '../claims/claim.ts';
import { isNumber } from '../text/tokens.ts';
import type { Clause } from './clauses.ts';
import { readLead } from './lead.ts';
import type { Sentence } from './sentence.ts';

const DECISIVE: ReadonlySet<Relation['kind']> = new Set<Relation['kind']>(['set', 'scale', 'shift']);

/** `(`model.dropout`)`: code alone in its brackets. */
function isBracketed(sentence: Sentence, { mention }: Clause): boolean {
  return (
    mention.isExplicit &&
    sentence.tokens[mention.index]?.code !== -1 &&
    sentence.kind(mention.index - 1) === 'open' &&
    sentence.kind(mention.end) === 'close'
  );
}

/** Where the amount of a phrase without a name starts: at its first number, factor or preposition. */
function valueStart(sentence: Sentence, start: number, end: number): number {
  for (let at = start; at < end; at += 1)
    if (isNumber(sentence.tokens[at]) || sentence.is(at, 'to', 'by', 'from')) return at;
  return start;
}

/** The bracket names in code what the words before it named already; false where those were code themselves. */
function takesOver(before: Clause, { mention }: Clause): boolean {
  const isPath = mention.name.includes('.') || mention.name.includes('_');
  const isSame = before.mention.isExplicit && !before.mention.isWeak;
  if (isSame || before.reading.end > mention.end + 1 || !isPath) return false;
  before.mention = {
    ...before.mention,
    name: mention.name,
    isExplicit: true,
    isKnown: mention.isKnown,
    isWeak: false,
  };
  return true;
}

/** Gives the bracket's name what the words from `start` on set without a name. */
function readUnnamed(sentence: Sentence, clause: Clause, start: number): void {
  const opens = clause.mention.index - 1;
  const lead = readLead(sentence, start, opens);
  if (lead.isNegated || lead.isNarrative || lead.isExpectation || lead.isOptional) return;
  const { direction, isMove } = lead;
  const found = sentence.readWindow(valueStart(sentence, start, opens), opens, {
    direction,
    isMove,
    hasVerb: true,
    acceptsWords: false,
  });
  const { relation } = found;
  if (relation.kind === 'none' && (lead.verb === 'enable' || lead.verb === 'disable')) clause.lead = lead;
  if (!DECISIVE.has(relation.kind) || found.isObserved || found.isExample) return;
  const isMore = sentence.tokens
    .slice(start, opens)
    .some((token, at) => sentence.is(start + at, 'more') || /^(?:add|adding|another)$/u.test(token.lower));
  const amount = relation.kind === 'set' && relation.from === null ? relation.to.value : null;
  const isShift = isMore && typeof amount === 'number';
  clause.lead = { ...lead, isInstead: false };
  clause.reading = {
    ...found,
    relation: isShift ? { kind: 'shift', delta: amount } : relation,
    end: clause.mention.end,
  };
}

/** "Reduce it by half (`model.dropout`)", "2 epochs rather than 3 (`train.epochs`)": the bracket says what the words before it set. */
export function readBrackets(sentence: Sentence, clauses: Clause[]): void {
  let from = 0;
  for (let index = 0; index < clauses.length; index += 1) {
    const clause = clauses[index] as Clause;
    if (!isBracketed(sentence, clause)) continue;
    const before = clauses[index - 1];
    const start = from;
    from = clause.mention.end + 1;
    if (clause.reading.relation.kind !== 'none') continue;
    const isNamed = before !== undefined && before.mention.index >= start;
    if (before && isNamed && DECISIVE.has(before.reading.relation.kind)) {
      if (!takesOver(before, clause)) continue;
      clauses.splice(index, 1);
      index -= 1;
    } else if (!isNamed || !before.mention.isExplicit || before.mention.isWeak)
      readUnnamed(sentence, clause, start);
  }
}
