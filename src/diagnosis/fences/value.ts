import type { Relation } from '../claims/claim.ts';
import { literalOf, parseLiteral, type Literal } from '../claims/literal.ts';
import { readRelation } from '../relation/scan.ts';
import { readPhrases } from '../text/phrases.ts';
import { tokenize } from '../text/tokens.ts';

/** What stands where a value is still to be found. */
export const PLACEHOLDER = /^(?:<[^>]*>|\.{2,}|\?+|t\.?b\.?[adc]\.?|todo|xxx|\$\{[^}]*\}|your[_ -].*|…)$/iu;

/** The relation that the text after `key:` or in a table cell states; null where it states none. */
export function readValue(text: string): Relation | null {
  const raw = text.trim();
  if (raw === '' || PLACEHOLDER.test(raw)) return null;
  const literal = parseLiteral(raw);
  if (literal) return { kind: 'set', to: literal, from: null };
  const tokens = tokenize(raw);
  const input = {
    tokens,
    phrases: readPhrases(tokens),
    direction: null,
    hasVerb: true,
    isMove: false,
    acceptsWords: true,
  };
  const reading = readRelation(input, 0, tokens.length);
  if (reading.isExample || (reading.isObserved && reading.relation.kind === 'set')) return null;
  return reading.relation.kind === 'none' ? null : reading.relation;
}

/** A value of a code block: what is no relation and no literal is a string. */
export function readCodeValue(text: string): Relation | null {
  const raw = text.trim();
  if (raw === '' || PLACEHOLDER.test(raw)) return null;
  const literal = parseLiteral(raw);
  if (literal) return { kind: 'set', to: literal, from: null };
  if (/→|->|=>|–|\bor\b|\||×|\bwas\b|^[<>≤≥~]|\d\s*(?:to|-|\.\.)\s*\d/u.test(raw)) {
    const relation = readValue(raw);
    if (relation) return relation;
    if (/→|->|=>/u.test(raw)) return null;
  }
  if (raw.length > 300 || /^[[{]/u.test(raw)) return null;
  const plain: Literal = literalOf(raw, raw, { isWord: true });
  return { kind: 'set', to: plain, from: null };
}
