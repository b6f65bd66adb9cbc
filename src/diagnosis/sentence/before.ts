import type { Relation } from '../claims/claim.ts';
import { literalOf } from '../claims/literal.ts';
import type { Mention } from '../claims/mentions.ts';
import { reading, type Reading } from '../relation/reading.ts';
import { isNumber, type Token } from '../text/tokens.ts';
import type { Lead } from './lead.ts';
import type { Sentence } from './sentence.ts';

const BETWEEN =
  /^(?:the|a|an|of|current|more|additional|extra|further|mehr|weitere|más|plus|epoch|epochs|die|der|den|le|la|el|del|de|du|as|much|base|initial|max|maximum|maximale|total|minimum|min)$/u;
const FACTORS: ReadonlyMap<string, number> = new Map([
  ...['half', 'halve', 'halving', 'halbieren', 'halbiere', '减半'].map((word) => [word, 0.5] as const),
  ...['double', 'doubling', 'twice', 'verdoppeln', 'verdopple', 'doubler', 'duplicar', '翻倍'].map(
    (word) => [word, 2] as const,
  ),
  ['triple', 3],
  ['quadruple', 4],
]);
const MAX_BETWEEN = 3;

/** `0.4 dropout`, `a 10× lower learning rate`, `half the learning rate`, `5 warmup epochs`. */
export function readBefore(
  sentence: Sentence,
  mention: Mention,
  start: number,
  lead: Lead,
): Reading | undefined {
  const { tokens } = sentence;
  const between: number[] = [];
  let { direction } = lead;
  let at = mention.index - 1;
  for (; at >= start && between.length < MAX_BETWEEN; at -= 1) {
    const token = tokens[at] as Token;
    if (sentence.is(at, 'increase')) direction = 'increase';
    else if (sentence.is(at, 'decrease')) direction = 'decrease';
    else if (token.kind !== 'dash' && !(token.kind === 'word' && BETWEEN.test(token.lower))) break;
    between.push(at);
  }
  const token = tokens[at];
  if (at < start || token === undefined || token.code >= 0 || lead.verb === 'keep') return undefined;
  const made = (relation: Relation): Reading => reading(relation, mention.end);
  const spaced = token.kind === 'times' ? tokens[at - 1]?.number?.value : undefined;
  const times = token.number?.isMultiple === true ? token.number.value : spaced;
  if (times !== undefined)
    return made({
      kind: 'scale',
      factor: direction === 'decrease' && times > 1 ? 1 / times : times,
      from: null,
    });
  const factor = FACTORS.get(token.lower);
  if (factor !== undefined) return made({ kind: 'scale', factor, from: null });
  if (!isNumber(token)) return undefined;
  const { number } = token;
  if (number.sign !== null || number.unit !== null) return undefined;
  const instead = tokens[at - 2];
  // "300 instead of 100 epochs", "300 statt 100 Epochen"
  if (at - 2 >= start && sentence.is(at - 1, 'instead') && isNumber(instead)) {
    const from = literalOf(number.value, token.text);
    return made({ kind: 'set', to: literalOf(instead.number.value, instead.text), from });
  }
  const isLess = between.some((index) => sentence.is(index, 'decrease'));
  if (number.isPercent && between.length > 0) return undefined;
  if (!isLess && between.some((index) => sentence.is(index, 'more')))
    return made({ kind: 'shift', delta: number.value });
  if (between.some((index) => sentence.is(index, 'increase', 'decrease')) || mention.isWeak) return undefined;
  return isFree(sentence, at - 1, start)
    ? made({
        kind: 'set',
        to: literalOf(number.value, token.text, { isPercent: number.isPercent }),
        from: null,
      })
    : undefined;
}

/** Whether the number after `at` belongs to no other word before it. */
function isFree(sentence: Sentence, at: number, start: number): boolean {
  const kind = sentence.kind(at);
  return (
    at < start ||
    kind === 'open' ||
    kind === 'colon' ||
    kind === 'comma' ||
    kind === 'arrow' ||
    sentence.is(at, 'set', 'increase', 'decrease', 'enable', 'filler', 'to', 'of', 'and', 'run', 'in')
  );
}
