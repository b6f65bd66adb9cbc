import { detach } from '../detach.ts';
import { phaseOf } from '../phase.ts';
import { metricStrength, type Strength } from '../words.ts';
import type { Pair } from './pairs.ts';
import {
  isFiller,
  isJoint,
  isNameWord,
  isNeutral,
  isSetting,
  isStopWord,
  knownEnd,
  strengthOfEnd,
} from './vocabulary.ts';

export interface Named {
  name: string;
  /** With the words that add nothing (`avg_reward`), for a line that holds both. */
  full: string;
  strength: Strength;
  /** The phase words that begin the name (`Val Loss`). */
  phase: string | undefined;
  /** The metric's name where the phase came after it (`loss train 0.5`): the next number may have a phase only. */
  carried: string | undefined;
  /** Cut out of a sentence (`number of positive`). */
  isProse: boolean;
}

/** `accuracy of the network on the test images`. */
const ON_PHASE = /^(.*)\b(?:on|for|over)\b[^:=,;|]{0,30}?\b([a-z]+)(?:\s+[a-z]+)?\s*$/i;

/** The name of a pair, and how surely it is a metric's; undefined where it is none. */
export function nameOf(pair: Pair, carried: string | undefined): Named | undefined {
  const { words, all, isProse, isJoined } = wordsOf(pair);
  if (isJoined && !pair.isMeasure) return undefined;
  const reversed = phaseAfter(pair, words, carried);
  if (reversed) return { ...reversed, full: reversed.name, isProse };
  if (words.length === 0 || words.some((word) => word.length > 80 || /[=:{}]|^__/.test(word)))
    return undefined;
  const name = words.map(settle).join('_');
  if (!/\p{L}/u.test(name) || isSetting(name)) return undefined;
  const strength = strengthOfEnd(words);
  if (pair.join === ' ' && strength === 'none' && !isNeutral(name)) return undefined;
  if (pair.join === ' ' && strength === 'weak' && !pair.isMeasure) return undefined;
  return {
    name,
    full: all.map(settle).join('_'),
    strength,
    phase: phaseOf(words[0] as string),
    carried: undefined,
    isProse,
  };
}

/** Names that say the metric first: `loss train 0.5 valid 0.6`, `loss: train 0.5`, `accuracy on the test set: 0.5`. */
function phaseAfter(
  pair: Pair,
  words: readonly string[],
  carried: string | undefined,
): Pick<Named, 'name' | 'strength' | 'phase' | 'carried'> | undefined {
  const last = phaseOf(words.at(-1) ?? '');
  const before = words.slice(0, -1);
  if (last !== undefined && before.length > 0 && strengthOfEnd(before) !== 'none') {
    const metric = before.map(settle).join('_');
    return { name: `${last}_${metric}`, strength: strengthOfEnd(before), phase: last, carried: metric };
  }
  if (last !== undefined && before.length === 0) {
    // `loss [train=0.5, val=0.6], acc [train=0.7, val=0.8]`: what stands right before counts first.
    const lead = /([\w@%-]+)\W*$/.exec(pair.lead)?.[1] ?? '';
    const metric = metricStrength(lead) === 'strong' ? lead : carried;
    if (metric === undefined || metricStrength(metric) !== 'strong') return undefined;
    return { name: `${last}_${settle(metric)}`, strength: 'strong', phase: last, carried: metric };
  }
  const on = pair.isMeasure && / on | for | over /i.test(pair.before) ? ON_PHASE.exec(pair.before) : null;
  const phase = on ? phaseOf(on[2] as string) : undefined;
  const near = (on?.[1] ?? '').split(/[\s:=,;|]+/).slice(-8);
  const metric = near.findLast((word) => metricStrength(word) === 'strong');
  if (phase === undefined || metric === undefined) return undefined;
  return { name: `${phase}_${settle(metric)}`, strength: 'strong', phase, carried: undefined };
}

/** Those of the words before a number that are its name. */
function wordsOf(pair: Pair): { words: string[]; all: string[]; isProse: boolean; isJoined: boolean } {
  const digits = pair.words.findLastIndex((word) => /^\d/.test(word));
  let words = pair.words
    .slice(digits + 1)
    .map((word) => (/^\w+$/.test(word) ? word : word.replaceAll(/^[^\p{L}_]+|[^\p{L}\p{N})%²_]+$/gu, '')))
    .filter((word) => /[a-z]/i.test(word) || /\p{L}/u.test(word));
  const isJoined = words.length > 1 && isJoint(words.at(-1) as string);
  if (isJoined || (words.length > 1 && pair.join !== ' ' && isStopWord(words.at(-1) as string))) words.pop();
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
  const telling = words.filter((word, i) => !isFiller(word) || i === words.length - 1);
  return { words: telling, all: words, isProse: stop >= 0, isJoined };
}

/** The same few words are met again and again. */
const MEMORY_LIMIT = 5000;
const memory = new Map<string, string>();

/** One spelling for `Loss`, `LOSS` and `loss`; `mAP50` and `mIoU` stay as they are. */
function settle(word: string): string {
  let settled = memory.get(word);
  if (settled === undefined) {
    settled = detach(settleNew(word));
    if (memory.size >= MEMORY_LIMIT) memory.clear();
    memory.set(detach(word), settled);
  }
  return settled;
}

function settleNew(word: string): string {
  const isWhole = !word.startsWith('(') && word.split('(').length === word.split(')').length;
  const bare = isWhole ? word : word.replaceAll(/[()]/g, '');
  return bare.replaceAll(/[^_/()-]+/g, (part) => {
    const isOrdinary = /^\p{Lu}?[^\p{Lu}]*$/u.test(part) || /^[\p{Lu}\d@]+$/u.test(part);
    return isOrdinary ? part.toLowerCase() : part;
  });
}
