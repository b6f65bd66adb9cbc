import type { Phrase } from '../text/phrases.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import type { WordClass } from '../words/classes.ts';
import type { Direction } from '../relation/reading.ts';

/** A statement's tokens with their phrases and bracket depth. */
export interface Parsed {
  tokens: readonly Token[];
  phrases: readonly (Phrase | undefined)[];
  depth: readonly number[];
}

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
  /^(?:get|push|bring|crank|turn|take|change|changes|changing|move|go|adjust|switch|modify|ändern|ändere|passer|passez|passe|passent|changer|cambiar|cambie|изменить|修改|调整|改|変更|変更する)$/u;
const PAST = /(?:ed|ied)$/u;
const THIRD_PERSON =
  /^(?:increases|raises|decreases|reduces|lowers|cuts|enables|disables|removes|drops|sets|uses|applies|adds|changes|keeps|leaves|holds|makes|gives|switches|replaces|erhöht|senkt|augmente|réduit)$/u;

export function depths(tokens: readonly Token[]): number[] {
  const out: number[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'close') depth = Math.max(0, depth - 1);
    out.push(depth);
    if (token.kind === 'open') depth += 1;
  }
  return out;
}

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

/** Reads the words of a clause that stand before a name. */
export function readLead(parsed: Parsed, start: number, end: number): Lead {
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
    const phrase = parsed.phrases[at];
    // "that rule would then give lr = 0.6": what would be, and nobody asks for.
    const next = parsed.tokens[at + 1]?.lower ?? '';
    const after = parsed.tokens[at + 2]?.lower ?? '';
    if (
      parsed.tokens[at]?.lower === 'would' &&
      /^(?:give|mean|imply|yield|require|suggest|result|be)$/u.test(next === 'then' ? after : next)
    )
      lead.isExpectation = true;
    if (!phrase || parsed.depth[at] !== parsed.depth[end]) {
      if (parsed.tokens[at]?.kind === 'up') lead.direction = 'increase';
      if (parsed.tokens[at]?.kind === 'down') lead.direction = 'decrease';
      if (parsed.tokens[at]?.kind === 'comma') {
        lead.isInstead = false;
        // "and, to keep the ratio of 2, `alpha = 64`": a purpose, not what is to be done.
        if (isPurpose) lead.verb = null;
        isPurpose = false;
      }
      continue;
    }
    const { classes } = phrase;
    const word = parsed.tokens[at]?.lower ?? '';
    if (classes.has('but') || classes.has('and')) {
      lead.verb = null;
      lead.isNegated = false;
    }
    const verb = verbOf(classes) ?? (classes.has('run') && isRunVerb(parsed.tokens, at) ? 'set' : null);
    if (classes.has('not') || classes.has('reject')) lead.isNegated = true;
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
      const before = parsed.tokens[at - 1]?.lower ?? '';
      const isOpening =
        at - 1 === start || ['comma', 'semicolon', 'open'].includes(parsed.tokens[at - 2]?.kind ?? '');
      if (before === 'to' && isOpening && lead.verb === null && verb === 'keep') isPurpose = true;
      const isSubjectBefore = at > start && NARRATIVE_SUBJECT.test(before);
      if (THIRD_PERSON.test(word) && at > 0 && !lead.isModal) lead.isNarrative = true;
      if (PAST.test(word) && isSubjectBefore && !lead.isModal) lead.isNarrative = true;
      lead.isInstead = false;
      if (verb === 'increase' || verb === 'decrease') lead.direction = verb;
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

/** Where the clause of the next name starts: after the conjunction or comma between two names, else right after what was read. */
export function boundaryBetween(
  parsed: Parsed,
  from: number,
  to: number,
): { start: number; isOr: boolean; isBut: boolean; isJoined: boolean } {
  for (let at = from; at < to; at += 1) {
    const token = parsed.tokens[at] as Token;
    const classes = parsed.phrases[at]?.classes;
    const length = parsed.phrases[at]?.length ?? 1;
    const isAnd = classes?.has('and') === true && token.code < 0;
    const isOr = classes?.has('or') === true && token.code < 0;
    const isBut = classes?.has('but') === true && token.code < 0;
    if (
      token.kind === 'comma' ||
      token.kind === 'semicolon' ||
      token.kind === 'slash' ||
      isAnd ||
      isOr ||
      isBut
    ) {
      let start = at + length;
      let or = isOr;
      let but = isBut;
      for (; start < to; start += parsed.phrases[start]?.length ?? 1) {
        const next = parsed.phrases[start]?.classes;
        const kind = parsed.tokens[start]?.kind;
        if (next?.has('or')) or = true;
        else if (next?.has('but')) but = true;
        else if (!(next?.has('and') || kind === 'comma')) break;
      }
      return { start, isOr: or, isBut: but, isJoined: start >= to };
    }
  }
  return { start: from, isOr: false, isBut: false, isJoined: false };
}
