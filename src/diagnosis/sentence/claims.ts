import { FACTOR_WORDS } from '../words/classes.ts';
import type { Claim, Relation, Stance } from '../claims/claim.ts';
import type { ReadContext } from '../claims/context.ts';
import { isEnough } from '../claims/units.ts';
import { lineAt } from '../text/inline.ts';
import type { Statement } from '../text/statements.ts';
import type { Token } from '../text/tokens.ts';
import { keepsAfter } from './after.ts';
import { readBrackets } from './brackets.ts';
import { readChoice } from './choice.ts';
import { readClauses, type Clause } from './clauses.ts';
import { placeIn } from './place.ts';
import { Sentence } from './sentence.ts';
import { shareReadings } from './sharing.ts';
import { moodOf, stanceOf } from './stance.ts';
import { readSubject } from './subject.ts';

const CONFIG_WORD =
  /^(?:config|configuration|file|yaml|key|entry|line|konfiguration|schlüssel|clé|clave|chave|配置|キー)$/u;
/** "Dropout goes up to 0.3". */
const GOES = /^(?:goes|moves|rises|falls|drops)$/u;
/** Names that are what is to be done: "accumulate over 4 steps", "clip gradients at 1". */
const VERB_NAME = /^(?:accumulate|warm up|warm-up|clip)\b/iu;
const MAX_CONTEXT = 1000;

/** "Remove `a.b` from the config", "delete the key `a.b`": the key goes, not just what it switches on. */
function removesKey(sentence: Sentence, { mention, lead }: Clause): boolean {
  if (lead.verb !== 'remove' || !mention.isExplicit) return false;
  const near = [mention.index - 1, ...Array.from({ length: 5 }, (_, offset) => mention.end + offset)];
  return near.some((at) => CONFIG_WORD.test(sentence.lower(at)));
}

/** What a clause makes of its setting, verbs without a value included. */
function relationOf(sentence: Sentence, clause: Clause, until: number): Relation {
  const { lead, reading } = clause;
  const { relation } = reading;
  if (clause.mention.isContrary) return { kind: 'toggle', on: false };
  if (removesKey(sentence, clause)) return { kind: 'remove', isKey: true };
  // "is set to 0.4" tells what is, unless the config says otherwise.
  if (relation.kind === 'set' && reading.isDescribed) return { ...relation, isLone: true };
  if (relation.kind !== 'none') return relation;
  switch (lead.verb) {
    case 'enable':
    case 'disable':
      return { kind: 'toggle', on: lead.verb === 'enable' };
    case 'remove':
      return lead.isVerbFirst || lead.isModal ? { kind: 'remove' } : { kind: 'none', verb: null };
    case 'keep':
      return { kind: 'keep' };
    case 'increase':
    case 'decrease':
    case 'set':
    case null:
      if (keepsAfter(sentence, clause, until)) return { kind: 'keep' };
      return { kind: 'none', verb: lead.verb ?? relation.verb };
  }
}

type Traits = Pick<Claim, 'isExplicit' | 'isWeak' | 'source'> & { isChoice?: boolean };

class ClaimMaker {
  private readonly sentence: Sentence;
  private place: string | null | undefined = undefined;

  constructor(sentence: Sentence) {
    this.sentence = sentence;
  }

  make(name: string, relation: Relation, stance: Stance, at: number, traits: Traits): Claim {
    const { statement, tokens, context } = this.sentence;
    this.place ??= placeIn(this.sentence) ?? context.place;
    const token = tokens[at];
    return {
      name,
      path: null,
      isExplicit: traits.isExplicit,
      isWeak: traits.isWeak,
      relation,
      stance,
      source: traits.source,
      line: token ? lineAt(statement.leaf, token.start) : statement.line,
      unit: context.unit,
      context: [statement.leaf.text.slice(0, MAX_CONTEXT), ...context.context],
      place: this.place,
      mark: null,
      statedRecommendation: null,
      comment: null,
      isChoice: traits.isChoice ?? false,
    };
  }

  /** "As for the learning rate, halve it". */
  private goesOn({ mention, reading }: Clause): boolean {
    const { tokens } = this.sentence;
    for (let at = mention.end; at < reading.end; at += 1)
      if (FACTOR_WORDS.has(tokens[at]?.lower ?? '') && this.sentence.is(at + 1, 'pronoun')) return true;
    return false;
  }

  /** "Colour jitter 0.3.": nothing but a name and its value, inside a recommendation. */
  private isWhole({ mention, reading }: Clause): boolean {
    const { tokens, context } = this.sentence;
    return context.unit !== null && mention.index === 0 && reading.end >= tokens.length;
  }

  fromClause(clause: Clause, relation: Relation, stance: Stance): Claim {
    const { mention, lead, start, reading } = clause;
    const { context, tokens, statement } = this.sentence;
    const isBare = relation.kind === 'set' || relation.kind === 'scale' || relation.kind === 'shift';
    const isPair = relation.kind === 'set' && relation.from !== null;
    const isLed =
      context.isAdvice ||
      (clause.reading.isDescribed && context.unit !== null) ||
      lead.verb !== null ||
      lead.isModal ||
      GOES.test(tokens[mention.end]?.lower ?? '') ||
      (mention.index <= 1 && VERB_NAME.test(mention.name)) ||
      this.goesOn(clause) ||
      this.isWhole(clause) ||
      mention.isExplicit;
    const isStrong = isLed || isPair || isEnough(tokens, mention.end);
    const isWeakSource = isBare && (!isStrong || lead.isNarrative);
    const claim = this.make(mention.name, relation, stance, mention.index, {
      isExplicit: mention.isExplicit,
      isWeak: mention.isWeak,
      source: isWeakSource ? 'weak' : mention.isExplicit ? 'code' : context.source,
    });
    // "encoder dropout 0.3, decoder dropout 0.1": the clause says more surely than its sentence which is meant.
    let last = mention.end;
    while (last < reading.end && tokens[last]?.kind === 'word' && tokens[last]?.code === -1) last += 1;
    const own = statement.leaf.text
      .slice(tokens[start]?.start ?? 0, tokens[last - 1]?.end)
      .slice(0, MAX_CONTEXT);
    return { ...claim, context: [own, ...claim.context] };
  }
}

/** The claims of one statement, its label removed. */
export function readSentence(
  statement: Statement,
  tokens: readonly Token[],
  context: ReadContext,
  acceptsWords: boolean,
): Claim[] {
  if (tokens.length === 0) return [];
  const sentence = new Sentence(statement, tokens, context, acceptsWords);
  const maker = new ClaimMaker(sentence);
  const clauses = readClauses(sentence);
  readBrackets(sentence, clauses);
  shareReadings(sentence, clauses);
  const mood = moodOf(sentence);
  const claims = clauses.map((clause, index) => {
    const next = clauses[index + 1];
    const until = next?.start ?? tokens.length;
    const stance = stanceOf(sentence, clause, mood, clause.isOr || next?.isOr === true, until);
    return maker.fromClause(clause, relationOf(sentence, clause, until), stance);
  });
  const choice = readChoice(sentence, clauses, mood);
  if (choice)
    claims.push(
      maker.make(choice.category, choice.relation, choice.stance, choice.at, {
        isExplicit: false,
        isWeak: true,
        source: context.source,
        isChoice: true,
      }),
    );
  if (claims.length > 0) return claims;
  const about = readSubject(sentence, mood);
  return about
    ? [
        maker.make(about.subject.name, about.relation, about.stance, 0, {
          ...about.subject,
          source: context.source,
        }),
      ]
    : [];
}
