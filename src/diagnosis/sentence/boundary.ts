import type { Token } from '../text/tokens.ts';
import type { Sentence } from './sentence.ts';

export interface Boundary {
  /** Where the next clause starts. */
  start: number;
  isOr: boolean;
  isBut: boolean;
  /** Nothing but the conjunction stands between the two names. */
  isJoined: boolean;
}

const ARTICLE = /^(?:the|our|your|its|a|an|den|die|das|der|le|la|el|los|les)$/u;

/** Where the clause of the next name starts: after the conjunction or comma between two names, else right after what was read. */
export function boundaryBetween(sentence: Sentence, from: number, to: number): Boundary {
  for (let at = from; at < to; at += 1) {
    const token = sentence.tokens[at] as Token;
    const isWord = token.code < 0 && sentence.is(at, 'and', 'or', 'but');
    const isMark = token.kind === 'comma' || token.kind === 'semicolon' || token.kind === 'slash';
    if (!isWord && !isMark) continue;
    let isOr = isWord && sentence.is(at, 'or');
    let isBut = isWord && sentence.is(at, 'but');
    let start = sentence.step(at);
    for (; start < to; start = sentence.step(start)) {
      if (sentence.is(start, 'or')) isOr = true;
      else if (sentence.is(start, 'but')) isBut = true;
      else if (!sentence.is(start, 'and') && sentence.kind(start) !== 'comma') break;
    }
    return { start, isOr, isBut, isJoined: start >= to };
  }
  return { start: from, isOr: false, isBut: false, isJoined: false };
}

/** The verb right before the next name belongs to that name. */
function withoutNextVerb(sentence: Sentence, start: number, until: number): number {
  let end = until;
  while (end > start && ARTICLE.test(sentence.lower(end - 1))) end -= 1;
  for (let at = Math.max(start, end - 3); at < end; at += 1) {
    const isVerb = sentence.is(at, 'set', 'increase', 'decrease', 'enable', 'disable', 'remove', 'keep');
    if (isVerb && !sentence.is(at, 'of') && sentence.step(at) === end) return at;
  }
  return until;
}

/** Where the window of a name that ends at `start` ends: before the next name, its verb, and the bracket it stands in. */
export function windowEnd(sentence: Sentence, start: number, next: number | null): number {
  const until = next === null ? sentence.tokens.length : withoutNextVerb(sentence, start, next);
  const depth = sentence.depth(start - 1);
  for (let at = start; at < until; at += 1) if (sentence.depth(at) < depth) return at;
  return until;
}
