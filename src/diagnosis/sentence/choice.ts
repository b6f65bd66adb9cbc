import type { Relation, Stance } from '../claims/claim.ts';
import { literalOf, type Literal } from '../claims/literal.ts';
import type { Token } from '../text/tokens.ts';
import { choiceCategory, isDistinctive } from '../words/choices.ts';
import type { Clause } from './clauses.ts';
import { readLead, type Lead } from './lead.ts';
import type { Sentence } from './sentence.ts';
import type { Mood } from './stance.ts';

/** A choice that a sentence makes without naming the setting: "switch from Adam to AdamW". */
export interface ChoiceReading {
  /** `optimizer`, `activation`, `scheduler`. */
  category: string;
  relation: Relation;
  stance: Stance;
  at: number;
}

interface ChoiceWord {
  at: number;
  category: string;
}

const NOUN =
  /^(?:loss|schedule|scheduler|annealing|decay|scheduling|activation|activations|optimizer|the|a|an)$/u;
const TOWARDS = /^(?:to|with|by|durch|auf|zu|par|à|por|a|на|为|成|に|へ|から|改为|换成|替换为|切换到|换为)$/u;
const INSTEAD =
  /^(?:instead of|in place of|in lieu of|rather than|over|statt|anstatt|anstelle von|au lieu de|plutôt que|en lugar de|en vez de|вместо|代替|而不是|の代わりに)$/u;
const OR = /^(?:or|oder|ou|o|или|或|或者|または|\/)$/u;
const LEADS_ON =
  /^(?:to|use|using|try|cosine|adopt|with|an?|the|auf|zu|à|a|на|用|使用|采用|改用|换成|替换为|切换到|optimizer)$/u;
/** How far into a sentence "use AdamW" may stand. */
const MAX_LEAD = 6;

/** "a cosine schedule", "cosine annealing", "step decay". */
function isSchedule(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at] as Token;
  if (token.code >= 0 || choiceCategory(token.text) !== 'scheduler') return false;
  for (let next = at + 1; next <= at + 3; next += 1) {
    if (/^(?:schedule|scheduler|annealing|decay|scheduling)$/u.test(sentence.lower(next))) return true;
    if (!/^(?:lr|learning|rate|learning-rate)$/u.test(sentence.lower(next))) return false;
  }
  return false;
}

function wordsOf(sentence: Sentence, clauses: readonly Clause[]): ChoiceWord[] {
  const taken = new Set<number>();
  for (const clause of clauses)
    for (let at = clause.mention.index; at < clause.reading.end; at += 1) taken.add(at);
  const words: ChoiceWord[] = [];
  const isLoss = sentence.tokens.some(
    (token, at) => choiceCategory(token.text) === 'loss' && sentence.lower(at + 1) === 'loss',
  );
  for (const [at, token] of sentence.tokens.entries()) {
    if (token.kind !== 'word' || taken.has(at)) continue;
    const category = isDistinctive(token.text) ? choiceCategory(token.text) : undefined;
    if (category !== undefined) words.push({ at, category });
    else if (isSchedule(sentence, at)) words.push({ at, category: 'scheduler' });
    else if (isLoss && choiceCategory(token.text) === 'loss') words.push({ at, category: 'loss' });
  }
  return words;
}

/** Whether a clause gives the setting its value by name already. */
function isSettled(sentence: Sentence, clauses: readonly Clause[], category: string): boolean {
  return clauses.some(({ mention, reading: { relation } }) => {
    if (relation.kind !== 'set' || !relation.to.isWord) return false;
    return sentence.context.lexicon
      .meaningOf(mention.name)
      .concepts.some((concept) => concept.id === category);
  });
}

function relationOf(sentence: Sentence, words: readonly ChoiceWord[], lead: Lead): Relation | null {
  const [first, second] = words;
  if (!first) return null;
  const literal = ({ at }: ChoiceWord): Literal => {
    const text = sentence.tokens[at]?.text ?? '';
    return literalOf(text, text, { isWord: true });
  };
  if (second) {
    if (second.category !== first.category) return null;
    const between = sentence.tokens.slice(first.at + 1, second.at);
    const words = between.map((token) => token.lower).filter((word) => !NOUN.test(word));
    const joined = words.join(' ');
    if (between.some((token) => token.kind === 'arrow') || TOWARDS.test(joined))
      return { kind: 'set', to: literal(second), from: literal(first) };
    if (INSTEAD.test(joined)) return { kind: 'set', to: literal(first), from: literal(second) };
    return OR.test(joined) ? { kind: 'choices', values: [literal(first), literal(second)] } : null;
  }
  const isLed = LEADS_ON.test(sentence.lower(first.at - 1)) || lead.isModal;
  return lead.verb === 'set' && first.at <= MAX_LEAD && isLed
    ? { kind: 'set', to: literal(first), from: null }
    : null;
}

function stanceFor(sentence: Sentence, lead: Lead, mood: Mood): Stance {
  if (sentence.context.stance !== 'assert') return sentence.context.stance;
  if (sentence.statement.isQuestion) return 'alternative';
  if (mood.stance) return mood.stance;
  if (mood.conditionAt >= 0 || lead.isOptional) return 'alternative';
  if (lead.isNegated) return 'keep';
  if (lead.isDone) return 'done';
  return lead.isObserved || lead.isNarrative ? 'observed' : 'assert';
}

export function readChoice(sentence: Sentence, clauses: readonly Clause[], mood: Mood): ChoiceReading | null {
  const words = wordsOf(sentence, clauses);
  const [first] = words;
  if (!first || isSettled(sentence, clauses, first.category)) return null;
  const lead = readLead(sentence, 0, first.at);
  const relation = relationOf(sentence, words, lead);
  return (
    relation && { category: first.category, relation, stance: stanceFor(sentence, lead, mood), at: first.at }
  );
}
