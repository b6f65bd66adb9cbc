import { isNumber } from '../text/tokens.ts';
import type { Clause } from './clauses.ts';
import type { Sentence } from './sentence.ts';

/*
 * What the words after a name say about how it is meant. `until` is where the next clause starts.
 */

const ALREADY_DONE = /^(?:done|completed|fait|hecho|ya|完了|완료)$/u;
const NO_REFUSAL = /^(?:enough|sufficient|only|just|optimal|set)$/u;
const ADVISING = /^(?:enough|plenty|ample|recommended|a|an|the|better|best|needed|likely|sufficient)$/u;
const TAKEN_BACK =
  /\b(?:will|would|won't|wouldn't|should|do|did|am|are) (?:not|n't)? ?(?:be )?(?:do|doing|use|using|try|trying|change|recommend|recommending|pursue|go) (?:that|this|it|there)\b|\b(?:won't|wouldn't|don't) (?:do|use|try|recommend) (?:that|this|it)\b|\bnot (?:for|in) the (?:real|final|main|full|actual)\b|\b(?:only )?for (?:a |one )?(?:debugging|test)(?: run)?(?: only)?\b|\b(?:decided against|ruled (?:it|this|that) out|not recommended|not worth it)\b\W*$/iu;

/** "… so I will not do that": the sentence drops what it told. */
export function isTakenBack(sentence: Sentence): boolean {
  return TAKEN_BACK.test(sentence.text().slice(-120));
}

/** "(unchanged)", "(it stays)"; "(generator keeps 2e-4)" speaks of something else. */
function opensBracket(sentence: Sentence, keepAt: number, isOpen: boolean): boolean {
  let at = keepAt - 1;
  while (at > 0 && sentence.is(at, 'pronoun', 'filler', 'only')) at -= 1;
  if (isNumber(sentence.tokens[at])) return sentence.kind(at - 1) === 'open' && isOpen;
  return sentence.kind(at) !== 'word' || sentence.is(at, 'copula', 'and', 'modal', 'not');
}

/** "batch size 32 (unchanged)", "bei 32 belassen". */
export function keepsAfter(sentence: Sentence, clause: Clause, until: number): boolean {
  const { mention, reading } = clause;
  const depth = sentence.depth(mention.index);
  const isOpen = reading.relation.kind === 'none' || reading.relation.kind === 'keep';
  for (let at = mention.end; at < Math.min(until, reading.end); at += 1)
    if (sentence.is(at, 'keep') && sentence.depth(at) > depth && opensBracket(sentence, at, isOpen))
      return true;
  const last = isOpen ? until : Math.min(until, reading.end + 3);
  for (let at = isOpen ? mention.end : Math.max(mention.end, reading.end - 1); at < last; at += 1)
    if (sentence.is(at, 'keep')) return true;
  return false;
}

/** "… already", "(done)". */
export function isDone(sentence: Sentence, clause: Clause, until: number): boolean {
  if (clause.lead.isDone) return true;
  for (let at = clause.mention.end; at < until; at += 1) {
    if (!sentence.is(at, 'done')) continue;
    const isClosing = at >= until - 2 || sentence.depth(at) > sentence.depth(clause.mention.index);
    if (isClosing || !ALREADY_DONE.test(sentence.lower(at))) return true;
  }
  return false;
}

/** "… (optional)", "… later". */
export function isOptionalAfter(sentence: Sentence, clause: Clause, until: number): boolean {
  const { mention, reading } = clause;
  for (let at = mention.end; at < until; at += 1) {
    const isNear = at <= reading.end + 3;
    if (sentence.is(at, 'later') && isNear) return true;
    if (!sentence.is(at, 'optional')) continue;
    if ((at <= reading.end && !sentence.is(at, 'increase')) || (isNear && sentence.depth(at) > 0))
      return true;
  }
  return false;
}

/** "dropout should not be raised to 0.5". */
export function isNegatedInside(sentence: Sentence, { mention, reading }: Clause): boolean {
  for (let at = mention.end; at < reading.end; at += 1) {
    if (sentence.depth(at) > 0) continue;
    if (sentence.is(at, 'reject')) return true;
    if (!sentence.is(at, 'not') || sentence.is(at, 'absent')) continue;
    // "no longer needed at 0.4, cut to 0.2"
    if (/^(?:longer|more)$/u.test(sentence.lower(at + 1))) continue;
    if (!isNumber(sentence.tokens[at + 1]) && !NO_REFUSAL.test(sentence.lower(at + 1))) return true;
  }
  return false;
}

/** "… was used", "… made no difference", "… is too high": what the sentence goes on to tell is history. */
export function isTold(sentence: Sentence, clause: Clause, until: number): boolean {
  let at = clause.reading.end;
  while (at < until && (sentence.is(at, 'unit', 'only') || sentence.kind(at) === 'close')) at += 1;
  if (at >= until) return false;
  if (sentence.is(at, 'observed') && !sentence.is(at, 'from')) return !isNumber(sentence.tokens[at + 1]);
  if (!sentence.is(at, 'copula') || sentence.is(at, 'of')) return false;
  const next = sentence.step(at);
  return !sentence.is(next, 'choose', 'modal', 'expect', 'optional') && !ADVISING.test(sentence.lower(next));
}
