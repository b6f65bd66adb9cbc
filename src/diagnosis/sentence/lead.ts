import type { Direction } from '../relation/reading.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { FACTOR_WORDS, type WordClass } from '../words/classes.ts';
import type { Sentence } from './sentence.ts';

export type Verb = 'set' | 'increase' | 'decrease' | 'enable' | 'disable' | 'remove' | 'keep' | null;

/** What the words of a clause left of a name say. */
export interface Lead {
  verb: Verb;
  direction: Direction;
  isNegated: boolean;
  isObserved: boolean;
  isDone: boolean;
  isOptional: boolean;
  isModal: boolean;
  /** A verb that moves a value: change, increase, lower. */
  isMove: boolean;
  isInstead: boolean;
  isExpectation: boolean;
  /** The verb opens the clause: "Remove dropout". */
  isVerbFirst: boolean;
  /** Descriptive rather than imperative: "the scheduler reduces …", "we increased …". */
  isNarrative: boolean;
}

const NARRATIVE_SUBJECT =
  /^(?:we|i|they|he|she|it|the|this|that|which|wir|ich|nous|on|il|elle|hemos|мы|我们|私|model|run|team)$/u;
const MOVES =
  /^(?:get|push|bring|crank|turn|take|change|changes|changing|move|go|adjust|switch|modify|ändern|ändere|passer|passez|passe|passent|porter|porte|portez|changer|cambiar|cambie|изменить|修改|调整|改|変更|変更する)$/u;
const AGAINST =
  /^(?:advis(?:e|es|ed|ing)|recommend(?:s|ed)?|decid(?:e|es|ed)|argu(?:e|es|ed)|speaks?|spoke|vot(?:e|ed)|warn(?:s|ed)?|am|are|is|was|were|be|strongly|firmly|evidence|case)$/u;
const DROPS = /^drop(?:s|ping|ped)?$/u;
const PAST = /(?:ed|ied)$/u;
const THIRD_PERSON =
  /^(?:increases|raises|decreases|reduces|lowers|cuts|enables|disables|removes|drops|sets|uses|applies|adds|changes|keeps|leaves|holds|makes|gives|switches|replaces|erhöht|senkt|augmente|réduit)$/u;

const VERB_CLASSES: readonly Exclude<Verb, null>[] = [
  'increase',
  'decrease',
  'enable',
  'disable',
  'remove',
  'keep',
  'set',
];

/** "train for 100 epochs", not "the train loss". */
function isRunVerb(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    /^(?:train|run|continue|trainieren|trainiere|entraîner|entraînez|entrenar|entrena|训练)$/u.test(
      tokens[at]?.lower ?? '',
    ) &&
    (isNumber(next) || /^(?:for|to|longer|it|the|up|sur|pendant|durante|für)$/u.test(next?.lower ?? ''))
  );
}

function verbOf(classes: ReadonlySet<WordClass>): Verb {
  return VERB_CLASSES.find((name) => classes.has(name)) ?? null;
}

/** "Clip gradients, against the jitter: …" names an ill; "I advise against …" is a rejection. */
function isRemedy(sentence: Sentence, at: number): boolean {
  return sentence.lower(at) === 'against' && at > 0 && !AGAINST.test(sentence.lower(at - 1));
}

/** Reads the words of a clause that stand before a name. */
export function readLead(sentence: Sentence, start: number, end: number): Lead {
  const lead: Lead = {
    verb: null,
    direction: null,
    isNegated: false,
    isObserved: false,
    isDone: false,
    isOptional: false,
    isModal: false,
    isMove: false,
    isInstead: false,
    isExpectation: false,
    isNarrative: false,
    isVerbFirst: false,
  };
  let lastVerbAt = -1;
  let isPurpose = false;
  for (let at = start; at < end; at += 1) {
    const phrase = sentence.phrases[at];
    // "that rule would then give lr = 0.6": what would be, and nobody asks for.
    const next = sentence.tokens[at + 1]?.lower ?? '';
    const after = sentence.tokens[at + 2]?.lower ?? '';
    if (
      sentence.tokens[at]?.lower === 'would' &&
      /^(?:give|mean|imply|yield|require|suggest|result|be)$/u.test(next === 'then' ? after : next)
    )
      lead.isExpectation = true;
    if (FACTOR_WORDS.has(sentence.lower(at))) lead.isMove = true;
    if (!phrase || sentence.depth(at) !== sentence.depth(end)) {
      if (sentence.tokens[at]?.kind === 'up') lead.direction = 'increase';
      if (sentence.tokens[at]?.kind === 'down') lead.direction = 'decrease';
      if (sentence.tokens[at]?.kind === 'comma') {
        lead.isInstead = false;
        // "and, to keep the ratio of 2, `alpha = 64`": a purpose, not what is to be done.
        if (isPurpose) lead.verb = null;
        isPurpose = false;
      }
      continue;
    }
    const { classes } = phrase;
    const word = sentence.tokens[at]?.lower ?? '';
    if (classes.has('but') || classes.has('and')) {
      lead.verb = null;
      lead.isNegated = false;
    }
    const verb = verbOf(classes) ?? (classes.has('run') && isRunVerb(sentence.tokens, at) ? 'set' : null);
    if (classes.has('not') || (classes.has('reject') && !isRemedy(sentence, at))) lead.isNegated = true;
    if (classes.has('observed') && !classes.has('filler')) {
      lead.isObserved = true;
      lead.verb = null;
    }
    if (classes.has('done')) lead.isDone = true;
    if (classes.has('optional') || classes.has('alternatively')) lead.isOptional = true;
    if (classes.has('modal')) lead.isModal = true;
    if (classes.has('instead') && !classes.has('not')) lead.isInstead = true;
    if (classes.has('expect') && !verb) lead.isExpectation = true;
    if (verb !== null) {
      const before = sentence.tokens[at - 1]?.lower ?? '';
      const isOpening =
        at - 1 === start || ['comma', 'semicolon', 'open'].includes(sentence.tokens[at - 2]?.kind ?? '');
      if (before === 'to' && isOpening && lead.verb === null && verb === 'keep') isPurpose = true;
      const isSubjectBefore = at > start && NARRATIVE_SUBJECT.test(before);
      if (THIRD_PERSON.test(word) && at > 0 && !lead.isModal) lead.isNarrative = true;
      if (PAST.test(word) && isSubjectBefore && !lead.isModal) lead.isNarrative = true;
      lead.isInstead = false;
      if (verb === 'increase' || verb === 'decrease') lead.direction = verb;
      // "Drop the rate 10x", beside "drop the layer".
      if (DROPS.test(word)) lead.direction ??= 'decrease';
      if (lead.direction !== null || MOVES.test(word)) lead.isMove = true;
      // "higher" and "lower" qualify; they do not overrule the verb before them.
      if (lead.verb === null || verb !== 'set') lead.verb = verb;
      if (lastVerbAt < 0) lead.isVerbFirst = at <= start + 1;
      lastVerbAt = at;
      if (lead.isObserved && !classes.has('observed')) lead.isObserved = false;
    }
  }
  if (lastVerbAt >= 0 && lead.verb === 'keep' && lead.direction !== null) lead.verb = lead.direction;
  return lead;
}
