import type { Claim } from '../claims/claim.ts';
import { normalizeName, type Concept } from '../words/concepts.ts';
import type { Lexicon } from './lexicon.ts';

const KEY = /^[\p{L}_][\p{L}\p{N}_-]{0,79}$/u;
const MAX_CANDIDATES = 6;

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** The key a new setting gets: as written, or its usual name; null where neither is clear. */
export function keyFor(name: string, concepts: readonly Concept[], claim: Claim): string | null {
  if (claim.isExplicit && isKey(name)) return name;
  const [only, ...others] = concepts;
  return only && others.length === 0 ? only.key : null;
}

/** Flat configs in camelCase or kebab-case get their new key in the same style. */
export function styledKey(key: string, lexicon: Lexicon): string {
  const keys = lexicon.slots.map((slot) => String(slot.path.at(-1)));
  const count = (pattern: RegExp): number => keys.filter((name) => pattern.test(name)).length;
  const camel = count(/[a-z][A-Z]/u);
  const kebab = count(/-/u);
  const snake = count(/_/u);
  if (camel > snake && camel > kebab)
    return key.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
  return kebab > snake ? key.replaceAll('_', '-') : key;
}

/** Paths the writer of the report may have meant: the usual sections for such a setting, else all at the root. */
export function candidatePaths(key: string, concepts: readonly Concept[], lexicon: Lexicon): string[] {
  if (!isKey(key)) return [];
  const sections = lexicon.slots.filter((slot) => slot.isMapping);
  const usual = concepts
    .flatMap((concept) => concept.parents)
    .flatMap(
      (parent) =>
        sections.find((slot) => slot.text === parent || slot.names.at(-1) === normalizeName(parent)) ?? [],
    );
  const parents = usual.length > 0 ? usual : sections.filter((slot) => slot.path.length === 1);
  return [...new Set(parents.map((slot) => `${slot.text}.${key}`))].slice(0, MAX_CANDIDATES);
}
