import { findMentions, type Mention } from '../claims/mentions.ts';
import type { Reading } from '../relation/reading.ts';
import { boundaryBetween, windowEnd, type Boundary } from './boundary.ts';
import { readBefore } from './before.ts';
import { readLead, type Lead } from './lead.ts';
import type { Sentence } from './sentence.ts';

/** The part of a sentence that speaks of one setting. */
export interface Clause {
  mention: Mention;
  lead: Lead;
  reading: Reading;
  start: number;
  /** Joined to the clause before by "or". */
  isOr: boolean;
}

/** What lasts: "warm up for 3 epochs". */
const DURATION = /warm|patience|geduld|paciencia/iu;
const FIRST: Boundary = { start: 0, isOr: false, isBut: false, isJoined: false };

/** A clause without a verb of its own goes on with the one before: "increase dropout to 0.4, weight decay to 1e-4". */
function inherit(lead: Lead, before: Lead, cut: Boundary): void {
  if (lead.verb !== null || cut.isBut) return;
  if (before.verb === null) lead.isObserved ||= before.isObserved;
  else if (!lead.isNegated && (before.verb !== 'remove' || cut.isJoined)) {
    lead.verb = before.verb;
    lead.direction ??= before.direction;
    lead.isNegated = before.isNegated;
    lead.isModal = before.isModal;
    lead.isMove ||= before.isMove;
  }
}

/** The clauses of a sentence, one for each name of a setting. */
export function readClauses(sentence: Sentence): Clause[] {
  const { context } = sentence;
  const isWhole = context.isAdvice && context.label === null && context.subject() === null;
  const mentions = findMentions(sentence.tokens, context.lexicon, isWhole);
  const clauses: Clause[] = [];
  let from = 0;
  for (const [index, mention] of mentions.entries()) {
    const before = clauses.at(-1);
    const cut = before ? boundaryBetween(sentence, Math.min(from, mention.index), mention.index) : FIRST;
    const lead = readLead(sentence, cut.start, mention.index);
    if (before) inherit(lead, before.lead, cut);
    const end = windowEnd(sentence, mention.end, mentions[index + 1]?.index ?? null);
    const after = sentence.readWindow(mention.end, end, {
      direction: lead.direction,
      hasVerb: lead.verb !== null && lead.verb !== 'keep',
      isMove: lead.isMove,
      isDuration: DURATION.test(mention.name),
    });
    const reading =
      after.relation.kind === 'none' ? (readBefore(sentence, mention, cut.start, lead) ?? after) : after;
    clauses.push({ mention, lead, reading, start: cut.start, isOr: cut.isOr });
    from = Math.max(reading.end, mention.end);
  }
  return clauses;
}
