import { readPhrases } from '../text/phrases.ts';
import { lineAt } from '../text/inline.ts';
import type { Statement } from '../text/statements.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import { choiceCategory, isDistinctive } from '../words/choices.ts';
import type { WordClass } from '../words/classes.ts';
import type { Claim, Relation, Stance } from './claim.ts';
import { boundaryBetween, depths, readLead, type Lead, type Parsed } from './clauses.ts';
import type { ReadContext } from './context.ts';
import { literalOf } from './literal.ts';
import { findMentions, isEnough, type Mention } from './mentions.ts';
import type { Reading } from '../relation/reading.ts';
import { readRelation } from '../relation/scan.ts';

interface Clause {
  mention: Mention;
  lead: Lead;
  reading: Reading;
  start: number;
  isOr: boolean;
}

const DECISIVE: ReadonlySet<Relation['kind']> = new Set(['set', 'scale', 'shift']);
const TAKEN_BACK =
  /\b(?:will|would|won't|wouldn't|should|do|did|am|are) (?:not|n't)? ?(?:be )?(?:do|doing|use|using|try|trying|change|recommend|recommending|pursue|go) (?:that|this|it|there)\b|\b(?:won't|wouldn't|don't) (?:do|use|try|recommend) (?:that|this|it)\b|\bnot (?:for|in) the (?:real|final|main|full|actual)\b|\b(?:only )?for (?:a |one )?(?:debugging|test)(?: run)?(?: only)?\b|\b(?:decided against|ruled (?:it|this|that) out|not recommended|not worth it)\b\W*$/iu;
const INHERITED: readonly Lead['verb'][] = [
  'increase',
  'decrease',
  'set',
  'enable',
  'disable',
  'remove',
  'keep',
];

export function parseTokens(tokens: readonly Token[]): Parsed {
  return { tokens, phrases: readPhrases(tokens), depth: depths(tokens) };
}

/** Reads the claims of one statement (label already removed). */
export class ProseReader {
  private readonly parsed: Parsed;
  private readonly statement: Statement;
  private readonly context: ReadContext;
  private readonly acceptsWords: boolean;

  constructor(statement: Statement, tokens: readonly Token[], context: ReadContext, acceptsWords: boolean) {
    this.statement = statement;
    this.parsed = parseTokens(tokens);
    this.context = context;
    this.acceptsWords = acceptsWords;
  }

  private is(at: number, ...classes: WordClass[]): boolean {
    const phrase = this.parsed.phrases[at];
    return phrase !== undefined && classes.some((name) => phrase.classes.has(name));
  }

  read(): Claim[] {
    const { tokens } = this.parsed;
    if (tokens.length === 0) return [];
    const mentions = findMentions(tokens, this.context.lexicon);
    const clauses = this.readClauses(mentions);
    this.nameInBrackets(clauses);
    this.shareRelations(clauses);
    const wide = this.statementStance();
    const claims: Claim[] = [];
    for (const [index, clause] of clauses.entries()) {
      const next = clauses[index + 1];
      const isOption = clause.isOr || next?.isOr === true;
      claims.push(this.claimOf(clause, wide, isOption, next?.start ?? tokens.length));
    }
    claims.push(...this.readChoices(clauses, wide));
    if (claims.length === 0) claims.push(...this.readSubject(wide));
    return claims;
  }

