import { phaseOf } from '../phase.ts';
import { metricStrength, type Strength } from '../words.ts';
import type { Pair } from './pairs.ts';
import {
  isFiller,
  isNameWord,
  isNeutral,
  isSetting,
  isStopWord,
  knownEnd,
  strengthOfEnd,
} from './vocabulary.ts';

export interface Named {
  name: string;
  strength: Strength;
  /** The phase words that begin the name (`Val Loss`). */
  phase: string | undefined;
  /** The metric's name where the phase came after it (`loss train 0.5`): the next number may have a phase only. */
  carried: string | undefined;
  /** Cut out of a sentence (`number of positive`). */
  isProse: boolean;
}

/** The name of a pair, and how surely it is a metric's; undefined where it is none. */
export function nameOf(pair: Pair, carried: string | undefined): Named | undefined {
  const { words, isProse } = wordsOf(pair);
  const [only] = words;
  if (only === undefined || words.some((word) => word.length > 80 || /[=:{}]|^__/.test(word)))
    return undefined;
  const phase = phaseOf(only);
  if (words.length === 1 && phase !== undefined) {
    const metric = carried ?? /([\w@%-]+)\W*$/.exec(pair.lead)?.[1];
    if (metric !== undefined && metricStrength(metric) === 'strong') {
      return { name: `${phase}_${settle(metric)}`, strength: 'strong', phase, carried: metric, isProse };
    }
  }
  const last = phaseOf(words.at(-1) as string);
  const before = words.slice(0, -1);
  if (last !== undefined && strengthOfEnd(before) !== 'none') {
    const metric = before.map(settle).join('_');
    return {
      name: `${last}_${metric}`,
      strength: strengthOfEnd(before),
      phase: last,
      carried: metric,
      isProse,
    };
  }
  const name = words.map(settle).join('_');
  if (!/[\p{L}]/u.test(name) || isSetting(name)) return undefined;
  const strength = strengthOfEnd(words);
  if (pair.join === ' ' && strength === 'none' && !isNeutral(name)) return undefined;
  return { name, strength, phase, carried: undefined, isProse };
}

/** Those of the words before a number that are its name. */
function wordsOf(pair: Pair): { words: string[]; isProse: boolean } {
  const digits = pair.words.findLastIndex((word) => /^\d/.test(word));
  let words = pair.words
    .slice(digits + 1)
    .map((word) => word.replaceAll(/^[^\p{L}_]+|[^\p{L}\p{N})%²_]+$/gu, ''))
    .filter((word) => /\p{L}/u.test(word));
  // `accuracy of 83 %`, `val loss is 0.5`: the name stands before a last stop word.
  if (words.length > 1 && isStopWord(words.at(-1) as string)) words.pop();
  const stop = words.findLastIndex(isStopWord);
  words = words.slice(stop + 1);
  if (pair.join === '=' && !pair.isSpaced) {
    const [first] = words;
    const belongs =
      words.length === 2 && first !== undefined && (phaseOf(first) !== undefined || isNeutral(first));
    words = words.slice(belongs ? -2 : -1);
  }
  if (words.length > 4 || pair.join === ' ') {
    const isLong = words.length > 4;
    words = knownEnd(words);
    if (isLong && words.length === 1 && !isNameWord(words[0] as string)) words = [];
  }
  words = words.filter((word, i) => !isFiller(word) || i === words.length - 1);
  return { words, isProse: stop >= 0 };
}

/** One spelling for `Loss`, `LOSS` and `loss`; `mAP50` and `mIoU` stay as they are. */
function settle(word: string): string {
  return word.replaceAll(/[()]/g, '').replaceAll(/[^_/-]+/g, (part) => {
    const isOrdinary = /^\p{Lu}?[^\p{Lu}]*$/u.test(part) || /^[\p{Lu}\d@]+$/u.test(part);
    return isOrdinary ? part.toLowerCase() : part;
  });
}
