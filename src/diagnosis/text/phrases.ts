import { CLASSES, type WordClass } from '../words/classes.ts';
import type { Token } from './tokens.ts';

/** A phrase of the lexicon in a run of tokens. */
export interface Phrase {
  index: number;
  length: number;
  classes: ReadonlySet<WordClass>;
}

const LONGEST = Math.max(...[...CLASSES.keys()].map((phrase) => phrase.split(' ').length));
const FIRST_OF_LONGER: ReadonlySet<string> = new Set(
  [...CLASSES.keys()]
    .filter((phrase) => phrase.includes(' '))
    .map((phrase) => phrase.split(' ')[0] as string),
);

/** The longest phrase that starts at `index`. Code is never prose. */
function phraseAt(tokens: readonly Token[], index: number): Phrase | undefined {
  const first = tokens[index];
  if (first === undefined || first.code >= 0) return undefined;
  if (FIRST_OF_LONGER.has(first.lower)) {
    let key = first.lower;
    let best: Phrase | undefined;
    for (let length = 2; length <= LONGEST; length += 1) {
      const token = tokens[index + length - 1];
      if (token === undefined || token.code >= 0 || token.kind !== 'word') break;
      key += ` ${token.lower}`;
      const classes = CLASSES.get(key);
      if (classes) best = { index, length, classes };
    }
    if (best) return best;
  }
  const classes = CLASSES.get(first.lower);
  return classes && { index, length: 1, classes };
}

const read = new WeakMap<readonly Token[], readonly (Phrase | undefined)[]>();

/** All phrases of a statement, none overlapping, in order; found once for each run of tokens. */
export function readPhrases(tokens: readonly Token[]): readonly (Phrase | undefined)[] {
  const known = read.get(tokens);
  if (known) return known;
  const phrases = findPhrases(tokens);
  read.set(tokens, phrases);
  return phrases;
}

function findPhrases(tokens: readonly Token[]): (Phrase | undefined)[] {
  const phrases: (Phrase | undefined)[] = Array.from({ length: tokens.length });
  let index = 0;
  while (index < tokens.length) {
    const phrase = phraseAt(tokens, index);
    phrases[index] = phrase;
    index += phrase?.length ?? 1;
  }
  return phrases;
}