  private readClauses(mentions: readonly Mention[]): Clause[] {
    const clauses: Clause[] = [];
    let from = 0;
    let before: Clause | undefined;
    for (const [index, mention] of mentions.entries()) {
      const until = mentions[index + 1]?.index ?? this.parsed.tokens.length;
      const cut = before
        ? boundaryBetween(this.parsed, Math.min(from, mention.index), mention.index)
        : { start: 0, isOr: false, isBut: false, isJoined: false };
      const lead = readLead(this.parsed, cut.start, mention.index);
      if (
        before &&
        lead.verb === null &&
        !lead.isNegated &&
        !cut.isBut &&
        INHERITED.includes(before.lead.verb) &&
        (before.lead.verb !== 'remove' || cut.isJoined)
      ) {
        lead.verb = before.lead.verb;
        lead.direction ??= before.lead.direction;
        lead.isNegated = before.lead.isNegated;
        lead.isModal = before.lead.isModal;
        lead.isMove ||= before.lead.isMove;
      }
      if (before && lead.verb === null && !cut.isBut && before.lead.verb === null)
        lead.isObserved ||= before.lead.isObserved;
      const input = {
        tokens: this.parsed.tokens,
        phrases: this.parsed.phrases,
        direction: lead.direction,
        hasVerb: lead.verb !== null && lead.verb !== 'keep',
        isMove: lead.isMove,
        acceptsWords: this.acceptsWords,
      };
      const isCut = mentions[index + 1] !== undefined;
      let reading = readRelation(
        input,
        mention.end,
        this.windowEnd(mention.end, isCut ? this.withoutNextVerb(mention.end, until) : until),
      );
      if (reading.relation.kind === 'none') reading = this.readBefore(mention, cut.start, lead) ?? reading;
      before = { mention, lead, reading, start: cut.start, isOr: cut.isOr };
      clauses.push(before);
      from = Math.max(reading.end, mention.end);
    }
    return clauses;
  }

  /** The verb right before the next name belongs to that name. */
  private withoutNextVerb(start: number, until: number): number {
    const { tokens, phrases } = this.parsed;
    let end = until;
    while (
      end > start &&
      /^(?:the|our|your|its|a|an|den|die|das|der|le|la|el|los|les)$/u.test(tokens[end - 1]?.lower ?? '')
    )
      end -= 1;
    for (let at = Math.max(start, end - 3); at < end; at += 1) {
      const phrase = phrases[at];
      const isVerb =
        this.is(at, 'set', 'increase', 'decrease', 'enable', 'disable', 'remove', 'keep') &&
        !this.is(at, 'of');
      if (phrase && at + phrase.length === end && isVerb) return at;
    }
    return until;
  }

  /** A name's window ends before a bracket that the next name stands in is left half open. */
  private windowEnd(start: number, until: number): number {
    const depth = this.parsed.depth[start - 1] ?? 0;
    let end = until;
    for (let at = start; at < until; at += 1)
      if (
        (this.parsed.depth[at] ?? 0) < depth ||
        (this.parsed.tokens[at]?.kind === 'close' && (this.parsed.depth[at] ?? 0) < depth)
      ) {
        end = at;
        break;
      }
    return end;
  }

  /** `0.4 dropout`, `a 10× lower learning rate`, `half the learning rate`, `5 warmup epochs`. */
  private readBefore(mention: Mention, start: number, lead: Lead): Reading | undefined {
    const { tokens } = this.parsed;
    let at = mention.index - 1;
    let direction = lead.direction;
    const skipped: number[] = [];
    while (at >= start && skipped.length < 3) {
      const token = tokens[at] as Token;
      if (this.is(at, 'increase')) direction = 'increase';
      else if (this.is(at, 'decrease')) direction = 'decrease';
      else if (
        !(
          token.kind === 'word' &&
          /^(?:the|a|an|of|current|more|additional|extra|further|mehr|weitere|más|plus|epoch|epochs|die|der|den|le|la|el|del|de|du|as|much|base|initial)$/u.test(
            token.lower,
          )
        ) &&
        token.kind !== 'dash'
      )
        break;
      skipped.push(at);
      at -= 1;
    }
    const token = tokens[at];
    if (at < start || token === undefined || token.code >= 0 || lead.verb === 'keep') return undefined;
    const made = (relation: Relation): Reading => ({
      relation,
      end: mention.end,
      isObserved: false,
      isExample: false,
    });
    if (token.number?.isMultiple || (token.kind === 'times' && tokens[at - 1]?.number)) {
      const factor = token.number?.value ?? tokens[at - 1]?.number?.value ?? 1;
      return made({
        kind: 'scale',
        factor: direction === 'decrease' && factor > 1 ? 1 / factor : factor,
        from: null,
      });
    }
    const factor =
      /^(?:half|halve|halving|double|doubling|twice|triple|quadruple|halbieren|verdoppeln|halbiere|verdopple|doubler|duplicar|减半|翻倍)$/u.test(
        token.lower,
      )
        ? ({
            half: 0.5,
            halve: 0.5,
            halving: 0.5,
            halbieren: 0.5,
            halbiere: 0.5,
            减半: 0.5,
            triple: 3,
            quadruple: 4,
          }[token.lower] ?? 2)
        : undefined;
    if (factor !== undefined) return made({ kind: 'scale', factor, from: null });
    if (!token.number || token.number.sign !== null || token.number.isPercent || token.number.unit !== null)
      return undefined;
    const isMore = skipped.some((index) => this.is(index, 'more'));
    if (isMore && !skipped.some((index) => this.is(index, 'decrease')))
      return made({ kind: 'shift', delta: token.number.value });
    if (skipped.some((index) => this.is(index, 'increase', 'decrease'))) return undefined;
    const beforeIt = at - 1;
    const isFree =
      beforeIt < start ||
      this.is(beforeIt, 'set', 'increase', 'decrease', 'enable', 'filler', 'to', 'of', 'and', 'run', 'in') ||
      ['open', 'colon', 'comma', 'arrow'].includes(tokens[beforeIt]?.kind ?? '');
    if (!isFree || mention.isWeak) return undefined;
    // A number of a preceding name is taken; so is one that a unit or a second name follows.
    return made({ kind: 'set', to: literalOf(token.number.value, token.text), from: null });
  }

