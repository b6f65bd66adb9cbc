import type { Lexicon } from '../resolve/lexicon.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import type { Mention } from './mentions.ts';
import { assigns } from './units.ts';

const TO = /^(?:to|à|auf|a|at|of|by)$/u;

/** "weight decay (`wd`) to 1e-4", "floor (min lr) 6e-5": a second name in brackets, and the value behind them. */
export function withBracket(
  tokens: readonly Token[],
  mention: Mention,
  before: Mention | undefined,
  lexicon: Lexicon,
): { mention: Mention; isSecond: boolean } {
  const isAlone = tokens[mention.index - 1]?.kind === 'open' && tokens[mention.end]?.kind === 'close';
  if (!isAlone) return { mention, isSecond: false };
  const isBeside = before !== undefined && before.end === mention.index - 1;
  if (!isBeside) {
    const next = tokens[mention.end + 1];
    const isTo = TO.test(next?.lower ?? '') && isNumber(tokens[mention.end + 2]);
    const isValue = isNumber(next) || assigns(next) || isTo;
    return { mention: isValue ? { ...mention, end: mention.end + 1 } : mention, isSecond: false };
  }
  const [first, second] = [lexicon.meaningOf(before.name), lexicon.meaningOf(mention.name)];
  const isSame =
    first.concepts.some((concept) => second.concepts.includes(concept)) ||
    first.slots.some((slot) => second.slots.includes(slot)) ||
    (mention.isExplicit && !before.isExplicit && first.slots.length === 0);
  if (!isSame) return { mention, isSecond: false };
  const named = mention.isExplicit || first.slots.length === 0 ? mention : before;
  return { mention: { ...named, index: before.index, end: mention.end + 1 }, isSecond: true };
}
