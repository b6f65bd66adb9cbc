import { isDurationName } from '../duration.ts';
import { phaseOf } from '../phase.ts';
import type { Reading, Span } from './span.ts';
import { wordsBefore, type NameWords } from './words-before.ts';

/** A number in a line, with the words that could be its name. */
export interface Pair extends NameWords {
  reading: Reading;
  /** The running mean that meters print after the value: `Loss 6.94 (6.90)`. */
  mean: Span | undefined;
  /** Written with a fraction, an exponent, a percent sign, or as NaN: unlike a count. */
  isMeasure: boolean;
  /** A plain word or another number follows (`60000 samples`), so that the number may belong to that. */
  hasFollower: boolean;
  /** Nothing but the separator stands between the number and its name (`cuda:0`). */
  isTight: boolean;
  /** `a = 1`, not `a=1`. */
  isSpaced: boolean;
  /** NaN or an infinity: letters in the line that are no name. */
  isWord: boolean;
}

/** How far before a number its name is looked for. */
const NAME_REACH = 160;
/** Numbers looked at in one line. */
const PAIR_LIMIT = 300;

const NUMBER =
  /(?<![\w.])(?<![\w)]-)[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+|f[-+]?\d+)?|nan\b|inf(?:inity)?\b)/gi;
const DURATION =
  /(?:\d+(?:\.\d+)?\s?(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|ms|us|µs|ns)\b\s*)+|(?:\d+ days?, )?(?:\d+:)?\d{1,2}:\d{2}(?:\.\d+)?/y;
const DURATION_END = /\s*(?:$|[\s,;|)\]}./'"])/y;
const WRAPPER = /\b(?:(?:np|numpy|torch|tf|jnp)\.)?(?:tensor|array|float\d*|int\d*|Array|DeviceArray)\(\[?$/;
const WRAPPER_END = /\]?(?:,[^()]*(?:\([^()]*\))?[^()]*)?\)/y;
const AFTER = /\s*(%)?(?=$|[\s,;|)\]}'"]|\.(?:\s|$)|[+/]\d|±)/y;
const MEAN = /\s*\(\s*((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)\s*%?\s*\)/diy;
const RATIO = /\s*\/\s*(\d+)(?![\w.])(?:\s*\(\s*\d+(?:\.\d+)?\s*(%)\s*\))?/dy;
const FOLLOWER =
  /\s*(?:[a-z]{2,}(?:\s+(?!(?:[\w@.%/-]+\s+){0,4}(?:[-+.\d]|nan|inf)|[\w@.%/ -]*[:=])|[.,]?$|[.,]\s)|\s[-+]?\d)/iy;
const BOTH_PHASES = /^\(?([a-z]+)\/([a-z]+)\)?$/i;
const SECOND = /%?\s*\/\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)\s*%?(?![\w.])/diy;
const CLOSED = /\s*\]/y;

/** All numbers of a line that have a name before them. */
export function findPairs(line: string): Pair[] {
  const pairs: Pair[] = [];
  let from = 0;
  NUMBER.lastIndex = 0;
  for (let match = NUMBER.exec(line); match && pairs.length < PAIR_LIMIT; match = NUMBER.exec(line)) {
    const found = pairAt(line, from, match.index, match[0]);
    if (!found) continue;
    if (found.pair) {
      const both = bothPhases(line, found.pair, found.end);
      if (both) pairs.push(...both.pairs);
      else pairs.push(found.pair);
      found.end = both?.end ?? found.end;
    }
    from = found.end;
    NUMBER.lastIndex = Math.max(NUMBER.lastIndex, found.end);
  }
  return pairs;
}