  /** "Increase dropout and attention dropout to 0.3"; "… to 0.3 and 0.1 respectively". */
  private shareRelations(clauses: readonly Clause[]): void {
    for (let index = clauses.length - 2; index >= 0; index -= 1) {
      const here = clauses[index] as Clause;
      const next = clauses[index + 1] as Clause;
      if (here.reading.relation.kind !== 'none' || here.reading.isObserved) continue;
      const cut = boundaryBetween(this.parsed, here.mention.end, next.mention.index);
      const isJoined = cut.isJoined && this.gap(here.mention.end, next.mention.index) <= 2;
      const kind = next.reading.relation.kind;
      const after = this.parsed.tokens[next.mention.end]?.kind;
      if (
        !isJoined ||
        !(kind === 'set' || kind === 'scale' || kind === 'toggle') ||
        after === 'equals' ||
        after === 'colon'
      )
        continue;
      if (here.lead.verb === null && kind !== 'scale') continue;
      const pair = this.secondValue(next.reading);
      if (pair && next.reading.relation.kind === 'set') {
        here.reading = { ...next.reading };
        next.reading = { ...next.reading, relation: { kind: 'set', to: pair, from: null } };
      } else here.reading = { ...next.reading };
    }
  }

  /** "Reduce it by half (`model.dropout`)", "2 epochs rather than 3 (`train.epochs`)": the bracket says what the words before it set. */
  private nameInBrackets(clauses: Clause[]): void {
    const { tokens } = this.parsed;
    let from = 0;
    for (let index = 0; index < clauses.length; index += 1) {
      const clause = clauses[index] as Clause;
      const { mention } = clause;
      const opens = mention.index - 1;
      const isBracketed =
        mention.isExplicit &&
        tokens[mention.index]?.code !== -1 &&
        tokens[opens]?.kind === 'open' &&
        tokens[mention.end]?.kind === 'close';
      if (!isBracketed) continue;
      const before = clauses[index - 1];
      const start = from;
      from = mention.end + 1;
      if (clause.reading.relation.kind !== 'none') continue;
      const isPath = mention.name.includes('.') || mention.name.includes('_');
      const isDecided =
        before !== undefined && DECISIVE.has(before.reading.relation.kind) && before.mention.index >= start;
      if (isDecided && before) {
        const isSame = before.mention.isExplicit && !before.mention.isWeak;
        if (isSame || before.reading.end > mention.end + 1 || !isPath) continue;
        before.mention = {
          ...before.mention,
          name: mention.name,
          isExplicit: true,
          isKnown: mention.isKnown,
          isWeak: false,
        };
        clauses.splice(index, 1);
        index -= 1;
        continue;
      }
      if (
        before !== undefined &&
        before.mention.index >= start &&
        before.mention.isExplicit &&
        !before.mention.isWeak
      )
        continue;
      const lead = readLead(this.parsed, start, opens);
      if (lead.isNegated || lead.isNarrative || lead.isExpectation || lead.isOptional) continue;
      const input = {
        tokens,
        phrases: this.parsed.phrases,
        direction: lead.direction,
        hasVerb: true,
        isMove: lead.isMove,
        acceptsWords: false,
      };
      const reading = readRelation(input, this.valueStart(start, opens), opens);
      if (reading.relation.kind === 'none' && (lead.verb === 'enable' || lead.verb === 'disable'))
        clause.lead = lead;
      if (!DECISIVE.has(reading.relation.kind) || reading.isObserved || reading.isExample) continue;
      const isMore = tokens
        .slice(start, opens)
        .some((token, at) => this.is(start + at, 'more') || /^(?:add|adding|another)$/u.test(token.lower));
      const { relation } = reading;
      const amount = relation.kind === 'set' && relation.from === null ? relation.to.value : null;
      clause.lead = { ...lead, isInstead: false };
      clause.reading = {
        ...reading,
        relation: isMore && typeof amount === 'number' ? { kind: 'shift', delta: amount } : relation,
        end: mention.end,
      };
    }
  }

