import { literalOf, type Literal } from '../claims/literal.ts';
import type { Reading } from '../relation/reading.ts';
import { isNumber } from '../text/tokens.ts';
import { boundaryBetween } from './boundary.ts';
import type { Clause } from './clauses.ts';
import type { Sentence } from './sentence.ts';

const BOTH = /^(?:both|each|all|beide|jeweils|ambos|ambas|entrambi|всё|都|均)$/u;
const SHARED = new Set(['set', 'scale', 'toggle']);

/** The `0.1` of "to 0.3 and 0.1 respectively". */
function secondValue(sentence: Sentence, reading: Reading): Literal | null {
  const token = sentence.is(reading.end, 'and') ? sentence.tokens[reading.end + 1] : undefined;
  if (!isNumber(token) || token.number.isMultiple || reading.relation.kind !== 'set') return null;
  return literalOf(token.number.value, token.text, { isPercent: token.number.isPercent });
}

/** "Increase dropout and attention dropout to 0.3"; "… to 0.3 and 0.1 respectively": joined names share what is said once. */
export function shareReadings(sentence: Sentence, clauses: readonly Clause[]): void {
  for (let index = clauses.length - 2; index >= 0; index -= 1) {
    const here = clauses[index] as Clause;
    const next = clauses[index + 1] as Clause;
    if (here.reading.relation.kind !== 'none' || here.reading.isObserved) continue;
    const { kind } = next.reading.relation;
    const isNear = next.mention.index - here.mention.end <= 2;
    const isJoined = isNear && boundaryBetween(sentence, here.mention.end, next.mention.index).isJoined;
    const sign = sentence.kind(next.mention.end);
    const isBoth = [0, 1].some((at) => BOTH.test(sentence.lower(next.mention.end + at)));
    const isOwn = (sign === 'equals' || sign === 'colon') && !isBoth;
    const isLed = here.lead.verb !== null || kind === 'scale' || isBoth;
    if (!isJoined || isOwn || !SHARED.has(kind) || !isLed) continue;
    const second = secondValue(sentence, next.reading);
    here.reading = { ...next.reading };
    if (second) next.reading = { ...next.reading, relation: { kind: 'set', to: second, from: null } };
  }
}
