import type { Relation, Stance } from '../claims/claim.ts';
import type { Subject } from '../claims/context.ts';
import { isNumber } from '../text/tokens.ts';
import { FACTOR_WORDS } from '../words/classes.ts';
import { readLead } from './lead.ts';
import type { Sentence } from './sentence.ts';
import { stanceOf, type Mood } from './stance.ts';

/** A value for what the title speaks of. */
export interface SubjectReading {
  subject: Subject;
  relation: Relation;
  stance: Stance;
}

/** Whether a sentence without a name gives a value all the same: "10 → 5", "from 50 to 75", "set it to 0.4". */
function givesValue(sentence: Sentence): boolean {
  const { tokens, context } = sentence;
  const isValueLabel = context.label === 'proposed' || context.label === 'current';
  const isOnlyNumber = context.label === 'change' && tokens.length <= 2 && isNumber(tokens[0]);
  if (isValueLabel || isOnlyNumber) return true;
  const startsWithVerb = sentence.is(0, 'set', 'increase', 'decrease');
  if (startsWithVerb && (sentence.is(1, 'to', 'by', 'from') || isNumber(tokens[1]))) return true;
  return tokens.some((token, at) => {
    if (token.kind === 'arrow') return at > 0 && tokens[at + 1] !== undefined;
    if (sentence.is(at, 'from') && isNumber(tokens[at + 1])) return true;
    const isPronoun = at > 0 && at < 4 && token.code < 0 && sentence.is(at, 'pronoun');
    return isPronoun && sentence.is(at - 1, 'set', 'increase', 'decrease');
  });
}

/** "Raise it to 0.3", "please use 0.3 instead": the verb goes on about what the statement before names. */
function meansBefore(sentence: Sentence): boolean {
  const at = sentence.is(0, 'modal', 'and', 'but') && !sentence.is(0, 'set', 'increase', 'decrease') ? 1 : 0;
  const isVerb =
    sentence.is(at, 'set', 'increase', 'decrease', 'enable', 'disable') ||
    FACTOR_WORDS.has(sentence.lower(at));
  const next = sentence.step(at);
  const isValue = isNumber(sentence.tokens[next]) && sentence.lower(next + 1) === 'instead';
  return isVerb && (isValue || /^(?:it|them|ihn|le|lo|la|его|它)$/u.test(sentence.lower(next)));
}

export function readSubject(sentence: Sentence, mood: Mood): SubjectReading | null {
  const { tokens, context } = sentence;
  const hasArrow = tokens.some(
    (token, at) => token.kind === 'arrow' && at > 0 && tokens[at + 1] !== undefined,
  );
  const keeps =
    sentence.is(0, 'keep') || (tokens.length <= 3 && tokens.some((_, at) => sentence.is(at, 'keep')));
  const isPronoun = meansBefore(sentence);
  if (!keeps && !isPronoun && !givesValue(sentence)) return null;
  const subject = context.subject() ?? (isPronoun ? context.antecedent() : null);
  if (!subject) return null;
  if (keeps && !hasArrow)
    return {
      subject,
      relation: { kind: 'keep' },
      stance: context.stance === 'assert' ? 'keep' : context.stance,
    };
  const isValueLabel = context.label === 'proposed' || context.label === 'current';
  const lead = readLead(sentence, 0, Math.min(3, tokens.length - 1));
  const reading = sentence.readWindow(0, tokens.length, {
    direction: lead.direction,
    hasVerb: true,
    isMove: lead.isMove || !isValueLabel,
    acceptsWords: sentence.acceptsWords || isValueLabel,
  });
  const isSwitch = isPronoun && (lead.verb === 'enable' || lead.verb === 'disable');
  const relation: Relation =
    reading.relation.kind === 'none' && isSwitch
      ? { kind: 'toggle', on: lead.verb === 'enable' }
      : reading.relation;
  if (relation.kind === 'none' || relation.kind === 'keep') return null;
  if (context.label === 'current') return { subject, relation, stance: 'observed' };
  const mention = { ...subject, index: 0, end: 0, isKnown: true };
  const clause = { mention, lead, reading, start: 0, isOr: false };
  return { subject, relation, stance: stanceOf(sentence, clause, mood, false, tokens.length) };
}