  /** Where the amount of a phrase without a name starts: at its first number, factor or preposition. */
  private valueStart(start: number, end: number): number {
    for (let at = start; at < end; at += 1)
      if (isNumber(this.parsed.tokens[at]) || this.is(at, 'to', 'by', 'from')) return at;
    return start;
  }

  private gap(from: number, to: number): number {
    return to - from;
  }

  private secondValue(reading: Reading) {
    if (!this.is(reading.end, 'and') || reading.relation.kind !== 'set') return null;
    const token = this.parsed.tokens[reading.end + 1];
    return token?.number && !token.number.isMultiple
      ? literalOf(token.number.value, token.text, { isPercent: token.number.isPercent })
      : null;
  }

  /** What conditions and adverbs make of the whole statement. */
  private statementStance(): { stance: Stance | null; conditionAt: number } {
    const { tokens, depth } = this.parsed;
    let conditionAt = -1;
    for (let at = 0; at < tokens.length; at += 1) {
      if ((depth[at] ?? 0) > 0 && at > 1) continue;
      const token = tokens[at] as Token;
      if (this.is(at, 'condition') && conditionAt < 0) {
        const isInspection =
          at > 0 &&
          (this.is(at - 1, 'inspect') || /^(?:to|as|even|what)$/u.test(tokens[at - 1]?.lower ?? ''));
        const isGerman = token.lower === 'falls' || token.lower === 'sollte';
        if (!isInspection && !(isGerman && at > 0)) conditionAt = at;
      }
      if (at <= 1 && this.is(at, 'alternatively') && tokens[at]?.lower !== 'または')
        return { stance: 'alternative', conditionAt };
      if (this.is(at, 'either')) return { stance: 'alternative', conditionAt };
      if (this.is(at, 'later') && at <= 3) return { stance: 'alternative', conditionAt };
    }
    return { stance: null, conditionAt };
  }

  private claimOf(
    clause: Clause,
    wide: { stance: Stance | null; conditionAt: number },
    isOption: boolean,
    until: number,
  ): Claim {
    const { mention, reading } = clause;
    const stance = this.stanceOf(clause, wide, isOption, until);
    const relation = this.relationOf(clause, until);
    const isBare = relation.kind === 'set' || relation.kind === 'scale' || relation.kind === 'shift';
    const isStrong =
      this.context.isAdvice ||
      clause.lead.verb !== null ||
      clause.lead.isModal ||
      (relation.kind === 'set' && relation.from !== null) ||
      mention.isExplicit ||
      isEnough(this.parsed.tokens, mention.end);
    const isWeakSource = isBare && (!isStrong || clause.lead.isNarrative);
    return this.make(mention.name, relation, stance, reading.end, {
      isExplicit: mention.isExplicit,
      isWeak: mention.isWeak,
      source: isWeakSource ? 'weak' : mention.isExplicit ? 'code' : this.context.source,
      at: mention.index,
    });
  }

  private make(
    name: string,
    relation: Relation,
    stance: Stance,
    _end: number,
    traits: { isExplicit: boolean; isWeak: boolean; source: Claim['source']; at: number; isChoice?: boolean },
  ): Claim {
    const token = this.parsed.tokens[traits.at];
    return {
      name,
      path: null,
      isExplicit: traits.isExplicit,
      isWeak: traits.isWeak,
      relation,
      stance,
      source: traits.source,
      line: token ? lineAt(this.statement.leaf, token.start) : this.statement.line,
      unit: this.context.unit,
      context: [this.statement.leaf.text.slice(0, 1000), ...this.context.context],
      place: this.place(),
      mark: null,
      statedRecommendation: null,
      comment: null,
      isChoice: traits.isChoice ?? false,
    };
  }