/** `loss (train/val): 0.52/0.61`: two metrics that share their name. */
function bothPhases(line: string, pair: Pair, end: number): { pairs: Pair[]; end: number } | undefined {
  const last = pair.words.at(-1) ?? '';
  if (!last.includes('/') || pair.words.length < 2) return undefined;
  const [, first, second] = BOTH_PHASES.exec(last) ?? [];
  if (first === undefined || second === undefined) return undefined;
  if (phaseOf(first) === undefined || phaseOf(second) === undefined) return undefined;
  const at = exec(SECOND, line, end)?.indices?.[1];
  if (!at) return undefined;
  const words = pair.words.slice(0, -1);
  const reading: Reading = { kind: 'number', at: { start: at[0], end: at[1] } };
  return {
    pairs: [
      { ...pair, words: [...words, first] },
      { ...pair, words: [...words, second], reading },
    ],
    end: SECOND.lastIndex,
  };
}

function pairAt(
  line: string,
  from: number,
  start: number,
  digits: string,
): { pair?: Pair; end: number } | undefined {
  let end = start + digits.length;
  const at = { start, end };
  let left = line.slice(Math.max(from, start - NAME_REACH), start);
  const wrapper = /\(\[?$/.test(left) ? WRAPPER.exec(left) : null;
  // A duration swallows its digits even where it has no name, lest `1:20` be read as two numbers.
  const duration = wrapper ? undefined : durationAt(line, at);
  if (wrapper) {
    left = left.slice(0, wrapper.index);
    end = exec(WRAPPER_END, line, end) ? WRAPPER_END.lastIndex : end;
  }
  const after = duration ? null : exec(AFTER, line, end);
  if (!duration && !after) return undefined;
  const name = wordsBefore(left, line.slice(Math.max(0, from - NAME_REACH), from));
  if (duration) {
    if (!name || !isDurationName(name.words.join(' '))) return { end: duration.end };
    const reading: Reading = { kind: 'duration', at: duration };
    return { pair: pairOf(name, reading, true), end: duration.end };
  }
  end = AFTER.lastIndex;
  // A number that stands alone parts what is around it; one within a word (`acc@1`) does not.
  if (!name) return /(?:^|\s)$/.test(left) ? { end } : undefined;
  // `dice [0.8, 0.7]`: one value a class, none for the whole.
  if (/\[\s*$/.test(left) && !exec(CLOSED, line, end)) return undefined;
  const isMeasure = after?.[1] !== undefined || !/^[-+]?[\d,]+$/.test(digits);
  const reading: Reading = { kind: 'number', at };
  const ratio = isMeasure ? null : exec(RATIO, line, end);
  if (ratio?.indices?.[1]) {
    reading.divisor = { start: ratio.indices[1][0], end: ratio.indices[1][1] };
    reading.factor = ratio[2] === undefined ? 1 : 100;
    end = RATIO.lastIndex;
  }
  const mean = exec(MEAN, line, end)?.indices?.[1];
  if (mean) end = MEAN.lastIndex;
  const pair = pairOf(name, reading, isMeasure || ratio !== null);
  pair.mean = mean && { start: mean[0], end: mean[1] };
  pair.hasFollower = !mean && exec(FOLLOWER, line, end) !== null;
  pair.isTight = /[:=]$/.test(left) && !wrapper;
  pair.isSpaced = /\s[:=]+\s*$/.test(left);
  pair.isWord = /[a-z]{3}/i.test(digits);
  return { pair, end };
}

/** Field by field: spreading an object takes longer than everything else here. */
function pairOf({ words, lead, before, join }: NameWords, reading: Reading, isMeasure: boolean): Pair {
  return {
    words,
    lead,
    before,
    join,
    reading,
    isMeasure,
    mean: undefined,
    hasFollower: false,
    isTight: false,
    isSpaced: false,
    isWord: false,
  };
}

function durationAt(line: string, { start, end }: Span): Span | undefined {
  const match = exec(DURATION, line, start);
  if (!match || match[0].length <= end - start) return undefined;
  const stop = start + match[0].trimEnd().length;
  return exec(DURATION_END, line, stop) ? { start, end: stop } : undefined;
}

function exec(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
