import { CLASSES, FACTOR_WORDS, FRACTION_WORDS, NUMBER_VALUES } from './classes.ts';
import { CONCEPT_NAMES } from './concepts.ts';

const HAS_CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function collect(): Set<string> {
  const terms = new Set<string>();
  for (const source of [
    CLASSES.keys(),
    FACTOR_WORDS.keys(),
    FRACTION_WORDS.keys(),
    NUMBER_VALUES.keys(),
    CONCEPT_NAMES,
  ])
    for (const term of source) if (HAS_CJK.test(term) && !term.includes(' ')) terms.add(term);
  return terms;
}

/** Known terms of languages that are written without spaces; the tokenizer cuts them out of a run, longest first. */
export const CJK_TERMS: ReadonlySet<string> = collect();
export const LONGEST_CJK_TERM = Math.max(...[...CJK_TERMS].map((term) => term.length));