  private placed: string | null | undefined = undefined;

  private place(): string | null {
    if (this.placed === undefined) this.placed = this.placeIn() ?? this.context.place;
    return this.placed;
  }

  /** "… in the `optimizer` section", "under `model`", "to the model section". */
  private placeIn(): string | null {
    const { tokens } = this.parsed;
    for (let at = 0; at + 1 < tokens.length; at += 1) {
      if (!this.is(at, 'in', 'to')) continue;
      let next = at + (this.parsed.phrases[at]?.length ?? 1);
      if (/^(?:the|our|der|den|dem|die|la|le|el)$/u.test(tokens[next]?.lower ?? '')) next += 1;
      const token = tokens[next];
      if (token?.kind !== 'word') continue;
      const isUnder = /^(?:under|unter|sous|bajo|within|inside)$/u.test(tokens[at]?.lower ?? '');
      const isNamed =
        /^(?:section|block|config|group|mapping|dict|abschnitt|sección|bloque|bloc|部分|节|セクション|subsection|key)$/u.test(
          tokens[next + 1]?.lower ?? '',
        );
      const isWord = /^[A-Za-z_][\w.]*$/u.test(token.text);
      const isSlot = this.context.lexicon.isSection(token.text);
      if (isWord && (isNamed || isUnder ? isSlot || (isNamed && token.code >= 0) : isSlot && token.code >= 0))
        return token.text;
    }
    return null;
  }

  private relationOf(clause: Clause, until: number): Relation {
    const { lead, reading } = clause;
    const { relation } = reading;
    if (lead.verb === 'remove' && this.removesKey(clause)) return { kind: 'remove', isKey: true };
    if (relation.kind === 'none') {
      if (lead.verb === 'enable' || lead.verb === 'disable')
        return { kind: 'toggle', on: lead.verb === 'enable' };
      if (lead.verb === 'remove')
        return lead.isVerbFirst || lead.isModal ? { kind: 'remove' } : { kind: 'none', verb: null };
      if (lead.verb === 'keep' || this.keepsAfter(clause, until)) return { kind: 'keep' };
      const verb =
        lead.verb === 'increase' || lead.verb === 'decrease' || lead.verb === 'set'
          ? lead.verb
          : relation.verb;
      return { kind: 'none', verb };
    }
    return relation;
  }

  /** "Remove `a.b` from the config", "delete the key `a.b`": the key goes, not just what it switches on. */
  private removesKey(clause: Clause): boolean {
    const { tokens } = this.parsed;
    const isConfig = (token: Token | undefined): boolean =>
      /^(?:config|configuration|file|yaml|key|entry|line|konfiguration|schlüssel|clé|clave|chave|配置|キー)$/u.test(
        token?.lower ?? '',
      );
    return (
      clause.mention.isExplicit &&
      (isConfig(tokens[clause.mention.index - 1]) ||
        tokens.slice(clause.mention.end, clause.mention.end + 5).some(isConfig))
    );
  }

  private keepsAfter(clause: Clause, until: number): boolean {
    const depth = this.parsed.depth[clause.mention.index] ?? 0;
    for (let at = clause.mention.end; at < Math.min(until, clause.reading.end); at += 1)
      if (this.is(at, 'keep') && (this.parsed.depth[at] ?? 0) > depth) return true;
    const isSettled = clause.reading.relation.kind === 'none' || clause.reading.relation.kind === 'keep';
    const last = isSettled ? until : Math.min(until, clause.reading.end + 3);
    for (let at = clause.mention.end; at < last; at += 1)
      if (this.is(at, 'keep') && (isSettled || at >= clause.reading.end - 1)) return true;
    return false;
  }

