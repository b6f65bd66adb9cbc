import type { Stance } from '../claims/claim.ts';
import { isDone, isNegatedInside, isOptionalAfter, isTakenBack, isTold, keepsAfter } from './after.ts';
import type { Clause } from './clauses.ts';
import type { Sentence } from './sentence.ts';

/** Settings of somebody else, shown beside one's own. */
const COMPARISON =
  /^\W*(?:(?:just )?for (?:comparison|reference)|by (?:way of )?comparison|in comparison|as a (?:point of )?reference|zum vergleich|à titre de comparaison|pour comparaison|para comparar|a modo de comparación|para comparação|作为对比|作为参考|供参考|参考までに|比較のため)/iu;

/** What conditions and adverbs make of the whole sentence. */
export interface Mood {
  stance: Stance | null;
  /** Index of the "if"; -1 where there is none. */
  conditionAt: number;
}

/** A condition this far behind a stated pair only explains it. */
const FAR = 6;

function isCondition(sentence: Sentence, at: number): boolean {
  // "Should the loss become unstable, …"
  if (at === 0 && sentence.lower(0) === 'should' && sentence.tokens.some((token) => token.kind === 'comma'))
    return true;
  if (!sentence.is(at, 'condition')) return false;
  const isInspection =
    at > 0 && (sentence.is(at - 1, 'inspect') || /^(?:to|as|even|what)$/u.test(sentence.lower(at - 1)));
  // "falls" and "sollte" are conditions only where German opens a sentence with them.
  const isGerman = /^(?:falls|sollte)$/u.test(sentence.lower(at));
  return !isInspection && !(isGerman && at > 0);
}

export function moodOf(sentence: Sentence): Mood {
  let conditionAt = -1;
  for (let at = 0; at < sentence.tokens.length; at += 1) {
    if (sentence.depth(at) > 0 && at > 1) continue;
    if (conditionAt < 0 && isCondition(sentence, at)) conditionAt = at;
    const isAlternative = at <= 1 && sentence.is(at, 'alternatively') && sentence.lower(at) !== 'または';
    if (isAlternative || sentence.is(at, 'either') || (at <= 3 && sentence.is(at, 'later')))
      return { stance: 'alternative', conditionAt };
  }
  return { stance: null, conditionAt };
}

/** "… is fine for batch size 12": the amount only says what the sentence holds for. */
function isCircumstance(sentence: Sentence, { lead, mention }: Clause): boolean {
  return (
    lead.verb === null &&
    mention.index > 1 &&
    /^(?:for|für|pour|при)$/u.test(sentence.lower(mention.index - 1))
  );
}

/** "… to cosine, so that the learning rate stays high": what the change is for, not what to keep. */
function isPurpose(sentence: Sentence, { start, mention, reading }: Clause): boolean {
  if (reading.relation.kind !== 'none' && reading.relation.kind !== 'keep') return false;
  for (let at = Math.max(start, 1); at < mention.index; at += 1)
    if (sentence.lower(at - 1) === 'so' && sentence.lower(at) === 'that') return true;
  return false;
}

/** "Check whether lr 6e-4 is right" asks for a look, not for a change. */
function isInspection(sentence: Sentence): boolean {
  return (
    sentence.is(0, 'inspect') || (sentence.is(1, 'inspect') && !sentence.is(0, 'set', 'increase', 'decrease'))
  );
}

/** "(e.g., with `dropout=0.5`, half of the units)" */
function isBracketedExample(sentence: Sentence, { mention }: Clause): boolean {
  const depth = sentence.depth(mention.index);
  let at = mention.index - 1;
  while (at > 0 && sentence.depth(at) >= depth) at -= 1;
  return depth > 0 && sentence.kind(at) === 'open' && sentence.is(at + 1, 'example');
}

/** "3 epochs, but stop if the loss rises": the condition has a verb of its own. */
function isOwnClause(sentence: Sentence, from: number, conditionAt: number): boolean {
  for (let at = from; at < conditionAt - 1; at += 1)
    if (
      sentence.is(at, 'but', 'and') &&
      /^(?:stop|watch|halt|abort|revert|abbrechen|arrêter)$/u.test(sentence.lower(at + 1))
    )
      return true;
  return false;
}

/** How far the report stands behind a clause. `until` is where the next one starts; `isOption`: "or" joins it to another. */
export function stanceOf(
  sentence: Sentence,
  clause: Clause,
  mood: Mood,
  isOption: boolean,
  until: number,
): Stance {
  const { context } = sentence;
  const { lead, reading } = clause;
  const { relation } = reading;
  if (
    COMPARISON.test(sentence.statement.leaf.text.slice(sentence.statement.tokens[0]?.start ?? 0).slice(0, 60))
  )
    return 'observed';
  const keeps = lead.verb === 'keep' || relation.kind === 'keep';
  if (context.stance === 'alternative' && keeps && !lead.isNegated) return 'keep';
  if (context.stance !== 'assert') return context.stance;
  const isPair = relation.kind === 'set' && relation.from !== null && relation.from.raw !== relation.to.raw;
  if (lead.isExpectation) return 'observed';
  if (sentence.statement.isQuestion) return 'alternative';
  if (isCircumstance(sentence, clause) || isInspection(sentence) || isPurpose(sentence, clause))
    return 'observed';
  if (lead.isObserved && !isPair && lead.verb === null) return 'observed';
  if (isTakenBack(sentence)) return 'alternative';
  if (lead.isInstead && !isPair) return 'observed';
  if (isDone(sentence, clause, until)) return 'done';
  if (mood.stance === 'alternative') return 'alternative';
  const isFar = isPair && mood.conditionAt > reading.end + FAR;
  if (mood.conditionAt >= 0 && !isFar && !isOwnClause(sentence, reading.end, mood.conditionAt))
    return 'alternative';
  const isRefusal =
    lead.verb !== null && (lead.isNegated || lead.verb === 'keep') && !isPair && !reading.isExample;
  if ((isOption && !isRefusal) || lead.isOptional || isOptionalAfter(sentence, clause, until))
    return 'alternative';
  if (reading.isExample || isBracketedExample(sentence, clause)) return 'example';
  const isKept = lead.verb === 'keep' && !isPair && relation.kind !== 'scale';
  if (isKept || relation.kind === 'keep' || keepsAfter(sentence, clause, until)) return 'keep';
  if (lead.isNegated && (!isPair || lead.verb !== null))
    return relation.kind === 'none' && lead.verb === null ? 'observed' : 'keep';
  if (relation.kind !== 'none' && isNegatedInside(sentence, clause)) return 'keep';
  if (reading.isObserved || isTold(sentence, clause, until)) return 'observed';
  return lead.isNarrative && !lead.isModal && !context.isAdvice ? 'observed' : 'assert';
}