  private stanceOf(
    clause: Clause,
    wide: { stance: Stance | null; conditionAt: number },
    isOption: boolean,
    until: number,
  ): Stance {
    const { lead, reading, mention } = clause;
    const { relation } = reading;
    const keeps = lead.verb === 'keep' || relation.kind === 'keep';
    if (this.context.stance === 'alternative' && keeps && !lead.isNegated) return 'keep';
    if (this.context.stance !== 'assert') return this.context.stance;
    const isPair = relation.kind === 'set' && relation.from !== null && relation.from.raw !== relation.to.raw;
    if (lead.isExpectation) return 'observed';
    if (this.statement.isQuestion) return 'alternative';
    if (this.isCircumstance(clause) || this.isInspection()) return 'observed';
    if (lead.isObserved && !isPair && lead.verb === null) return 'observed';
    if (this.isTakenBack()) return 'alternative';
    if (lead.isInstead) return 'observed';
    if (this.isDone(clause, until)) return 'done';
    if (wide.stance === 'alternative') return 'alternative';
    const isConditional = wide.conditionAt >= 0 && !(wide.conditionAt > reading.end + 6 && isPair);
    if (isConditional) return 'alternative';
    const isLeft =
      (lead.isNegated || lead.verb === 'keep') && lead.verb !== null && !isPair && !reading.isExample;
    if ((isOption && !isLeft) || lead.isOptional || this.isOptionalAfter(clause, until)) return 'alternative';
    if (reading.isExample) return 'example';
    if (
      (lead.verb === 'keep' && !isPair && relation.kind !== 'scale') ||
      relation.kind === 'keep' ||
      this.keepsAfter(clause, until)
    )
      return 'keep';
    if (lead.isNegated && !isPair)
      return relation.kind === 'none' && lead.verb === null ? 'observed' : 'keep';
    if (lead.isNegated && lead.verb !== null) return 'keep';
    if (relation.kind !== 'none' && this.isNegatedInside(clause)) return 'keep';
    if (reading.isObserved) return 'observed';
    if (lead.isObserved && !isPair && lead.verb === null) return 'observed';
    if (this.isTold(clause, until)) return 'observed';
    if (lead.isNarrative && !lead.isModal && !this.context.isAdvice) return 'observed';
    void mention;
    return 'assert';
  }

  /** "… is fine for batch size 12": the amount only says what the sentence holds for. */
  private isCircumstance(clause: Clause): boolean {
    const before = this.parsed.tokens[clause.mention.index - 1]?.lower ?? '';
    return clause.lead.verb === null && clause.mention.index > 1 && /^(?:for|für|pour|при)$/u.test(before);
  }

  /** "Check whether lr 6e-4 is right" asks for a look, not for a change. */
  private isInspection(): boolean {
    return this.is(0, 'inspect') || (this.is(1, 'inspect') && !this.is(0, 'set', 'increase', 'decrease'));
  }

  /** "… so I will not do that": the sentence drops what it told. */
  private isTakenBack(): boolean {
    return TAKEN_BACK.test(
      this.statement.leaf.text
        .slice(this.parsed.tokens[0]?.start ?? 0, this.parsed.tokens.at(-1)?.end)
        .slice(-120),
    );
  }

  private isDone(clause: Clause, until: number): boolean {
    if (clause.lead.isDone) return true;
    for (let at = clause.mention.end; at < until; at += 1) {
      if (!this.is(at, 'done')) continue;
      const word = this.parsed.tokens[at]?.lower ?? '';
      const isLoose = /^(?:done|completed|fait|hecho|ya|完了|완료)$/u.test(word);
      const isClosing =
        at >= until - 2 || (this.parsed.depth[at] ?? 0) > (this.parsed.depth[clause.mention.index] ?? 0);
      if (!isLoose || isClosing) return true;
    }
    return false;
  }

  private isOptionalAfter(clause: Clause, until: number): boolean {
    for (let at = clause.mention.end; at < until; at += 1) {
      const isNear = at <= clause.reading.end + 3;
      if (this.is(at, 'optional') && at <= clause.reading.end && !this.is(at, 'increase')) return true;
      if (this.is(at, 'optional') && isNear && (this.parsed.depth[at] ?? 0) > 0) return true;
      if (this.is(at, 'later') && isNear) return true;
    }
    return false;
  }

  private isNegatedInside(clause: Clause): boolean {
    for (let at = clause.mention.end; at < clause.reading.end; at += 1) {
      if ((this.parsed.depth[at] ?? 0) > 0) continue;
      if (this.is(at, 'reject')) return true;
      if (this.is(at, 'not') && !this.is(at, 'absent')) {
        const next = this.parsed.tokens[at + 1];
        if (!isNumber(next) && !/^(?:enough|sufficient|only|just|optimal|set)$/u.test(next?.lower ?? ''))
          return true;
      }
    }
    return false;
  }

  /** "… was used", "… made no difference", "… is too high": what the sentence goes on to tell is history. */
  private isTold(clause: Clause, until: number): boolean {
    let at = clause.reading.end;
    while (at < until && (this.is(at, 'unit', 'only') || this.parsed.tokens[at]?.kind === 'close')) at += 1;
    if (at >= until) return false;
    if (this.is(at, 'observed') && !this.is(at, 'from')) {
      const next = this.parsed.tokens[at + 1];
      return !isNumber(next);
    }
    if (!this.is(at, 'copula') || this.is(at, 'of')) return false;
    const next = at + (this.parsed.phrases[at]?.length ?? 1);
    return (
      !this.is(next, 'choose', 'modal', 'expect', 'optional') &&
      !/^(?:enough|recommended|a|an|the|better|best|needed|likely|sufficient)$/u.test(
        this.parsed.tokens[next]?.lower ?? '',
      )
    );
  }

  /** "Switch from Adam to AdamW": the values name the setting. */
  private readChoices(
    clauses: readonly Clause[],
    wide: { stance: Stance | null; conditionAt: number },
  ): Claim[] {
    const { tokens } = this.parsed;
    const taken = new Set<number>();
    for (const clause of clauses)
      for (let at = clause.mention.index; at < clause.reading.end; at += 1) taken.add(at);
    const words: { at: number; category: string }[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at] as Token;
      if (token.kind !== 'word' || taken.has(at)) continue;
      if (isDistinctive(token.text)) words.push({ at, category: choiceCategory(token.text) as string });
      else if (this.isSchedule(at)) words.push({ at, category: 'scheduler' });
    }
    const first = words[0];
    if (!first) return [];
    const settled = clauses.some(
      (clause) =>
        clause.reading.relation.kind === 'set' &&
        this.context.lexicon
          .meaningOf(clause.mention.name)
          .concepts.some((concept) => concept.id === first.category) &&
        clause.reading.relation.to.isWord,
    );
    if (settled) return [];
    const lead = readLead(this.parsed, 0, first.at);
    const [, second] = words;
    const literal = (at: number) =>
      literalOf(tokens[at]?.text ?? '', tokens[at]?.text ?? '', { isWord: true });
    let relation: Relation | null = null;
    const between = second ? tokens.slice(first.at + 1, second.at) : [];
    const joined = between
      .filter(
        (token) =>
          !/^(?:schedule|scheduler|annealing|decay|scheduling|activation|activations|optimizer|the|a|an)$/u.test(
            token.lower,
          ),
      )
      .map((token) => token.lower)
      .join(' ');
    const before = tokens[first.at - 1]?.lower ?? '';
    if (second && second.category === first.category) {
      if (
        between.some((token) => token.kind === 'arrow') ||
        /^(?:to|with|by|durch|auf|zu|par|à|por|a|на|为|成|に|へ|から|改为|换成|替换为|切换到|换为)$/u.test(
          joined,
        )
      )
        relation = { kind: 'set', to: literal(second.at), from: literal(first.at) };
      else if (
        /^(?:instead of|rather than|over|statt|anstatt|anstelle von|au lieu de|plutôt que|en lugar de|en vez de|вместо|代替|而不是|の代わりに)$/u.test(
          joined,
        )
      )
        relation = { kind: 'set', to: literal(first.at), from: literal(second.at) };
      else if (/^(?:or|oder|ou|o|или|或|或者|または|\/)$/u.test(joined))
        relation = { kind: 'choices', values: [literal(first.at), literal(second.at)] };
    } else if (
      !second &&
      lead.verb === 'set' &&
      first.at <= 6 &&
      (/^(?:to|use|using|try|cosine|adopt|with|an?|the|auf|zu|à|a|на|用|使用|采用|改用|换成|替换为|切换到|optimizer)$/u.test(
        before,
      ) ||
        lead.isModal)
    )
      relation = { kind: 'set', to: literal(first.at), from: null };
    if (!relation) return [];
    let stance: Stance = this.context.stance;
    if (stance === 'assert') {
      if (this.statement.isQuestion) stance = 'alternative';
      else if (wide.stance) stance = wide.stance;
      else if (wide.conditionAt >= 0 || lead.isOptional) stance = 'alternative';
      else if (lead.isNegated) stance = 'keep';
      else if (lead.isDone) stance = 'done';
      else if (lead.isObserved || lead.isNarrative) stance = 'observed';
    }
    return [
      this.make(first.category, relation, stance, first.at, {
        isExplicit: false,
        isWeak: true,
        source: this.context.source,
        at: first.at,
        isChoice: true,
      }),
    ];
  }

  /** "a cosine schedule", "cosine annealing", "step decay". */
  private isSchedule(at: number): boolean {
    const token = this.parsed.tokens[at] as Token;
    if (token.code >= 0 || choiceCategory(token.text) !== 'scheduler') return false;
    return this.parsed.tokens
      .slice(at + 1, at + 4)
      .some(
        (next, offset) =>
          /^(?:schedule|scheduler|annealing|decay|scheduling)$/u.test(next.lower) &&
          this.parsed.tokens
            .slice(at + 1, at + 1 + offset)
            .every((word) => /^(?:lr|learning|rate|learning-rate)$/u.test(word.lower)),
      );
  }

  /** "Set it to 0.4", "10 → 5": a value for what the title speaks of. */
  private readSubject(wide: { stance: Stance | null; conditionAt: number }): Claim[] {
    const { tokens } = this.parsed;
    const lead = readLead(this.parsed, 0, Math.min(3, tokens.length - 1));
    const hasPair = tokens.some(
      (token, at) => token.kind === 'arrow' && tokens[at - 1] !== undefined && tokens[at + 1] !== undefined,
    );
    const isFrom = tokens.some((_, at) => this.is(at, 'from') && isNumber(tokens[at + 1]));
    const isPronoun = tokens
      .slice(0, 4)
      .some(
        (token, at) =>
          this.is(at, 'pronoun') &&
          at > 0 &&
          this.is(at - 1, 'set', 'increase', 'decrease') &&
          token.code < 0,
      );
    const isValueLabel = this.context.label === 'proposed' || this.context.label === 'current';
    const isVerbFirst =
      this.is(0, 'set', 'increase', 'decrease') && (this.is(1, 'to', 'by', 'from') || isNumber(tokens[1]));
    const onlyNumber = this.context.label === 'change' && tokens.length <= 2 && isNumber(tokens[0]);
    const isKeep = this.is(0, 'keep') || (tokens.length <= 3 && tokens.some((_, at) => this.is(at, 'keep')));
    if (!hasPair && !isFrom && !isPronoun && !isValueLabel && !isVerbFirst && !onlyNumber && !isKeep)
      return [];
    const subject = this.context.subject();
    if (!subject) return [];
    const input = {
      tokens,
      phrases: this.parsed.phrases,
      direction: lead.direction,
      hasVerb: true,
      isMove: lead.isMove || !isValueLabel,
      acceptsWords: this.acceptsWords || isValueLabel,
    };
    const reading = readRelation(input, 0, tokens.length);
    if (isKeep && !hasPair)
      return [
        this.make(
          subject.name,
          { kind: 'keep' },
          this.context.stance === 'assert' ? 'keep' : this.context.stance,
          reading.end,
          { ...subject, source: this.context.source, at: 0 },
        ),
      ];
    if (reading.relation.kind === 'none' || reading.relation.kind === 'keep') return [];
    const stance = this.stanceOf(
      {
        mention: {
          index: 0,
          end: 0,
          name: subject.name,
          isExplicit: subject.isExplicit,
          isKnown: true,
          isWeak: subject.isWeak,
        },
        lead,
        reading,
        start: 0,
        isOr: false,
      },
      wide,
      false,
      tokens.length,
    );
    const isCurrent = this.context.label === 'current';
    return [
      this.make(subject.name, reading.relation, isCurrent ? 'observed' : stance, reading.end, {
        ...subject,
        source: this.context.source,
        at: 0,
      }),
    ];
  }
}
